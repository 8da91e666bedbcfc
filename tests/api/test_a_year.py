"""A year of a bureau of three and a school of two: whatever happens, somebody can go on.

Leave, an objection, a finding and its re-examination, a rejection set aside, an erasure, somebody
who leaves: each time the list of somebody names the next step, and it can be done.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from audit.whole import check_whole
from domain.account.events import Role
from domain.beijing import BEIJING
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
)
from tests.api.client import Client
from tests.api.filings import acts_in, decide, done, opine
from tests.api.objections import ANSWER, DECISION, FINDINGS, STATEMENT, SUMMARY
from tests.api.provinces import draft, filed, go_on, post
from tests.api.society import Society
from tests.stories.acting import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from api.clock import SettableClock
    from api.services import Services
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House

SPRING = datetime(2024, 4, 8, 9, tzinfo=BEIJING)
PACK, TITLE = "huzhou-2024", {"series": "工程", "specialty": "机械"}
SHORT = {"reasons": [{"code": "YEARS_SHORT", "rules": ["HZ-12"]}], "opinion": "年限不足。"}
FINDING = {"ground": "弄虚作假", "evidence": ["查无此证"], "finding": "证书系伪造"}


class SmallCounty(Society):
    """A bureau of exactly three people over a school of exactly two, and the offices above."""

    def __init__(self, address: str, services: Services, clock: SettableClock) -> None:
        super().__init__(address, services, clock, "浙江省/湖州市/德清县")
        self.province = self.found("省人社厅", self.system, area="浙江省", bodies=["city_hr"])
        self.seat(self.province, INTEGRITY_LEADER)
        self.city = self.found(
            "市人社局",
            self.system,
            area="浙江省/湖州市",
            bodies=["city_hr", "county_hr"],
            bureau=self.province.organisation,
        )
        self.seat(self.city, HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER)
        self.bureau = self.found(
            "县人社局",
            self.system,
            bodies=["county_hr"],
            bureau=self.city.organisation,
        )
        self.school = self.found(
            "某民办学校",
            self.system,
            kind="private_non_enterprise",
            ownership="non_state",
            bureau=self.bureau.organisation,
        )
        self._hands = [(self.further(f"甲{n}"), self.further(f"乙{n}")) for n in range(4)]
        self.first, self.second, self.third = self.people_of(self.bureau, 3)
        self.head, self.deputy = self.people_of(self.school, 2)
        for house, who, *seats in (
            (self.bureau, self.first, HANDLER, INTEGRITY_LEADER),
            (self.bureau, self.second, LEADER, DUTY_OFFICER),
            (self.bureau, self.third, INTEGRITY_HANDLER, DUTY_OFFICER),
            (self.school, self.head, HANDLER),
            (self.school, self.deputy, LEADER),
        ):
            for seat in seats:
                done(self.appoint(house, seat, who))

    def account(
        self,
        by: Actor,
        name: str,
        organisation: str | None,
        roles: Sequence[Role],
        number: str | None = None,
        second: Actor | None = None,
        *,
        claimed: bool = True,
    ) -> Actor:
        """Whoever administers so small a house works there as well."""
        also = [Role.OFFICIAL] if Role.ADMINISTRATOR in roles else []
        here = [*roles, *also]
        return super().account(by, name, organisation, here, number, second, claimed=claimed)

    def people_of(self, house: House, number: int) -> list[Actor]:
        """The people of a house, its administrator first; whoever is above opens the accounts."""
        others = [self.worker(house) for _ in range(number - 1)]
        return [house.administrator, *others]

    def worker(self, house: House) -> Actor:
        """Somebody new who works at a house, whose code comes from hands of their own."""
        hands, roles = self._hands.pop(), [Role.OFFICIAL]
        return self.account(hands[0], "某工作人员", house.organisation, roles, second=hands[1])

    def officials(self) -> list[Actor]:
        """Everybody who can go on with something."""
        above = (self.province, self.city)
        seated = [each for house in above for each in house.seated.values()]
        return [self.first, self.second, self.third, self.head, self.deputy, *seated]


@pytest.fixture(scope="module")
def county(copies: Copies) -> Iterator[SmallCounty]:
    """The county in April 2024."""
    with copies.of(SmallCounty, SPRING) as one:
        yield one


class Year:
    """What happens, each time as the next step of whose list it stands in."""

    def __init__(self, county: SmallCounty) -> None:
        self.county = county
        self.paths: list[str] = []

    def on(self, instant: str) -> None:
        """Time has gone on, and been kept."""
        self.county.at(instant)
        kept(self.county)

    def files(self, who: Actor) -> str:
        """Somebody files through the school."""
        path = filed(who, self.county.school, PACK, **TITLE)
        self.paths.append(path)
        return path

    def lists(self, who: Actor) -> dict[str, set[str]]:
        """What somebody's lists name, each with what they may do about it."""
        rest = f"limit=200&{self.county.everything()}"
        named: dict[str, set[str]] = {}
        for each in self._read(who, f"/v1/work-queue?{rest}", "cases"):
            acts = {"review"} if each["may_act"] else set()
            named[each["case"]] = acts | set(each["recusal_applications"])
        for each in self._read(who, f"/v1/matters?{rest}", "matters"):
            named.setdefault(each["stream"], set()).update(acts_in(each))
        for each in self._read(who, f"/v1/standing-still?{rest}", "rows"):
            named.setdefault(each["stream"], set()).update(acts_in(each))
        return named

    def _read(self, who: Actor, path: str, member: str) -> list[dict[str, Any]]:
        answer = who.get(path)
        found: list[dict[str, Any]] = answer.body.get(member, [])
        return found

    def step(self, who: Actor, path: str, act: str, do: Callable[[], Answer]) -> Answer:
        """The list of somebody names the next step; it can be done."""
        acts = self.lists(who).get(path.rpartition("/")[2], set())
        assert act in acts, (who.name, path, acts)
        return done(do())

    def reviewed(self, path: str, handler: Actor, leader: Actor) -> None:
        """Both acts of a stage, each in its turn."""
        self.step(handler, path, "review", lambda: opine(handler, path))
        self.step(leader, path, "review", lambda: decide(leader, path))

    def posted(self, path: str, house: House, handler: Actor) -> str:
        """The posting of a case; its public address."""
        assert "review" in self.lists(handler)[path.rpartition("/")[2]]
        today = self.county.clock.now().astimezone(BEIJING).date().isoformat()
        house.seated[HANDLER] = handler
        return post(path, house, today)

    def at_school(self, path: str, leader: Actor | None = None) -> None:
        """What the school does first, up to its posting."""
        self.reviewed(path, self.county.head, leader or self.county.deputy)
        self.posted(path, self.county.school, self.county.head)

    def gone_on(self, path: str, who: Actor) -> None:
        """After its publicity a case goes on."""
        self.step(who, path, "review", lambda: go_on(who, path))

    def beside(self, who: Actor, path: str, kind: str) -> str:
        """The stream of a matter beside a case, as somebody's list names it."""
        listed = self._read(who, f"/v1/matters?{self.county.everything()}", "matters")
        (found,) = (e["stream"] for e in listed if e["kind"] == kind and e["case"] in path)
        return str(found)

    def taken_over(self, who: Actor, act: str, name: str) -> None:
        """Nobody at the office may go on with a matter; who leads above takes it over."""
        body = {"cause": "NOBODY_ELIGIBLE", "document": "湖人社发〔2024〕30号"}
        self.step(who, act, name, lambda: who.change(act, "/takeovers", body))

    def nothing_stands_still(self) -> None:
        """Whatever is open waits for its time, for its applicant, or for somebody who can act."""
        able: set[str] = set()
        for each in self.county.officials():
            able |= {stream for stream, acts in self.lists(each).items() if acts}
        for path in self.paths:
            seen = done(self.county.first.get(path)).body
            phase = seen["standing"]["phase"]
            if phase in ("under_review", "awaiting_publicity", "publicised"):
                assert path.rpartition("/")[2] in able, (path, phase)


def objected_to(year: Year) -> str:
    """April: somebody objects, and two of three have reviewed: the city settles it."""
    county, city = year.county, year.county.city.integrity_leader
    first, second, third = county.first, county.second, county.third
    path = year.files(county.applicant(county.school))
    year.at_school(path)
    year.on("2024-04-17T09:00:00")
    year.gone_on(path, county.head)
    year.reviewed(path, first, second)
    posting = year.posted(path, county.bureau, first)
    county.catch_up()
    done(Client(county.address).post(f"{posting}/objections", {"statement": STATEMENT}))
    objection = year.beside(third, path, "objection")
    act = f"/v1/objections/{objection}"
    admit = {"admitted": True}
    year.step(third, act, "objections.screen", lambda: third.change(act, "/screenings", admit))
    report = ("/investigations", FINDINGS)
    year.step(third, act, "objections.investigate", lambda: third.change(act, *report))
    settling = {"decision": DECISION, "answer": ANSWER, "summary": SUMMARY, "disposition": None}
    assert "objections.settle" not in year.lists(first)[objection]
    assert "REVIEWER_INVESTIGATES" in codes(first.change(act, "/settlements", settling))
    year.taken_over(city, act, "objections.take_over")
    year.step(city, act, "objections.settle", lambda: city.change(act, "/settlements", settling))
    year.on("2024-04-26T09:00:00")
    year.gone_on(path, second)
    assert phase(first, path) == "recognised"
    done(first.change(path, "/certificates", {}))
    return path


def on_leave(year: Year) -> None:
    """May: the handler is away, and the third stands in (AB 角)."""
    county = year.county
    path = year.files(county.applicant(county.school))
    year.at_school(path)
    year.on("2024-05-13T09:00:00")
    year.gone_on(path, county.head)
    appointments = f"/v1/organisations/{county.bureau.organisation}/appointments"
    held = done(county.first.get(appointments)).body["appointments"]
    absent = next(e for e in held if e["seat"] == HANDLER)
    term = {"stands_in_for": absent["appointment"], "ends_on": "2024-06-12", "reason": "休假"}
    assert path.rpartition("/")[2] not in year.lists(county.third)
    done(county.appoint(county.bureau, HANDLER, county.third, **term))
    year.reviewed(path, county.third, county.second)
    year.posted(path, county.bureau, county.third)
    year.on("2024-05-22T09:00:00")
    year.gone_on(path, county.second)
    assert phase(county.first, path) == "recognised"
    year.on("2024-06-12T09:00:00")
    assert opine(county.third, path).status in (403, 409)


def of_the_deputy(year: Year) -> None:
    """June: the deputy head, who leads the school's reviews, applies as well."""
    county = year.county
    own = county.applicant(county.school, county.deputy.name, county.deputy.number)
    path = year.files(own)
    year.step(county.head, path, "review", lambda: opine(county.head, path))
    assert codes(decide(county.deputy, path)) >= {"SELF_REVIEW"}
    named = {
        "stage": "employer",
        "seat": "leader",
        "account": county.third.account,
        "reason": "本人申报，须回避",
    }
    head, third = county.head, county.third
    name = "cases.designate_substitute"
    year.step(head, path, name, lambda: head.change(path, "/substitutes", named))
    year.step(third, path, "review", lambda: decide(third, path))
    year.posted(path, county.school, head)
    year.on("2024-06-24T09:00:00")
    year.gone_on(path, head)
    year.reviewed(path, county.first, county.second)
    year.posted(path, county.bureau, county.first)
    year.on("2024-07-03T09:00:00")
    year.gone_on(path, county.second)
    assert phase(county.first, path) == "recognised"


def recused(year: Year) -> None:
    """July: the leader recuses himself, nobody is left for the seat, the city takes the stage."""
    county, city = year.county, year.county.city
    path = year.files(county.applicant(county.school))
    year.at_school(path)
    year.on("2024-07-12T09:00:00")
    year.gone_on(path, county.head)
    declared = {"stage": "county_hr", "seat": "leader", "ground": "relative"}
    done(county.second.change(path, "/recusals", declared))
    year.step(county.first, path, "review", lambda: opine(county.first, path))
    taken = {
        "stage": "county_hr",
        "cause": "NOBODY_ELIGIBLE",
        "reason": "领导回避，无人可替。",
        "document": "某人社发〔2024〕7号",
    }
    year.nothing_stands_still()
    leader = city.leader
    year.step(leader, path, "cases.take_over", lambda: leader.change(path, "/takeovers", taken))
    year.reviewed(path, city.handler, leader)
    year.posted(path, city, city.handler)
    year.on("2024-07-23T09:00:00")
    year.gone_on(path, leader)
    assert phase(leader, path) == "recognised"


def found_out(year: Year) -> None:
    """September: misconduct; the third proposes, the city finds, the province re-examines."""
    county, city = year.county, year.county.city.integrity_leader
    third, province = county.third, county.province.integrity_leader
    cheat = county.applicant(county.school)
    path = year.files(cheat)
    year.at_school(path)
    year.on("2024-09-13T09:00:00")
    year.gone_on(path, county.head)
    year.reviewed(path, county.first, county.second)
    opened = third.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"})
    act = f"/v1/investigations/{done(opened).body['stream']}"
    told = {"allegation": "所交学位证书查无此证"}
    conducts = "investigations.conduct"
    year.step(third, act, conducts, lambda: third.change(act, "/allegations", told))
    done(cheat.change(act, "/statements", {"statement": "我有话说"}))
    year.step(third, act, conducts, lambda: third.change(act, "/proposals", FINDING))
    year.taken_over(city, act, "investigations.take_over")
    found = {"decision": "湖人社处〔2024〕3号", "finding": "弄虚作假属实"}
    decides = "investigations.decide"
    year.step(city, act, decides, lambda: city.change(act, "/findings", found))
    assert phase(county.first, path) == "disqualified"
    serving = county.city.integrity_handler
    remedy = {"remedy": "十五个工作日内可向省人社厅申请复查"}
    year.step(serving, act, conducts, lambda: serving.change(act, "/services", remedy))
    year.on("2024-09-20T09:00:00")
    done(cheat.change(act, "/review-requests", {"grounds": "量罚过重"}))
    upheld = {"outcome": "upheld", "decision": "浙人社复〔2024〕1号", "reason": "维持"}
    reviews = "investigations.decide_review"
    year.step(province, act, reviews, lambda: province.change(act, "/review-decisions", upheld))


def rejected(year: Year) -> None:
    """October to November: a rejection is set aside above; before it is done the leader leaves."""
    county, city = year.county, year.county.city.integrity_leader
    first, second = county.first, county.second
    applicant = county.applicant(county.school)
    path = year.files(applicant)
    year.at_school(path)
    year.on("2024-10-16T09:00:00")
    year.gone_on(path, county.head)
    turn = "review"
    year.step(first, path, turn, lambda: opine(first, path, recommendation="reject", **SHORT))
    year.step(second, path, turn, lambda: decide(second, path, decision="reject", **SHORT))
    done(applicant.change(path, "/reexaminations", {"grounds": "年限已足"}))
    assert not year.lists(first)[path.rpartition("/")[2]]
    aside = {"outcome": "set_aside", "decision": "湖人社复〔2024〕2号", "reason": "年限已足"}
    tail = "/reexaminations/current/decisions"
    act = "cases.decide_reexamination"
    year.step(city, path, act, lambda: city.change(path, tail, aside))
    year.on("2024-11-04T09:00:00")
    year.step(first, path, turn, lambda: opine(first, path))
    appointments = f"/v1/organisations/{county.bureau.organisation}/appointments"
    held = done(first.get(appointments)).body["appointments"]
    for each in held:
        if each["account"] == second.account:
            left = f"/{each['appointment']}/closures"
            done(first.change(appointments, left, {"reason": "调离"}))
    vacant = ((first, "cases.designate_substitute"), (county.city.leader, "cases.take_over"))
    for who, name in vacant:
        assert name in year.lists(who)[path.rpartition("/")[2]]
    year.nothing_stands_still()
    county.second = county.worker(county.bureau)
    for seat in (LEADER, DUTY_OFFICER):
        done(county.appoint(county.bureau, seat, county.second))
    assert path.rpartition("/")[2] not in year.lists(county.city.leader)
    new = county.second
    year.step(new, path, turn, lambda: decide(new, path))
    year.posted(path, county.bureau, first)
    year.on("2024-11-13T09:00:00")
    year.gone_on(path, new)
    assert phase(first, path) == "recognised"


def forgotten(year: Year) -> None:
    """February: somebody who never filed asks to be forgotten, and is."""
    county = year.county
    leaver = county.applicant(county.school)
    draft(leaver, county.school, PACK, **TITLE)
    asked = {
        "person": leaver.person,
        "purposes": ["applicant", "discipline", "official"],
        "organisation": county.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    act = f"/v1/erasures/{done(leaver.post('/v1/erasures', asked)).body['stream']}"
    third, first, approves = county.third, county.first, "erasures.approve"
    fit = {"grounds": "符合条件"}
    year.step(third, act, approves, lambda: third.change(act, "/approvals", fit))
    order = {"decision": "德人社删〔2025〕1号"}
    year.step(first, act, approves, lambda: first.change(act, "/orders", order))


def codes(answer: Answer) -> set[str]:
    """Why an act was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


def phase(reader: Actor, path: str) -> str:
    return str(done(reader.get(path)).body["standing"]["phase"])


def test_nothing_stands_still(county: SmallCounty) -> None:
    year = Year(county)
    for house in (county.bureau, county.school):
        ready = f"/v1/organisations/{house.organisation}/readiness?{county.everything()}"
        assert done(county.first.get(ready)).body["lacks"] == []
    objected_to(year)
    year.on("2024-05-06T09:00:00")
    on_leave(year)
    year.on("2024-06-13T09:00:00")
    of_the_deputy(year)
    recused(year)
    year.on("2024-09-04T09:00:00")
    found_out(year)
    year.on("2024-10-08T09:00:00")
    rejected(year)
    year.on("2025-02-17T09:00:00")
    forgotten(year)
    year.on("2025-04-07T09:00:00")
    year.nothing_stands_still()
    assert not check_whole(county.services.record).faults
