"""Every operation, asked for by everybody: the answers are those of the table of access.

What may not be read looks as if it weren't there, and a document number is nowhere in clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
import pytest

from api.access import TABLE, Relation, permitted
from tests.api.access_cast import Member, cast
from tests.api.access_routes import (
    ASKED_ELSEWHERE,
    BY_ROLE,
    ELSEWHERE,
    LISTS,
    OF_AN_OFFICE,
    READING,
    ROUTES,
    Route,
)
from tests.api.client import Answer, Client
from tests.api.filings import done, draft, file, filed, opine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.world import World

SEATED_ALONE = frozenset({Relation.SEATED})
MARK = "标记意见甲乙丙"
CAST = (
    "applicant",
    "suspect",
    "colleague",
    "handler",
    "leader",
    "clerk",
    "administrator",
    "handler above",
    "leader above",
    "administrator above",
    "integrity handler",
    "integrity leader",
    "handler of the bureau",
    "holder of an unclaimed account",
    "somebody who moved away",
    "stand-in for a term",
    "foreign applicant",
    "foreign handler",
    "foreign leader",
    "foreign administrator",
    "auditor",
    "inspector",
    "auditor of another county",
    "inspector of another county",
    "policy administrator",
    "system administrator",
)
ABSENT = {
    "case": "case-00000000-0000-7000-8000-000000000000",
    "organisation": "organisation-00000000-0000-7000-8000-000000000000",
    "account": "account-00000000-0000-7000-8000-000000000000",
    "person": "person-00000000-0000-7000-8000-000000000000",
    "investigation": "investigation-00000000-0000-7000-8000-000000000000",
}


class Scene:
    """The things, and everybody."""

    def __init__(self, world: World) -> None:
        school = world.school
        applicant = world.applicant(school, "标记申报人")
        suspect = world.applicant(school, "某嫌疑人")
        self.number = applicant.number
        self.drafted = draft(applicant, school).removeprefix("/v1/cases/")
        case = draft(applicant, school)
        submitted = done(file(applicant, case))
        self.position = submitted.body["position"]
        done(opine(school.handler, case, opinion=MARK))
        suspected = filed(suspect, school)
        opened = done(
            world.bureau.integrity_handler.change(
                suspected, "/investigations", {"suspicion": "疑似伪造"}
            )
        )
        alleged = f"/v1/investigations/{opened.body['stream']}"
        told = {"allegation": "查无此证"}
        opened = done(world.bureau.integrity_handler.change(alleged, "/allegations", told))
        shown = done(school.handler.get(case)).body
        held = done(school.handler.get(f"/v1/organisations/{school.organisation}/appointments"))
        self.names = {
            "case": case.removeprefix("/v1/cases/"),
            "organisation": school.organisation,
            "account": applicant.account,
            "person": applicant.person,
            "investigation": opened.body["stream"],
            "material": shown["materials"][0]["material"],
            "appointment": held.body["appointments"][0]["appointment"],
        }
        self.cast = cast(world, applicant, suspect)
        self.shown = opened.body["position"]
        self.world = world
        self.mandates = {
            by.account: mandate
            for place, area in (("", ""), (" of another county", "江西省/赣州市/安远县"))
            for pair in [[self.cast[f"{role}{place}"].actor for role in ("auditor", "inspector")]]
            for mandate in [world.mandate(pair[0], pair[1], areas=[area])]
            for by in pair
        }
        self._answers: dict[tuple[str, str], Answer] = {}

    def answer(self, who: Member, route: Route) -> Answer:
        """What somebody is answered, who asks once."""
        asked = (who.actor.account, route.operation)
        if asked not in self._answers:
            self._answers[asked] = self.ask(who, route)
        return self._answers[asked]

    def ask(self, who: Member, route: Route, **instead: str) -> Answer:
        """One request; for other things of these kinds, if so wished."""
        names = self.names | instead
        path = f"/v1/{route.about}s/{names[route.about]}{route.tail.format(**names)}"
        if route.body is None:
            return who.actor.get(path)
        body = orjson.loads(
            orjson.dumps(route.body).replace(b"{account}", names["account"].encode())
        )
        return who.actor.post(path, body, version=999_999)


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    """One case, one investigation, and everybody around them."""
    return Scene(world)


@pytest.fixture(params=CAST)
def who(request: pytest.FixtureRequest, scene: Scene) -> Member:
    """Each of the cast in turn."""
    return scene.cast[request.param]


def expected(who: Member, route: Route) -> int:
    """What the table says of this member and this operation.

    Whose stage is still to come is not forbidden to review: they are told that it is not yet
    their turn, where they state a version that stands.
    """
    if who.waits and any(TABLE[act].get(who.role) == SEATED_ALONE for act in route.acts):
        return route.ready
    if any(who.may(act, route.about) for act in route.acts):
        return route.ready
    return 403 if who.may(route.reading, route.about) else 404


def told(answer: Answer) -> dict[str, Any]:
    """The body of a problem, but for the request's id."""
    return {name: value for name, value in answer.body.items() if name != "request_id"}


def test_every_operation_is_in_one_of_the_lists(scene: Scene) -> None:
    listed = [route.operation for route in ROUTES]
    listed += [*BY_ROLE, *LISTS, *OF_AN_OFFICE, *ELSEWHERE]
    document = Client(scene.world.address).get("/openapi.json").body
    offered = [
        operation["operationId"]
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if path.startswith("/v1/") and method != "parameters"
    ]
    assert sorted(listed) == sorted(offered)


def test_everybody_of_the_cast_is_asked(scene: Scene) -> None:
    assert set(scene.cast) == set(CAST)


def test_every_operation_answers_as_the_table_says(scene: Scene, who: Member) -> None:
    wrong = []
    for route in ROUTES:
        answer = scene.answer(who, route)
        if answer.status != expected(who, route):
            wrong.append((route.operation, answer.status, expected(who, route)))
    assert not wrong


def test_what_may_not_be_read_looks_as_if_it_were_not_there(scene: Scene, who: Member) -> None:
    nowhere = told(scene.ask(who, ROUTES[0], **ABSENT))
    assert nowhere["code"] == "NOT_FOUND"
    for route in ROUTES:
        if expected(who, route) == 404 and not who.may(route.acts[0], route.about):
            assert told(scene.answer(who, route)) == nowhere, route.operation


@pytest.mark.parametrize("member", ["handler", "foreign administrator", "inspector"])
def test_what_does_not_exist_is_found_by_nobody(scene: Scene, member: str) -> None:
    for route in ROUTES:
        answer = scene.ask(scene.cast[member], route, **ABSENT)
        assert (answer.status, answer.code) == (404, "NOT_FOUND"), route.operation


def test_a_draft_is_there_for_its_applicant_alone(scene: Scene, who: Member) -> None:
    nowhere = told(scene.ask(who, ROUTES[0], **ABSENT))
    own = who is scene.cast["applicant"]
    for route in ROUTES:
        if route.about == "case" and expected(who, route) != 404:
            answer = scene.ask(who, route, case=scene.drafted)
            assert own or told(answer) == nowhere, route.operation
    asked = f"/v1/cases?limit=200&wait_for={scene.shown}"
    listed = {row["case"] for row in rows(who, asked, "/v1/cases")}
    assert (scene.drafted in listed) == own


def rows(who: Member, address: str, path: str) -> Iterator[dict[str, Any]]:
    """Every row of a list, page by page."""
    while address:
        answer = done(who.actor.get(address))
        yield from answer.body[path.rpartition("/")[2]]
        link = answer.headers.get("Link", "")
        address = link[link.find("<") + 1 : link.find(">")] if link else ""


def test_what_one_office_deals_with_is_unknown_to_all_others(who: Member) -> None:
    for operation, (method, kind, tail, body) in OF_AN_OFFICE.items():
        stream = f"{kind.removesuffix('s').removeprefix('person-')}-{uuid4()}"
        path = f"/v1/{kind}/{stream}{tail}"
        answer = who.actor.get(path) if method == "GET" else who.actor.post(path, body, version=1)
        assert answer.status in (403, 404), (operation, answer.body)


def test_what_is_judged_by_the_role_alone_is_answered_so(scene: Scene, who: Member) -> None:
    mandate = scene.mandates.get(who.actor.account)
    headers = {} if mandate is None else {"Mandate": mandate}
    for operation, (act, path, body) in BY_ROLE.items():
        allowed = permitted(act, [who.role], Relation)
        if body is None:
            answer = who.actor.get(path, **headers)
        else:
            answer = who.actor.post(path, body, mandate=mandate)
        assert answer.status in ((200, 201) if allowed else (403,)), (operation, answer.body)


def test_every_act_of_the_table_is_asked_for() -> None:
    asked = {act for route in ROUTES for act in route.acts} | {act for act, *_ in BY_ROLE.values()}
    asked |= set(READING.values()) | ASKED_ELSEWHERE.keys()
    assert asked == set(TABLE)


def test_nobody_is_shown_a_document_number_in_clear(scene: Scene, who: Member) -> None:
    for route in ROUTES:
        if route.body is None:
            answer = scene.answer(who, route)
            assert scene.number not in orjson.dumps(answer.body).decode(), route.operation
    for path, _ in LISTS.values():
        assert scene.number not in str(who.actor.get(f"{path}?limit=200").body)


def test_an_opinion_is_shown_to_who_deals_with_the_case_and_masked_for_others(
    scene: Scene, who: Member
) -> None:
    inside = Relation.DEALING in who.stands.get("case", ())
    texts = [str(scene.answer(who, route).body) for route in ROUTES if route.body is None]
    assert any(MARK in text for text in texts) == inside


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_nobody_is_let_in_without_signing_in(scene: Scene, route: Route) -> None:
    nobody = Client(scene.world.address)
    path = f"/v1/{route.about}s/{scene.names[route.about]}{route.tail.format(**scene.names)}"
    answer = nobody.get(path) if route.body is None else nobody.post(path, route.body)
    assert (answer.status, answer.code) == (401, "SIGN_IN_REQUIRED")
