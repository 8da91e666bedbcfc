"""A policy pack as its readers see it: the words of the notice, and what is reckoned by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from api.http.rows import members, picked
from domain.policy.when import Recorded, When
from domain.refusal import Citation
from domain.refusals.sentences_by_code import Sentence

if TYPE_CHECKING:
    from domain.policy.comparing import Bounds
    from domain.policy.law import Law


def pack_row(law: Law) -> dict[str, Any]:
    """What tells one pack from another."""
    layers = [{"pack": layer, "digest": digest} for layer, digest in law.layers]
    return members(law.whole.header, digest=law.digest, layers=layers)


_TABLES = (
    "levels educations stages materials places paper_legs paper_forms fees completion labels"
    " documents areas process_terms"
)
_RECKONED = "batches windows annual_roll vacancy_form votes retention contacts references silent"


def pack_document(law: Law) -> dict[str, Any]:
    """A pack with its rules and its reference data; each entry names the rules it rests on."""
    return {
        **pack_row(law),
        "rules": [
            members(each) | members(each.citation, id=rule) for rule, each in law.rules.items()
        ],
        "publicity": plain(law.publicities()),
        **{name: plain([*table.values()]) for name, table in picked(law.whole, _TABLES).items()},
        **{name: plain(ask()) for name, ask in picked(law, _RECKONED).items()},
    }


def plain(value: object) -> Any:  # noqa: ANN401 -- as JSON
    """A value of the law as JSON: citations by their rule, names of languages shortened.

    ``law_schemas.LAW`` tells what comes of it.
    """
    match value:
        case Citation():
            return value.rule
        case When():
            return _when(value)
        case Recorded():
            return _record(value)
        case Enum():
            return value.value
        case date() | time():
            return value.isoformat()
        case Fraction():
            return str(value)
        case Sentence():
            return dict(zip(("zh", "en"), value, strict=True))
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case _ if is_dataclass(value):
            named = {each.name: getattr(value, each.name) for each in fields(value)}
            return {NAMES.get(name, name): plain(each) for name, each in named.items()}
        case _:
            return value


NAMES = {"chinese": "zh", "english": "en", "citations": "rules"}
"""What members of a value of the law are called in answers, where otherwise than in the domain."""


def _when(test: When) -> dict[str, Any]:
    """The condition under which an entry holds, as a pack writes it; empty: always."""
    written: dict[str, Any] = {each.name: list(each.wanted) for each in test.equal}
    written |= {each.name: _bounds(each) for each in test.bounds}
    written |= {each.list: _record(each) for each in test.recorded}
    if test.all_of:
        written["all"] = [_when(each) for each in test.all_of]
    if test.any_of:
        written["any"] = [_when(each) for each in test.any_of]
    if test.exception is not None:
        written["unless"] = _when(test.exception)
    return written


def _record(asked: Recorded) -> dict[str, Any]:
    """What records of a list must be like, and how many."""
    return {**_when(asked.like), "count": asked.count}


def _bounds(bounds: Bounds) -> dict[str, Any]:
    named = {"at_least": bounds.at_least, "at_most": bounds.at_most}
    named |= {"before": bounds.before, "same_as": bounds.same_as}
    return {name: plain(each) for name, each in named.items() if each is not None}
