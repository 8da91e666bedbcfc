"""Every code with which an act can be refused has a Chinese name, by which it is asked for, too."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import domain
from api.http.refusal_names import REFUSALS
from domain.refusals.sentences_by_code import SENTENCES
from tests.api.filings import done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Answer
    from tests.api.world import World

FLOORS = (Path(domain.__file__).parent, Path(domain.__file__).parent.parent / "api")


def codes() -> Iterator[str]:
    """The codes that are written out where something is refused."""
    for path in (each for floor in FLOORS for each in floor.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                told = [*node.args[:1], *(e.value for e in node.keywords if e.arg == "code")]
                yield from (e.value for e in told if isinstance(e, ast.Constant))  # type: ignore[misc]


def test_every_code_of_a_refusal_has_a_name_of_its_own_and_no_other_has() -> None:
    assert REFUSALS.keys() == {*codes(), *SENTENCES}
    for code, name in REFUSALS.items():
        assert name, code
        assert len(name) <= 12, name
        assert not name.endswith("。")


def test_the_vocabulary_and_the_qualifiers_list_them_with_those_of_the_laws(world: World) -> None:
    told = done(world.auditor.get("/v1/vocabulary")).body["vocabularies"]
    (listed,) = (each["codes"] for each in told if each["name"] == "refusals")
    names = {each["code"]: each["chinese"] for each in listed}
    assert names["OPEN_OBJECTION"] == "异议未处理完毕"
    own = "非国有企业的工程专业技术资格不组织考核认定"
    assert names["NON_STATE_ENTERPRISE_ENGINEERING"] == own


def test_a_code_that_does_not_exist_is_told_what_was_perhaps_meant(world: World) -> None:
    refused = asked(world, "kind:separation code:SAME_REVIEWR")
    assert refused.status == 422
    assert "SAME_REVIEWER" in str(refused.body)
    for code in ("SAME_REVIEWER", "经办人与领导为同一人"):
        done(asked(world, f"code:{code}"))


def asked(world: World, query: str) -> Answer:
    """Refusals that meet a query."""
    return world.auditor.get(f"/v1/refusals?{urlencode({'q': query})}")
