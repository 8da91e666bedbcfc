"""Days, instants and numbers beyond all measure are refused where they stand, everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from api.conventions.fields import EARLIEST, LATEST
from tests.api.described import DOCUMENT
from tests.api.filings import WORD, done, filed, title
from tests.api.test_vocabularies import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.client import Client
    from tests.api.world import World

BEYOND: dict[str, tuple[Any, ...]] = {
    "date": ("9999-12-31", "0001-01-01", "2101-01-01", "1899-12-31"),
    "date-time": (
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ),
    "integer": (10**30, -(10**30), 2**63, 2**53),
}
"""Values of each kind that no member takes."""


@dataclass(frozen=True)
class Member:
    """A member of a request that holds a day, an instant or a number, and where it stands."""

    method: str
    path: str
    kind: str
    place: tuple[str | int, ...]
    in_query: bool = False

    @property
    def pointer(self) -> str:
        """Where an error about it points."""
        steps = ("query", *self.place) if self.in_query else self.place
        return "".join(f"/{step}" for step in steps)

    def ask(self, client: Client, value: object) -> Any:  # noqa: ANN401 -- an answer
        """Send nothing but this member."""
        path = self.path.replace("{", "").replace("}", "")
        if self.in_query:
            text = str(value).replace("+", "%2B")
            return client.request(self.method, f"{path}?{self.place[0]}={text}")
        return client.request(self.method, path, _nested(self.place, value))


def members(document: dict[str, Any]) -> Iterator[Member]:
    """Every such member of every request that the document describes."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            for parameter in operation.get("parameters", []):
                if "$ref" not in parameter and parameter["in"] == "query":
                    for kind, place in _kinds(document, parameter["schema"], (parameter["name"],)):
                        yield Member(method.upper(), path, kind, place, in_query=True)
            content = operation.get("requestBody", {}).get("content", {})
            for body in content.values():
                for kind, place in _kinds(document, body["schema"], ()):
                    yield Member(method.upper(), path, kind, place)


def _kinds(
    document: dict[str, Any], schema: dict[str, Any], place: tuple[str | int, ...]
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for other in schema.get("anyOf", []):
        yield from _kinds(document, other, place)
    types = schema.get("type", [])
    said = {schema.get("format"), *([types] if isinstance(types, str) else types)}
    for kind in sorted(BEYOND.keys() & said):
        yield kind, place
    if "items" in schema:
        yield from _kinds(document, schema["items"], (*place, 0))
    for name, member in schema.get("properties", {}).items():
        yield from _kinds(document, member, (*place, name))


def _nested(place: tuple[str | int, ...], value: object) -> object:
    for step in reversed(place):
        value = [value] if step == 0 else {step: value}
    return value


MEMBERS = list(members(DOCUMENT))


def test_the_document_has_many_of_each_kind() -> None:
    for kind in BEYOND:
        assert len([each for each in MEMBERS if each.kind == kind]) > 2, kind


@pytest.mark.parametrize("member", MEMBERS, ids=lambda each: f"{each.path}{each.pointer}")
def test_what_lies_beyond_is_refused_where_it_stands(clerk: Client, member: Member) -> None:
    for value in BEYOND[member.kind]:
        answer = member.ask(clerk, value)
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED"), value
        assert member.pointer in {each["pointer"] for each in answer.body["errors"]}


@pytest.mark.parametrize("day", [str(EARLIEST), str(LATEST)])
def test_the_law_is_asked_about_the_ends_of_the_calendar(world: World, day: str) -> None:
    stated = {
        **CLAIMS,
        "educations": [{**CLAIMS["educations"][0], "awarded_on": day}],
        "work": [{**CLAIMS["work"][0], "first_day": day, "last_day": day}],
        "titles": [{**CLAIMS["titles"][0], "gained_on": day, "appointed_on": day}],
        "assessments": [{"claim": "graded", "year": int(day[:4]), "grade": "合格"}],
        "licences": [{"claim": "licence", "kind": "教师资格", "gained_on": day}],
        "particulars": [{"claim": "since", "name": "post.since", "value": day}],
    }
    asked = {**title(world.school), "application": stated, "filed_at": f"{day}T00:00:00+08:00"}
    applicant = world.applicant(world.school)
    for pack in world.services.office.laws:
        done(applicant.client.post("/v1/eligibility-checks", {**asked, "pack": pack.id}))
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    done(applicant.change(path, "/applications", stated))
    assert done(applicant.post(f"{path}/assessments", None, version=2)).body["result"]


@pytest.mark.parametrize("text", ["9999-12-31", "99991231", "0001-01-01"])
def test_nor_is_a_day_that_a_pack_asks_for_by_name(clerk: Client, text: str) -> None:
    stated = {
        "particulars": [{"claim": "born", "name": "person.born", "value": text}],
        "achievements": [{"claim": "prize", "item": "1", "details": [f"on={text}"]}],
    }
    house = {"traits": [f"unit.since={text}"]}
    found = [
        *clerk.post("/v1/cases/any/applications", stated).body["errors"],
        *clerk.post("/v1/organisations", house).body["errors"],
    ]
    assert {each["pointer"] for each in found} >= {
        "/particulars/0/value",
        "/achievements/0/details/0",
        "/traits/0",
    }


def test_a_case_goes_on_at_the_ends_of_the_calendar(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    item = {"subject": "application", "problem": "请补充。"}
    body = {"items": [item], **WORD}
    past = world.school.handler.change(path, "/returns", {**body, "due_on": str(EARLIEST)})
    assert past.status == 409
    done(world.school.handler.change(path, "/returns", {**body, "due_on": str(LATEST)}))
    for instant in (f"{EARLIEST}T00:00:00%2B14:00", f"{LATEST}T23:59:59-12:00"):
        assert world.school.handler.get(f"{path}?as_of={instant}").status in (200, 404)
