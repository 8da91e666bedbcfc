"""What auditors and reviewers ask of lists of cases in one query, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.http.query.qualifiers import LANGUAGES
from domain.account.events import Role
from domain.case.handler_opinion import HandlerOpinionGiven
from domain.case.leader_decision import LeaderApproved
from domain.case.returning import CaseReturned
from domain.separation import HANDLER, LEADER
from tests.api.filings import decide, done, filed, opine
from tests.api.test_exceptions import returned

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.world import World


class Desk:
    """Two applicants of one name, whose cases were dealt with by two leaders and one handler."""

    def __init__(self, world: World) -> None:
        self.world, self.school = world, world.school
        self.other_leader = world.official(self.school, "另一领导", LEADER)
        self.first, self.second = (world.applicant(self.school, "李同名") for _ in range(2))
        self.approved = filed(self.first, self.school)
        done(opine(self.school.handler, self.approved))
        done(decide(self.school.leader, self.approved))
        self.returned = filed(self.second, self.school)
        returned(world, self.returned, "degree")

    @property
    def newest(self) -> list[str]:
        """Both, as lists bring them: ids grow with time, and these two are of one instant."""
        return sorted((self.approved, self.returned), reverse=True)

    def asked(self, by: Actor, query: str, path: str = "/v1/cases") -> dict[str, Any]:
        body: dict[str, Any] = done(
            by.get(f"{path}?q={quote(query)}&{self.world.everything()}")
        ).body
        return body

    def found(self, by: Actor, query: str) -> list[str]:
        """The paths of the cases that a query finds."""
        return [f"/v1/cases/{each['case']}" for each in self.asked(by, query)["cases"]]

    def refused(self, by: Actor, query: str) -> list[str]:
        """What a query is told to be wrong with it."""
        answer = by.get(f"/v1/cases?q={quote(query)}")
        assert (answer.status, answer.code) == (422, "FIELDS_REFUSED")
        assert {each["pointer"] for each in answer.body["errors"]} == {"/query/q"}
        return [each["detail"] for each in answer.body["errors"]]


@pytest.fixture(scope="module")
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_leaders_decisions_of_a_time_are_one_query_with_their_handlers(desk: Desk) -> None:
    auditor, school = desk.world.auditor, desk.school
    query = f"leader:{school.leader.person} decided:2024-10-01..2024-12-31"
    (row,) = desk.asked(auditor, query)["cases"]
    assert f"/v1/cases/{row['case']}" == desk.approved
    (dealing,) = row["dealings"]
    assert dealing["handler"] == school.handler.person
    assert dealing["leader_account"] == school.leader.account
    assert dealing["decided_on"] == "2024-10-15"
    assert dealing["decision"] == LeaderApproved.topic
    assert desk.found(auditor, f"领导：{school.leader.account}") == [desk.approved]
    assert desk.found(auditor, f"leader:{desk.other_leader.person}") == []
    assert desk.found(auditor, f"{query} decided:<2024-10-15") == []


@pytest.mark.parametrize("word", ["filed", "changed"])
def test_what_happened_in_some_days_is_found_by_them_and_by_no_others(
    desk: Desk, word: str
) -> None:
    auditor, employer = desk.world.auditor, f"employer:{desk.school.organisation}"

    def found(days: str) -> list[str]:
        return desk.found(auditor, f"{employer} {word}:{days}")

    assert found("2024-10-15") == found("<=2024-10-15") == desk.newest
    assert found("2024-10-14..2024-10-15") == found("2024-10-01,2024-10-15") == desk.newest
    assert found("2024-10-01,>=2024-10-15") == desk.newest
    assert desk.found(auditor, f"{employer} -{word}:2024-10-01") == desk.newest
    for none in ("<2024-10-15", "2024-10-14", ">2024-10-15", "<=1969-12-31", "<1901-01-01"):
        assert found(none) == []


def test_terms_narrow_are_turned_round_and_order(desk: Desk) -> None:
    auditor, employer = desk.world.auditor, f"employer:{desk.school.organisation}"
    both = desk.newest
    assert desk.found(auditor, employer) == both
    assert desk.found(auditor, f"{employer} sort:opened") == both[::-1]
    assert desk.found(auditor, f"{employer} returned:>=1") == [desk.returned]
    assert desk.found(auditor, f"{employer} -returned:>=1") == [desk.approved]
    assert desk.found(auditor, f"{employer} status:已退回,rejected") == [desk.returned]
    assert desk.found(auditor, f"{employer} status:returned returned:0") == []
    ordered = f"{employer} refused:no late:no sort:-returned"
    assert desk.found(auditor, ordered) == [desk.returned, desk.approved]
    assert desk.asked(auditor, employer)["count"] == 2
    assert desk.asked(auditor, employer)["counted_all"] is True


def test_pages_of_any_order_follow_one_another(desk: Desk) -> None:
    auditor, found = desk.world.auditor, []
    query = quote(f"employer:{desk.school.organisation} sort:-decided")
    address: str | None = f"/v1/cases?q={query}&limit=1"
    while address:
        answer = done(auditor.get(address))
        found += [each["case"] for each in answer.body["cases"]]
        link = answer.headers.get("Link", "")
        address = link.partition(">")[0].removeprefix("<") or None
    assert sorted(found) == sorted(
        each.rsplit("/", 1)[-1] for each in (desk.approved, desk.returned)
    )


def test_who_is_named_is_sought_on_record_and_their_cases_by_the_search(desk: Desk) -> None:
    auditor = desk.world.auditor
    assert auditor.post("/v1/searches", {"name": "李同名"}).code == "GROUND_MISSING"
    answer = done(auditor.post("/v1/searches", {"name": "李 同名", "reason": "核对举报"}))
    assert [each["topic"] for each in answer.body["events"]] == ["consultation:recorded:1"]
    assert set(answer.body["persons"]) == {desk.first.person, desk.second.person}
    query = f"applicant:{answer.body['consultation']}"
    assert desk.found(auditor, query) == desk.newest
    assert "没有这次查找" in desk.refused(desk.world.inspector, query)[0]
    assert "不能写比较符号" in desk.refused(auditor, query.replace(":", ":>"))[0]
    nobody = done(auditor.post("/v1/searches", {"name": "查无此人", "reason": "核对"})).body
    assert desk.found(auditor, f"applicant:{nobody['consultation']}") == []
    neighbour = desk.world.enterprise.handler
    assert (
        done(neighbour.post("/v1/searches", {"name": "李同名", "reason": "核"})).body["persons"]
        == []
    )


def test_what_is_wrong_is_told_by_its_place_with_what_was_meant(desk: Desk) -> None:
    told = desk.refused(desk.world.auditor, "staus:returned  status:retruned sort:decide")
    assert any("第 1 个字符起" in each and "status" in each for each in told)
    assert any("第 24 个字符起" in each and "您是否要写 returned" in each for each in told)
    assert any("decided" in each for each in told)
    assert len(told) == 3
    (unreadable,) = desk.refused(desk.world.auditor, "李同名")
    assert "李同名" not in unreadable
    for wrong in (
        "decided:gestern",
        "returned:>=x",
        "leader:x",
        "status:>draft",
        "sort:opened,filed",
    ):
        assert desk.refused(desk.world.auditor, wrong)


def test_an_area_where_nobody_is_is_refused_with_what_was_perhaps_meant(desk: Desk) -> None:
    area = desk.world.area
    (told,) = desk.refused(desk.world.auditor, f"area:{area[:-1]}")
    assert f"您是否要写 {area}" in told
    (by_half_its_name,) = desk.refused(desk.world.auditor, f"area:{area.rpartition('/')[2][:-1]}")
    assert f"您是否要写 {area}？" in by_half_its_name
    assert desk.refused(desk.world.auditor, "area:火星")
    assert desk.found(desk.world.auditor, f"area:{area}")


def test_what_is_asked_of_who_takes_no_query_is_refused(desk: Desk) -> None:
    by, asked = desk.world.auditor, f"{desk.approved}/separation"
    done(by.get(f"{asked}?{desk.world.everything()}"))
    refused = by.get(f"{asked}?as_of=2024-10-01")
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/query/as_of")


def test_what_a_caller_is_not_told_of_a_case_finds_none(desk: Desk) -> None:
    handler = desk.school.handler
    assert desk.found(desk.first, f"applicant:me act:{HandlerOpinionGiven.topic}") == [
        desk.approved
    ]
    for query in (
        f"handler:{handler.person}",
        f"-handler:{handler.person}",
        "decided:>=2024-01-01",
    ):
        assert desk.found(desk.first, query) == []
    assert desk.asked(desk.first, "")["cases"][0]["dealings"] == []
    assert desk.found(desk.school.administrator, f"actor:{handler.account}") == []
    assert set(desk.found(handler, "handler:me")) == {desk.approved, desk.returned}


def test_all_that_an_account_did_is_one_query(desk: Desk) -> None:
    handler, auditor = desk.school.handler, desk.world.auditor
    rows = desk.asked(auditor, f"actor:{handler.account}", "/v1/acts")["acts"]
    assert [each["title"] for each in rows] == ["退回修改", "经办人审查"]
    assert {each["seat"] for each in rows} == {"handler"}
    assert desk.asked(auditor, f"actor:{handler.person} day:>2024-10-15", "/v1/acts")["acts"] == []
    acts = f"actor:{handler.person} act:{HandlerOpinionGiven.topic}"
    assert desk.asked(auditor, acts, "/v1/acts")["count"] == 1
    outside = desk.world.account(
        desk.world.system, "外县审计", desk.world.enterprise.organisation, [Role.AUDITOR]
    )
    assert desk.asked(outside, acts, "/v1/acts")["count"] == 0


def test_the_server_tells_every_qualifier_with_its_words(desk: Desk) -> None:
    lists = done(desk.world.auditor.get("/v1/qualifiers")).body["lists"]
    told = {each["list"]: {one["name"]: one for one in each["qualifiers"]} for each in lists}
    assert {name: each.keys() for name, each in told.items()} == {
        name: each.qualifiers.keys() for name, each in LANGUAGES.items()
    }
    assert {"word": "returned", "chinese": "已退回"} in told["cases"]["status"]["words"]
    assert told["cases"]["decided"]["compares"]
    assert [each["list"] for each in lists if "decided" in each["sorts"]] == ["cases"]


def test_what_was_refused_is_asked_for_by_day_by_who_tried_and_of_its_case(desk: Desk) -> None:
    world, handler = desk.world, desk.school.handler
    own = world.account(
        desk.school.administrator,
        handler.name,
        desk.school.organisation,
        [Role.APPLICANT],
        handler.number,
    )
    path = filed(own, desk.school)
    assert opine(handler, path).code == "SELF_REVIEW"
    tried = f"actor:{handler.account} kind:separation"
    for query, number in (
        (f"{tried} day:2024-10-15", 1),
        (f"{tried} day:>2024-10-15", 0),
        (f"{tried} code:SELF_REVIEW case:{path.rsplit('/', 1)[-1]}", 1),
        (f"{tried} -code:SELF_REVIEW", 0),
        (f"actor:{desk.school.leader.account}", 0),
    ):
        assert desk.asked(world.auditor, query, "/v1/refusals")["count"] == number, query
    employer = f"employer:{desk.school.organisation}"
    assert desk.found(world.auditor, f"{employer} refused:yes") == [path]
    for said in ("yes", "no"):
        assert desk.found(desk.school.handler, f"{employer} refused:{said}") == []


def test_who_handled_is_named_by_what_stands_and_no_longer_by_a_slip(world: World) -> None:
    school, auditor, slip = world.school, world.auditor, {"reason": "点错"}
    other = world.official(school, "另一经办", HANDLER)
    done(world.appoint(school, HANDLER, other))

    def rescinded(path: str) -> None:
        done(school.handler.change(path, "/rescissions", slip))
        done(school.leader.change(path, "/rescissions/current/confirmations", {}))

    def dealing(path: str) -> tuple[object, ...]:
        shown = done(school.leader.get(f"/v1/cases?limit=200&{world.everything()}")).body["cases"]
        ((told,),) = (
            each["dealings"] for each in shown if each["case"] == path.rsplit("/", maxsplit=1)[-1]
        )
        return tuple(told[name] for name in ("handler", "handler_account", "leader", "decision"))

    def asked(by: Actor) -> list[str]:
        query = quote(f"handler:{by.person} employer:{school.organisation}")
        shown = done(auditor.get(f"/v1/cases?q={query}&{world.everything()}")).body["cases"]
        return [f"/v1/cases/{each['case']}" for each in shown]

    # A return that was a slip, with no opinion before it: nobody has handled the case.
    bare = filed(world.applicant(school), school)
    returned(world, bare, "degree")
    assert dealing(bare) == (
        school.handler.person,
        school.handler.account,
        None,
        CaseReturned.topic,
    )
    rescinded(bare)
    assert dealing(bare) == (None, None, None, None)
    assert bare not in asked(school.handler)

    # With another's opinion before it, which the leader decides by: that one has.
    path = filed(world.applicant(school), school)
    done(opine(other, path))
    returned(world, path, "degree")
    rescinded(path)
    assert dealing(path) == (other.person, other.account, None, None)
    assert (path in asked(other), path in asked(school.handler)) == (True, False)

    # An opinion given over another's and taken back leaves the other's, and what was done is told.
    done(opine(school.handler, path))
    assert dealing(path)[0] == school.handler.person
    done(school.handler.change(path, "/handler-opinions/current/withdrawals", {}))
    assert dealing(path) == (other.person, other.account, None, None)
    acts = quote(f"actor:{school.handler.person} case:{path.split('/')[-1]}")
    told = done(auditor.get(f"/v1/acts?q={acts}&{world.everything()}")).body["acts"]
    assert [each["title"] for each in told].count("退回修改") == 1

    # Two slips, one after the other, lead back to before the first.
    done(opine(school.handler, path))
    returned(world, path, "degree")
    rescinded(path)
    done(school.handler.change(path, "/handler-opinions/current/withdrawals", {}))
    assert dealing(path) == (other.person, other.account, None, None)
