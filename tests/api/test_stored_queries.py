"""Queries that are kept, shared by their ids and read as whoever opens them may see, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.tables.queries import MOST_KEPT
from domain.account.events import Role
from tests.api.filings import done, filed, opine

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


class Desk:
    """Three cases of one school, and an auditor who looks at them."""

    def __init__(self, world: World) -> None:
        self.world, self.school, self.auditor = world, world.school, world.auditor
        self.applicants = [world.applicant(world.school, f"申报人{n}") for n in range(3)]
        self.cases = sorted(
            filed(each, world.school).rpartition("/")[2] for each in self.applicants
        )
        self.query = f"employer:{world.school.organisation} status:under_review"

    def kept(self, by: Actor, query: str, about: str = "cases") -> str:
        body = done(by.client.post("/v1/queries", {"list": about, "q": query})).body
        return str(body["query"])

    def found(self, by: Actor, query: str) -> list[str]:
        path = f"/v1/cases?q={quote(query)}&{self.world.everything()}"
        return [each["case"] for each in done(by.get(path)).body["cases"]]

    def refused(self, by: Actor, query: str, path: str = "/v1/cases") -> str:
        answer = by.get(f"{path}?q={quote(query)}")
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED"), answer.body
        (wrong,) = answer.body["errors"]
        return str(wrong["detail"])

    def beside(self, by: Actor, item: str, query: str, about: str = "cases") -> Any:  # noqa: ANN401 -- JSON
        path = f"/v1/neighbours/{about}/{item}?q={quote(query)}"
        return by.get(f"{path}&{self.world.everything()}")


@pytest.fixture(scope="module")
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_query_that_is_kept_asks_the_same_by_an_id_that_tells_nothing(desk: Desk) -> None:
    kept = desk.kept(desk.auditor, f"{desk.query} sort:opened")
    assert kept == desk.kept(desk.auditor, f"{desk.query} sort:opened")
    assert desk.school.organisation not in kept
    assert desk.found(desk.auditor, f"stored:{kept}") == desk.cases
    assert desk.found(desk.auditor, f"检索：{kept} sort:-opened") == desk.cases[::-1]
    one = f"stored:{kept} applicant:{desk.applicants[0].person}"
    assert len(desk.found(desk.auditor, one)) == 1
    again = desk.kept(desk.auditor, one)
    told = done(desk.auditor.get(f"/v1/queries/{again}")).body["q"]
    assert told == f"{desk.query} sort:opened applicant:{desk.applicants[0].person}"
    mine = done(desk.auditor.get("/v1/queries")).body["queries"]
    assert {kept, again} <= {each["query"] for each in mine}


def test_who_opens_a_shared_query_finds_what_they_may_see(desk: Desk) -> None:
    kept, world = desk.kept(desk.auditor, desk.query), desk.world
    assert set(desk.found(desk.school.handler, f"stored:{kept}")) == set(desk.cases)
    applicant = desk.applicants[1]
    (own,) = desk.found(applicant, f"stored:{kept}")
    assert done(applicant.get(f"/v1/cases/{own}")).body["applicant"] == applicant.person
    outside = world.account(
        world.system, "外单位审计", world.enterprise.organisation, [Role.AUDITOR]
    )
    assert desk.found(outside, f"stored:{kept}") == []
    assert done(outside.get("/v1/queries")).body["queries"] == []
    mine = desk.kept(desk.auditor, "applicant:me")
    assert desk.found(applicant, f"stored:{mine}") == [own]


def test_a_search_that_a_query_names_serves_who_searched_alone(desk: Desk) -> None:
    searched = done(
        desk.auditor.post("/v1/searches", {"name": "申报人0", "reason": "核对举报"})
    ).body["consultation"]
    kept = desk.kept(desk.auditor, f"applicant:{searched}")
    assert len(desk.found(desk.auditor, f"stored:{kept}")) == 1
    assert "没有这次查找" in desk.refused(desk.world.inspector, f"stored:{kept}")


def test_what_is_wrong_is_kept_by_nobody_and_who_does_not_keep_it_can_not_let_it_go(
    desk: Desk,
) -> None:
    for about, query in (("cases", "staus:returned"), ("acts", "status:returned"), ("cases", "")):
        answer = desk.auditor.client.post("/v1/queries", {"list": about, "q": query})
        assert answer.status == 422, (about, query)
    assert desk.auditor.client.post("/v1/queries", {"q": desk.query}).status == 422
    kept = desk.kept(desk.auditor, "status:returned")
    for wrong in (f"-stored:{kept}", f"stored:{kept},{kept}", "stored:query-1", "stored:李某"):
        assert "保存的检索" in desk.refused(desk.auditor, wrong)
    assert "保存的检索" in desk.refused(desk.auditor, f"stored:{kept}", "/v1/acts")
    assert desk.world.inspector.client.delete(f"/v1/queries/{kept}").status == 404
    assert desk.auditor.client.delete(f"/v1/queries/{kept}").status == 204
    assert desk.auditor.get(f"/v1/queries/{kept}").status == 404
    assert "保存的检索" in desk.refused(desk.auditor, f"stored:{kept}")


def test_nobody_keeps_more_than_so_many(desk: Desk) -> None:
    hoarder = desk.applicants[2]
    for number in range(MOST_KEPT):
        desk.kept(hoarder, f"returned:{number}")
    answer = hoarder.client.post("/v1/queries", {"list": "cases", "q": "returned:>=1000"})
    assert (answer.status, answer.code) == (409, "QUERIES_FULL")
    assert desk.kept(hoarder, "returned:7")


def test_an_export_says_what_a_query_that_is_kept_asked(desk: Desk) -> None:
    kept, mandate = desk.kept(desk.auditor, desk.query), desk.world.whole(desk.auditor)
    body = {"list": "cases", "q": f"stored:{kept} returned:0"}
    answer = done(desk.auditor.post("/v1/exports", body, mandate=mandate))
    lines = answer.body.splitlines()
    assert len(lines) == len(desk.cases) + 1
    assert f"cases {desk.query} returned:0" in lines[-1]
    assert kept not in answer.body
    acts = desk.kept(desk.auditor, f"case:{desk.cases[0]}", "acts")
    path = f"/v1/act-events?limit=200&q=stored:{acts}"
    told = done(desk.auditor.get(path, Mandate=mandate)).body
    assert {each["subject"] for each in told} == {desk.cases[0]}


def test_an_item_has_neighbours_in_the_list_that_it_was_reached_from(desk: Desk) -> None:
    first, second, third = desk.cases
    for by in (desk.auditor, desk.school.handler):
        kept = desk.kept(by, f"{desk.query} sort:opened")
        for query in (f"stored:{kept}", f"{desk.query} sort:filed"):
            told = done(desk.beside(by, second, query)).body
            assert told == {"item": second, "before": first, "after": third}
        assert done(desk.beside(by, first, f"stored:{kept}")).body["before"] is None
        newest = done(desk.beside(by, second, desk.query)).body
        assert (newest["before"], newest["after"]) == (third, first)
    own = done(desk.auditor.get(f"/v1/cases/{first}")).body["applicant"]
    (applicant,) = (each for each in desk.applicants if each.person == own)
    assert done(desk.beside(applicant, first, desk.query)).body == {
        "item": first,
        "before": None,
        "after": None,
    }
    assert desk.beside(applicant, second, desk.query).status == 404
    assert desk.beside(desk.auditor, second, "status:returned").status == 404
    assert desk.beside(desk.auditor, second, desk.query, "persons").status == 404


def test_refusals_have_neighbours_by_their_positions(desk: Desk) -> None:
    world, handler = desk.world, desk.school.handler
    house, seats = desk.school.organisation, [Role.APPLICANT]
    clerk = desk.school.administrator
    own = world.account(clerk, handler.name, house, seats, handler.number)
    path = filed(own, desk.school)
    for _ in range(3):
        assert opine(handler, path).code == "SELF_REVIEW"
    query = f"case:{path.rpartition('/')[2]}"
    listed = f"/v1/refusals?q={query}&{world.everything()}"
    rows = done(desk.auditor.get(listed)).body["refusals"]
    positions = [str(each["position"]) for each in rows]
    assert len(positions) == len({*positions}) == 3
    beside = [None, *positions, None]
    for number, item in enumerate(positions):
        told = done(desk.beside(desk.auditor, item, query, "refusals")).body
        assert (told["before"], told["after"]) == (beside[number], beside[number + 2])
    assert desk.beside(desk.auditor, positions[0], "-" + query, "refusals").status == 404
    assert desk.beside(own, positions[0], query, "refusals").status in (403, 404)


def test_acts_have_neighbours_by_their_positions(desk: Desk) -> None:
    query = f"case:{desk.cases[0]}"
    path = f"/v1/acts?q={query}&{desk.world.everything()}"
    positions = [str(each["position"]) for each in done(desk.auditor.get(path)).body["acts"]]
    assert len(positions) >= 1
    beside = [None, *positions, None]
    for number, item in enumerate(positions):
        told = done(desk.beside(desk.auditor, item, query, "acts")).body
        assert (told["before"], told["after"]) == (beside[number], beside[number + 2])
    for wrong in ("0", "x", "999999999"):
        assert desk.beside(desk.auditor, wrong, query, "acts").status == 404
    own = done(desk.auditor.get(f"/v1/cases/{desk.cases[0]}")).body["applicant"]
    for each in desk.applicants:
        seen = desk.beside(each, positions[0], query, "acts").status
        assert seen == (200 if each.person == own else 404)


def test_investigations_have_neighbours_by_their_ids(desk: Desk) -> None:
    world, officer = desk.world, desk.world.bureau.integrity_handler
    for case in desk.cases:
        said = {"suspicion": "证书疑似伪造"}
        done(officer.change(f"/v1/cases/{case}", "/investigations", said))
    query = "phase:opened case:" + ",".join(desk.cases)
    path = f"/v1/investigations?q={quote(query)}&{world.everything()}"
    for by in (officer, world.inspector):
        rows = done(by.get(path)).body["investigations"]
        beside = [None, *(each["investigation"] for each in rows), None]
        assert len(beside) == len(desk.cases) + 2
        for number, item in enumerate(beside[1:-1]):
            told = done(desk.beside(by, str(item), query, "investigations")).body
            assert (told["before"], told["after"]) == (beside[number], beside[number + 2])
        one = str(beside[1])
        assert desk.beside(by, one, "phase:closed", "investigations").status == 404
        assert desk.beside(by, "investigation-0", query, "investigations").status == 404
    assert desk.beside(desk.applicants[0], one, query, "investigations").status == 404
    assert desk.beside(desk.auditor, one, query, "investigations").status == 403
