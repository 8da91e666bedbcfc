"""A pack without one of its rules: every value that rests on the rule is taken out.

What then refers to nothing is taken out as well, so that the rest still loads.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from domain.policy.consistency import check
from domain.policy.header import citations_of
from domain.policy.law import Law
from domain.policy.layer import BASE_NAMES, Layer, read_layer
from domain.policy.reading import Known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.loader import Document

HEAD = ("pack", "rules", "facts")
Table = dict[str, Any]


def law_without(rule: str, default: Document, pack: Document) -> Law:
    """The law of a pack over the default as if the rule had never been carried out."""
    lowest = _alone(default)
    known = Known(citations_of(lowest.rules), BASE_NAMES)
    table = without(rule, _table(pack))
    whole: Layer = read_layer(pack.name, table, known).over(lowest)
    check(pack.name, whole)
    return Law(digest="", layers=(), whole=whole, default=lowest)


@cache
def _alone(default: Document) -> Layer:
    return read_layer(default.name, _table(default), Known({}, BASE_NAMES))


@cache
def _table(document: Document) -> Table:
    """What a document says; nobody alters it."""
    return tomllib.loads(document.text)


def without(rule: str, table: Mapping[str, Any]) -> Table:
    """The document without what rests on the rule; the quotes stay."""
    left = {
        section: value if section in HEAD else _scrubbed(value, rule)
        for section, value in table.items()
        if section in HEAD or not _rests_on(value, rule)
    }
    left["refusals"] = {
        each: codes for each, codes in left.get("refusals", {}).items() if each != rule
    }
    return {section: value for section, value in _coherent(left).items() if value != []}


def _rests_on(value: object, rule: str) -> bool:
    cited = value.get("rule", ()) if isinstance(value, dict) else ()
    return rule in ((cited,) if isinstance(cited, str) else cited)


def _scrubbed(value: Any, rule: str) -> Any:  # noqa: ANN401 -- whatever a document holds
    if isinstance(value, list):
        return [_scrubbed(each, rule) for each in value if not _rests_on(each, rule)]
    if isinstance(value, dict):
        return {
            key: _scrubbed(each, rule) for key, each in value.items() if not _rests_on(each, rule)
        }
    return value


def _coherent(table: Table) -> Table:
    """The document without references to what is no longer there."""
    stages = _ids(table, "stages")
    _keep(table, "publicity", lambda each: each["stage"] in stages)
    shown = _ids(table, "publicity")
    for stage in table.get("stages", []):
        if stage.get("publicity") not in shown:
            stage.pop("publicity", None)
    _keep(table, "paper_forms", lambda each: each["publicity"] in shown)
    for leg in table.get("paper_legs", []):
        leg["sender"] = [each for each in _list(leg["sender"]) if each in stages]
    _keep(table, "paper_legs", lambda each: each["receiver"] in stages)
    papers = {None, *_ids(table, "materials")}
    _keep(table, "materials", lambda each: each.get("part_of") in papers)
    batches = _ids(table, "batches")
    bound = {"applicant", *stages, *(f"arrival:{stage}" for stage in stages)}
    _keep(table, "windows", lambda each: each["batch"] in batches and _all(each["binds"], bound))
    _keep(table, "completion", lambda each: _all(each["batches"], batches))
    if not table.get("vacancy_form", {}).get("columns", []):
        table.pop("vacancy_form", None)
    labels, asked = _ids(table, "labels"), _ids(table, "conditions")
    kinds = {"first", *_ids(table, "case_types")}
    _keep(table, "routes", lambda each: each["kind"] in labels)
    for route in table.get("routes", []):
        route["asks"] = [name for name in _list(route.get("asks", [])) if name in asked]
        if "case" in route:
            route["case"] = [name for name in _list(route["case"]) if name in kinds]
    _keep(table, "routes", lambda each: each.get("case") != [])
    return table


def _keep(table: Table, section: str, stays: Any) -> None:  # noqa: ANN401 -- a test of one entry
    table[section] = [each for each in table.get(section, []) if stays(each)]


def _ids(table: Table, section: str) -> set[str]:
    return {each["id"] for each in table.get(section, [])}


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _all(value: str | list[str], there: set[str]) -> bool:
    return set(_list(value)) <= there
