"""A county in which there is one of everything that a list can show, and who might look at it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from api.acts.guard import act_as
from domain.account.events import Role
from domain.actor import SystemActor
from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT
from domain.investigation.events import Ground, MisconductFound
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.person.titles import ReportConfirmed, TitleGained, TitleReported
from domain.personal import Personal, Purpose
from domain.separation import DUTY_OFFICER, HANDLER, INTEGRITY_HANDLER, INTEGRITY_LEADER, LEADER
from tests.api.accessions import REASON
from tests.api.accessions import applied as apply_for
from tests.api.achievements import entered as achieved
from tests.api.assisted import begun
from tests.api.filings import WORD, decide, done, draft, filed, opine, refile
from tests.api.intakes import people, take
from tests.api.moves import accepted
from tests.api.renamings import propose
from tests.api.test_authority import confirm_withdrawal, withdraw
from tests.api.world import COUNTY

if TYPE_CHECKING:
    from domain.event import Event
    from tests.api.actor import Actor
    from tests.api.society import House
    from tests.api.world import World

CITY = "江西省/赣州市"
NEIGHBOUR = f"{CITY}/安远县"
TODAY = "2024-10-15"
SUSPICION = {"suspicion": "学位证书疑似伪造"}
WATCHED = {"the county": COUNTY, "the neighbour": NEIGHBOUR, "the department": COUNTY}
SEATS = (HANDLER, LEADER, INTEGRITY_HANDLER, INTEGRITY_LEADER, DUTY_OFFICER)


class Onlookers:
    """The county, its city and a neighbour; ``callers`` are those who ask for every list."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.school, self.bureau, self.department = world.school, world.bureau, world.department
        self.city = world.found("市人社局", world.system, area=CITY, affairs=AFFAIRS)
        self.neighbour = world.found("邻县人社局", world.system, area=NEIGHBOUR, affairs=AFFAIRS)
        self.branch = world.found(
            "县职称中心", world.system, [COMPETENT_DEPARTMENT], bureau=self.bureau.organisation
        )
        self._place(self.bureau, superior=self.city.organisation)
        world.grant(self.department.organisation, COUNTY, affairs=["watch"])
        for house in (self.city, self.neighbour):
            world.seat(house, *SEATS)
        world.seat(self.bureau, DUTY_OFFICER)
        world.seat(self.branch, HANDLER, LEADER)
        world.seat(self.school, INTEGRITY_HANDLER)  # who never comes
        self.applicant = world.applicant(self.school, "某申报人")
        self.callers = self._callers()
        self.mandates = self._mandates()
        self._accessions()
        self._cases()
        self._persons()
        self._matters()
        self._looks()
        self._late()

    def _callers(self) -> dict[str, Actor]:
        """Of each role, within and without the power, at the thing or anywhere else."""
        world, officials = self.world, [Role.OFFICIAL]
        watchers = {
            f"{role} of {place}": world.account(world.system, place, house.organisation, [role])
            for role in (Role.AUDITOR, Role.INSPECTOR)
            for place, house in (
                ("the county", self.bureau),
                ("the neighbour", self.neighbour),
                ("the department", self.department),
            )
        }
        there = world.account(self.department.administrator, "两处", self._of_department, officials)
        both = self._again(there, self.bureau, officials)
        done(world.appoint(self.bureau, DUTY_OFFICER, both))
        stand_in = world.account(
            self.neighbour.administrator, "代行", self.neighbour.organisation, officials
        )
        packs = world.account(world.system, "政策管理员", None, [Role.POLICY_ADMINISTRATOR])
        return {
            "applicant": self.applicant,
            "colleague above": world.applicant(self.department),
            "stranger": world.applicant(self.neighbour),
            "handler": self.school.handler,
            "administrator": self.school.administrator,
            "handler above": self.department.handler,
            "administrator above": self.department.administrator,
            "handler of the bureau": self.bureau.handler,
            "administrator of the bureau": self.bureau.administrator,
            "administrator of the city": self.city.administrator,
            "administrator of the neighbour": self.neighbour.administrator,
            "integrity handler": self.bureau.integrity_handler,
            "duty officer": self.bureau.seated[DUTY_OFFICER],
            "duty officer who belongs to the department": both,
            "handler of another employer": world.enterprise.handler,
            "handler of the branch": self.branch.handler,
            "integrity handler of the city": self.city.integrity_handler,
            "duty officer of the city": self.city.seated[DUTY_OFFICER],
            "duty officer of the neighbour": self.neighbour.seated[DUTY_OFFICER],
            "stand-in": stand_in,
            "stand-in as an applicant": self._again(stand_in, self.neighbour, [Role.APPLICANT]),
            "stand-in elsewhere": self._again(stand_in, self.city, officials),
            "auditor": world.auditor,
            "inspector": world.inspector,
            "policy administrator": packs,
            "system administrator": world.system,
            **watchers,
        }

    def _mandates(self) -> dict[str, str]:
        """Of every watcher, by account, one over all that they watch over."""
        world, found = self.world, dict[str, str]()
        for place, area in WATCHED.items():
            by, other = (
                self.callers[f"{role} of {place}"] for role in (Role.AUDITOR, Role.INSPECTOR)
            )
            mandate = world.mandate(by, other, areas=[area])
            found |= dict.fromkeys((by.account, other.account), mandate)
        everywhere = world.whole(world.auditor)
        return found | dict.fromkeys((world.auditor.account, world.inspector.account), everywhere)

    @property
    def _of_department(self) -> str:
        return self.department.organisation

    def _again(self, same: Actor, house: House, roles: list[Role]) -> Actor:
        """A further account of the same human being."""
        by, where = house.administrator, house.organisation
        return self.world.account(by, same.name, where, roles, same.number)

    def _accessions(self) -> None:
        """One that waits, and one that was declined."""
        apply_for(self.world)
        declined = apply_for(self.world)
        done(self.bureau.administrator.change(declined.path, "/declinations", REASON))

    def _cases(self) -> None:
        """Drafts, and cases that wait, stand still, were returned, went from office to office."""
        school = self.school
        draft(self.applicant, school)
        begun(school.leader, self.applicant, school)
        waits, self.waiting = self._filed("某待审者"), self.returned
        self._stand_in(school.administrator, waits, "employer", LEADER)
        done(opine(school.handler, waits))
        self.suspended = self._filed("某在查者")
        self._investigate(self.city.integrity_handler, self.suspended)
        found = self._investigate(self.bureau.integrity_handler, self._filed("某查实者"))
        self.write(found, MisconductFound(**_found(self.returned.person)))
        returned = self._filed("某退回者")
        self._return(returned, "degree")
        work = done(school.handler.get(returned)).body["application"]["work"][0]["claim"]
        done(refile(self.returned, returned))
        self._return(returned, work, "degree")
        self._own_case()
        self._taken_over()
        done(take(school.administrator, school, people(2)))
        accepted(self.world.applicant(school, "某调动者"), self.world.enterprise)

    def _filed(self, name: str) -> str:
        self.returned = self.world.applicant(self.school, name)
        return filed(self.returned, self.school)

    def _own_case(self) -> None:
        """The handler's own, in which they may not act; that they tried is on record."""
        own = self._again(self.school.handler, self.school, [Role.APPLICANT])
        assert opine(self.school.handler, filed(own, self.school)).code == "SELF_REVIEW"

    def _taken_over(self) -> None:
        """At the department, then at the branch, then at the bureau; one person at two levels."""
        world, firm = self.world, self.world.enterprise
        path = filed(world.applicant(firm), firm)
        twin = self._again(self.department.handler, firm, [Role.OFFICIAL])
        done(world.appoint(firm, HANDLER, twin))
        done(opine(twin, path))
        done(decide(firm.leader, path))
        self._stand_in(self.department.administrator, path, "department", HANDLER)
        done(opine(self.department.handler, path))
        world.grant(self.bureau.organisation, COUNTY, [COMPETENT_DEPARTMENT])
        for former, new in ((self.department, self.branch), (self.branch, self.bureau)):
            self._without_power(former, COMPETENT_DEPARTMENT)
            taken = {
                "stage": "department",
                "cause": "POWER_ENDED",
                "reason": "原承办单位已无职权。",
                "document": "某人社发〔2024〕7号",
                "organisation": new.organisation,
            }
            done(self.bureau.leader.change(path, "/takeovers", taken))

    def _persons(self) -> None:
        """Entries and holds on somebody who is here, and on somebody who has left; links."""
        world, officer = self.world, self.bureau.integrity_handler
        self.left = left = world.applicant(self.school, "某离职者")
        self.write(self.waiting.person, _entered(self.waiting.person, self.bureau))
        for each, authority in ((self.applicant, self.bureau), (left, self.neighbour)):
            self.write(each.person, _entered(each.person, authority))
            held = {"mandate": "某函〔2024〕1号", "reason": "核查"}
            done(world.inspector.change(f"/v1/persons/{each.person}", "/holds", held))
            self.write(each.person, *_titled(each.person, self.school))
        leaving = {"reason": "离职"}
        path = f"/v1/accounts/{left.account}"
        done(self.school.administrator.change(path, "/disablings", leaving))
        pair = {"first": self.applicant.person, "second": self.returned.person}
        done(self.bureau.handler.post("/v1/person-links", {**pair, "evidence": "照片一致"}))
        number = {"kind": "resident_identity_card", "number": self.returned.number}
        wrong = {"document": number, "name": "某对", "evidence": "核对原件"}
        done(self.bureau.handler.post("/v1/binding-corrections", wrong))
        done(propose(self.bureau.handler, self.returned, "某改名"))
        achieved(self.applicant)
        words = {"person": self.applicant.person, "purposes": ["applicant"], "basis": "某条"}
        words |= {"organisation": self.bureau.organisation, "reason": "本人申请"}
        done(officer.post("/v1/erasures", words))

    def _matters(self) -> None:
        """About a case, the school, the department, the bureau and nobody; then a power is less.

        The bureau keeps that over objections for senior titles alone.
        """
        about = self.suspended.rpartition("/")[2]
        for thing in (
            {"case": about},
            {"organisation": self.school.organisation},
            {"organisation": self.department.organisation},
            {"organisation": self.bureau.organisation},
            {},
        ):
            clue = {"statement": "某人材料不实", **thing}
            done(self.world.inspector.post("/v1/complaints/clues", clue))
        self._without_power(self.bureau, "objections")
        kept = [each for each in AFFAIRS if each != "objections"]
        bureau = self.bureau.organisation
        self.world.grant(bureau, COUNTY, ["county_hr"], kept)
        self.world.grant(bureau, COUNTY, affairs=["objections"], levels=["senior"])

    def _looks(self) -> None:
        """Somebody looked, by a mandate, and took something out, in two places."""
        for place in ("the county", "the neighbour"):
            auditor, inspector = (
                self.callers[f"{role} of {place}"] for role in (Role.AUDITOR, Role.INSPECTOR)
            )
            document = {"kind": "resident_identity_card", "number": self.applicant.number}
            sought = {"document": document, "reason": "核对举报"}
            done(inspector.post("/v1/searches", sought))
            done(
                auditor.post(
                    "/v1/exports", {"list": "refusals"}, mandate=self.mandates[auditor.account]
                )
            )

    def _late(self) -> None:
        """An appointment, entered on the day after its first."""
        clock = self.world.clock
        clock.set(clock.now() + timedelta(days=1))
        done(self.world.appoint(self.branch, DUTY_OFFICER, self.branch.handler, effective_on=TODAY))

    def _place(self, house: House, **to: str) -> None:
        path = f"/v1/organisations/{house.organisation}"
        seen = done(self.world.system.get(path)).body
        kept = {each: seen[each] for each in ("level", "area", "superior", "bureau")}
        entry = {"effective_on": TODAY, "document": "某编〔2024〕1号"}
        done(self.world.system.change(path, "/placings", {**kept, **entry, **to}))

    def _stand_in(self, by: Actor, path: str, stage: str, seat: str) -> None:
        account = self.callers["stand-in"].account
        named = {"stage": stage, "seat": seat, "account": account, "reason": "回避"}
        done(by.change(path, "/substitutes", named))

    def _investigate(self, officer: Actor, path: str) -> str:
        return str(done(officer.change(path, "/investigations", SUSPICION)).body["stream"])

    def _return(self, path: str, *subjects: str) -> None:
        items = [{"subject": each, "problem": "请补正", "rules": ["XW-28"]} for each in subjects]
        body: dict[str, Any] = {"items": items, "due_on": None, "resume_stage": None, **WORD}
        done(self.school.handler.change(path, "/returns", body))

    def _without_power(self, house: House, kind: str) -> None:
        """The grant by which a house is a body, or deals with an affair, is withdrawn."""
        world = self.world
        path = f"/v1/organisations/{house.organisation}/grants"
        grants = done(world.system.get(path)).body["grants"]
        (grant,) = (e["grant"] for e in grants if kind in (*e["bodies"], *e["affairs"]))
        done(withdraw(world.system, house, grant, ends_on=TODAY))
        done(confirm_withdrawal(world.second, house, grant))

    def write(self, stream: str, *events: Event) -> None:
        """What no act would lead to by itself."""
        office, now = self.world.services.office, self.world.clock.now()
        act_as(
            office.desk, SystemActor("test"), stream, now, lambda desk: desk.write(stream, *events)
        )


def _found(person: str) -> dict[str, Any]:
    return {
        "ground": Ground.FRAUD,
        "decision": "某处〔2024〕1号",
        "evidence": (),
        "finding": Personal("伪造", person, Purpose.DISCIPLINE),
        "late": False,
    }


def _titled(person: str, unit: House) -> tuple[Event, ...]:
    """A title that a unit gave by itself, and that another of it confirmed."""
    report, given = f"report-{person}", {"series": "高校教师", "specialty": "数学", "label": "初定"}
    title: dict[str, Any] = {**given, "level": "assistant", "gained_on": date(2024, 10, 15)}
    house, document = unit.organisation, "某校发〔2024〕1号"
    return (
        TitleReported(report=report, organisation=house, document=document, **title),
        ReportConfirmed(report=report, organisation=house),
        TitleGained(case=report, **title),
    )


def _entered(person: str, authority: House) -> IntegrityRecordEntered:
    """An entry that takes effect in another province."""
    return IntegrityRecordEntered(
        entry=f"entry-{person}",
        case=None,
        investigation=None,
        ground="弄虚作假",
        decision="某处〔2024〕1号",
        authority=authority.organisation,
        scope="province",
        area="广东省",
        starts_on=date(2024, 10, 15),
        ends_on=date(2027, 10, 15),
        months=36,
        term_source=TermSource.DEFAULT,
        effect=Effect.BLOCK,
        rules=(),
        particulars=Personal("学历造假", person, Purpose.DISCIPLINE),
    )
