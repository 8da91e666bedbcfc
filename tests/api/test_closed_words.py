"""A word that nothing knows is refused with those that exist, and one thing has one word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.conventions.exporting import NDJSON
from domain.case.phase import PhaseName
from tests.api.client import Client
from tests.api.filings import done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.provinces import Province
    from tests.api.world import World

OPEN = {
    ("/v1/consultations", "subject"): "the id of any stream",
    ("/v1/editions/{edition_id}/differences", "against"): "a pack, of an edition that there is",
    ("/v1/indicators", "subject"): "the id of any stream",
    ("/v1/integrity-records", "authority"): "an id, or the name of a foreign authority",
    ("/v1/organisations", "name"): "a part of a name",
}
"""Filters that take any text, and why."""
OF_THE_LAWS = {
    "pack": "xunwu-2024",
    "stage": "department",
    "level": "assistant",
    "batch": "B2",
}
"""Qualifiers of cases whose words are the packs', with one that there is."""


def filters(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every text by which a list is narrowed: path, name and schema."""
    document = Client(world.address).get("/openapi.json").body
    for path, operations in document["paths"].items():
        for each in operations.get("get", {}).get("parameters", ()):
            schema = each.get("schema", {})
            schema = schema.get("anyOf", (schema,))[0]  # of which the other is null
            texts = "string" in schema.get("type", ()) and "format" not in schema
            if each.get("in") == "query" and texts and each["name"] != "cursor":
                yield path, each["name"], schema


def asked(world: World, path: str, name: str, word: str) -> Any:  # noqa: ANN401 -- of an answer
    headers = {}
    path = path.replace("{listed}/{item}", "cases/none")
    if path == "/v1/integrity-records":
        inspector, mandate = world.inspector, world.whole(world.auditor)
        consulted = done(inspector.post("/v1/integrity-consultations", {}, mandate=mandate)).body
        headers = {"Consultation": consulted["consultation"]}
    return world.inspector.get(f"{path}?{name}={quote(word)}", **headers)


def test_an_unknown_word_is_refused_with_those_that_exist(world: World) -> None:
    found = {(path, name): schema for path, name, schema in filters(world)}
    assert OPEN.keys() <= found.keys()
    for (path, name), schema in found.items():
        if (path, name) in OPEN:
            continue
        answer = asked(world, path, name, "zzz")
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED"), (path, name)
        (error,) = answer.body["errors"]
        assert error["pointer"] == f"/query/{name}"
        for word in schema.get("enum", ()):
            if word is not None:
                assert word in error["detail"], (path, name)
                assert asked(world, path, name, word).status == 200, (path, name, word)


@pytest.mark.parametrize("name", OF_THE_LAWS)
def test_a_word_of_a_law_is_known_while_no_case_has_it(world: World, name: str) -> None:
    word = OF_THE_LAWS[name]
    assert asked(world, "/v1/cases", "q", f"{name}:{word}").status == 200
    (error,) = asked(world, "/v1/cases", "q", f"{name}:zzz").body["errors"]
    assert word in error["detail"]


def test_a_title_with_a_certificate_is_called_the_same_wherever_it_is_shown(
    province: Province,
) -> None:
    path = province.granted(province.applicant(province.enterprise))
    issued = done(province.bureau.handler.change(path, "/certificates", {}))
    case, word = path.rsplit("/", 1)[-1], PhaseName.RECOGNISED.value
    assert done(province.auditor.get(path)).body["standing"]["phase"] == word
    listed = f"/v1/cases?q=status:{word}&{province.shown(issued)}"
    (row,) = done(province.auditor.get(listed)).body["cases"]
    assert (row["case"], row["phase"], row["certificate"] is None) == (case, word, False)
    body = {"list": "cases", "media_type": NDJSON, "q": f"status:{word}"}
    mandate = province.whole(province.auditor)
    taken = done(province.auditor.post("/v1/exports", body, mandate=mandate)).body.splitlines()
    assert [json.loads(each)["phase"] for each in taken[:-1]] == [word]


def test_every_answer_that_shows_where_a_case_stands_names_the_same_words(world: World) -> None:
    schemas = Client(world.address).get("/openapi.json").body["components"]["schemas"]
    for schema in ("CaseRow", "Standing"):
        assert schemas[schema]["properties"]["phase"]["enum"] == list(PhaseName)


@pytest.mark.parametrize(
    ("narrowing", "pointer"),
    [
        ({"list": "cases", "q": "status:zzz"}, "/q"),
        ({"list": "cases", "phase": "requested"}, "/phase"),
        ({"list": "holds", "q": "status:draft"}, "/q"),
        ({"list": "erasures", "phase": "draft"}, "/phase"),
        ({"list": "cases", "verdict": "SAME"}, "/verdict"),
        ({"list": "separation-findings", "verdict": "DIFFERENT"}, "/verdict"),
        ({"list": "refusals", "q": "code:zzz"}, "/q"),
        ({"list": "holds", "phase": "draft"}, "/phase"),
    ],
)
def test_a_file_is_narrowed_as_its_trailer_says_or_not_made(
    world: World, narrowing: dict[str, str], pointer: str
) -> None:
    answer = world.auditor.post("/v1/exports", narrowing)
    assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
    assert [each["pointer"] for each in answer.body["errors"]] == [pointer]
