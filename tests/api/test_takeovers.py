"""Taking over a stage over HTTP: by whom, for whom, for what cause, and what it leads to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from audit.whole import check_whole
from domain.account.events import Role
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api.filings import acts_in, decide, done, opine, passed
from tests.api.provinces import ORIGINALS, SEALED, Province, filed, go_on, passed_with_posting
from tests.api.test_authority import confirm_withdrawal, the_grant, withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.copies import Copies
    from tests.api.society import House

THE_DAY = "2024-05-07"
MORNING = datetime(2024, 5, 7, 9, tzinfo=BEIJING)
CITY = "湖南省/益阳市"
DEPARTMENT = "competent_department"
PAPERS = ["id_card", "diploma", "chsi_form", "form_x2", "annual_assessment", "contract"]
TAKEN = {
    "stage": "department",
    "cause": "POWER_ENDED",
    "reason": "原承办单位已无职权。",
    "document": "某人社发〔2024〕7号",
}


@pytest.fixture
def city(copies: Copies) -> Iterator[Province]:
    """A province of its own, of whose two cities the first is asked."""
    with copies.of(Province, MORNING) as province:
        yield province


@pytest.fixture
def applicant(city: Province) -> Actor:
    """Somebody who works at the enterprise."""
    return city.applicant(city.enterprise)


@pytest.fixture
def path(city: Province, applicant: Actor) -> str:
    """A case at the department, whose handler has given an opinion; the bureau could be one."""
    found = filed(applicant, city.enterprise, "yiyang-2024", series="农业", specialty="作物学")
    passed_with_posting(found, city.enterprise, THE_DAY)
    done(go_on(city.enterprise.handler, found))
    done(opine(city.department.handler, found))
    city.grant(city.bureau.organisation, CITY, [DEPARTMENT])
    return found


def codes(answer: Answer) -> set[str]:
    """Why an act was refused."""
    assert answer.status == 409, answer.body
    return {each["code"] for each in answer.body["refusals"]}


def take_over(who: Actor, path: str, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Somebody takes the department's stage over."""
    return who.change(path, "/takeovers", TAKEN | members)


def without_power(city: Province, house: House | None = None) -> None:
    """The power of the department, or the last one of another house, is withdrawn."""
    house = house or city.department
    grant = the_grant(city.system, house)
    done(withdraw(city.system, house, grant, ends_on=THE_DAY))
    done(confirm_withdrawal(city.second, house, grant))


def further(city: Province, house: House, seat: str, same: Actor | None = None) -> Actor:
    """One more who holds a seat of a house: somebody new, or another account of the same."""
    name, number = ("某审查人", None) if same is None else (same.name, same.number)
    who = city.account(house.administrator, name, house.organisation, [Role.OFFICIAL], number)
    done(city.appoint(house, seat, who))
    return who


def leaves(house: House, who: Actor) -> None:
    """Somebody's appointment in a house ends today."""
    path = f"/v1/organisations/{house.organisation}/appointments"
    held = done(house.administrator.get(path)).body["appointments"]
    (appointment,) = (e["appointment"] for e in held if e["account"] == who.account)
    body = {"reason": "调离", "effective_on": THE_DAY}
    done(house.administrator.change(path, f"/{appointment}/closures", body))


def branch(city: Province, *bodies: str) -> House:
    """An office beneath the bureau that may be these bodies, with both seats."""
    above = {"bureau": city.bureau.organisation, "area": CITY}
    house = city.found("市人社局职称中心", city.system, bodies, **above)
    city.seat(house, HANDLER, LEADER)
    return house


def offered(who: Actor, path: str) -> set[str]:
    """What the case offers somebody."""
    return set(acts_in(done(who.get(path)).body))


def where(who: Actor, path: str, stage: str = "department") -> str:
    """Which organisation the case names for a stage."""
    chain = done(who.get(path)).body["chain"]
    return str(next(each["organisation"] for each in chain if each["stage"] == stage))


def queued(city: Province, who: Actor) -> set[str]:
    """The cases that wait for somebody."""
    listed = done(who.get(f"/v1/work-queue?limit=200&{city.everything()}")).body["cases"]
    return {f"/v1/cases/{each['case']}" for each in listed}


def finished(city: Province, path: str) -> None:
    """The bureau passes its own stage as well, and recognises the title."""
    received = {"received_on": THE_DAY}
    papers = received | {"items": [*PAPERS, "photos_x3"], "originals": list(ORIGINALS)}
    papers["sealed"] = list(SEALED)
    done(city.bureau.handler.change(path, "/paper-receipts", papers))
    passed(path, city.bureau)


def trail(city: Province, path: str) -> list[tuple[str, str, str, str | None]]:
    """What is told of each stage: where, with which verdict and on which basis."""
    told = done(city.auditor.get(f"{path}/separation?{city.everything()}")).body["stages"]
    return [(e["stage"], e["organisation"], e["verdict"], e["basis"]) for e in told]


def rightful(city: Province, path: str) -> set[str]:
    """What was done at the stages of a case, all of it by right."""
    rights = done(city.auditor.get(f"{path}/authority")).body["acts"]
    assert {each["verdict"] for each in rights} <= {"GRANTED", "OWN_HOUSE"}, rights
    return {each["topic"] for each in rights}


def test_a_stage_without_power_is_taken_over_and_the_title_is_granted(
    city: Province, path: str
) -> None:
    bureau, department = city.bureau, city.department
    without_power(city)
    stuck = decide(department.leader, path)
    assert (stuck.status, stuck.code) == (403, "WITHOUT_POWER")
    assert "cases.take_over" in offered(bureau.leader, path)
    assert "cases.take_over" not in offered(bureau.handler, path)
    done(take_over(bureau.leader, path))
    assert where(bureau.leader, path) == bureau.organisation
    assert path in queued(city, bureau.handler)
    assert path not in queued(city, department.leader)
    # what was done before counts no more: the handler of the bureau acts first
    assert codes(decide(bureau.leader, path)) == {"HANDLER_FIRST"}
    assert opine(department.handler, path).status in (403, 404)
    passed(path, bureau)
    finished(city, path)
    assert done(city.auditor.get(path)).body["standing"]["phase"] == "recognised"
    assert "case:stage-taken-over:1" in rightful(city, path)
    assert trail(city, path) == [
        ("employer", city.enterprise.organisation, "DIFFERENT", None),
        ("department", department.organisation, "NOT_REQUIRED", "taken_over"),
        ("department", bureau.organisation, "DIFFERENT", None),
        ("city_hr", bureau.organisation, "DIFFERENT", None),
    ]
    assert not check_whole(city.services.record).faults


def test_a_stage_with_nobody_left_is_given_to_an_office_beneath(city: Province, path: str) -> None:
    office = branch(city, DEPARTMENT)
    said = {"cause": "NOBODY_ELIGIBLE", "organisation": office.organisation}
    assert codes(take_over(city.bureau.leader, path, **said)) == {"TAKEOVER_CAUSE_NOT_SO"}
    leaves(city.department, city.department.leader)
    assert office.handler.get(path).status == 404
    done(take_over(city.bureau.leader, path, **said))
    passed(path, office)
    finished(city, path)
    assert [each[1:] for each in trail(city, path)][1:3] == [
        (city.department.organisation, "NOT_REQUIRED", "taken_over"),
        (office.organisation, "DIFFERENT", None),
    ]
    assert "case:stage-taken-over:1" in rightful(city, path)
    assert not check_whole(city.services.record).faults


def test_who_handled_before_leads_nowhere_after(city: Province, path: str) -> None:
    without_power(city)
    done(take_over(city.bureau.leader, path))
    handled = further(city, city.bureau, LEADER, city.department.handler)
    done(opine(city.bureau.handler, path))
    assert codes(decide(handled, path)) == {"SAME_REVIEWER"}
    assert "cases.decide" not in offered(handled, path)
    done(decide(city.bureau.leader, path))


def test_a_stage_to_come_is_taken_over_as_well(city: Province, path: str) -> None:
    office = branch(city, "city_hr")
    said = {"stage": "city_hr", "cause": "NOBODY_ELIGIBLE", "organisation": office.organisation}
    city.grant(city.superior.organisation, "湖南省", ["city_hr"])
    city.seat(city.superior, LEADER)
    assert codes(take_over(city.superior.leader, path, **said)) == {"TAKEOVER_CAUSE_NOT_SO"}
    leaves(city.bureau, city.bureau.handler)
    assert codes(take_over(city.bureau.leader, path, **said)) == {"TAKEOVER_NOT_ABOVE"}
    assert codes(take_over(city.superior.leader, path, **said | {"stage": "nowhere"})) == {
        "UNKNOWN_STAGE"
    }
    done(take_over(city.superior.leader, path, **said))
    done(decide(city.department.leader, path))
    assert where(city.superior.leader, path, "city_hr") == office.organisation
    assert path in queued(city, office.handler)
    done(opine(office.handler, path))


class TestALiar:
    """Says what is not so, or names what may not be named."""

    def test_has_to_have_the_power(self, city: Province, path: str) -> None:
        without_power(city)
        without_power(city, city.bureau)
        refused = take_over(city.bureau.leader, path)
        assert (refused.status, refused.code) == (403, "WITHOUT_POWER")
        assert refused.body["powers"] == [DEPARTMENT]
        assert "cases.take_over" not in offered(city.bureau.leader, path)

    def test_cannot_say_that_a_power_ended_which_stands(self, city: Province, path: str) -> None:
        refused = take_over(city.bureau.leader, path)
        assert codes(refused) == {"TAKEOVER_CAUSE_NOT_SO"}
        assert refused.body["refusals"][0]["pointer"] == "/cause"

    @pytest.mark.parametrize("how", ["closures", "mergers"])
    def test_cannot_say_that_a_unit_was_closed_which_is_there(
        self, city: Province, path: str, how: str
    ) -> None:
        said = {"cause": "ORGANISATION_CLOSED"}
        refused = take_over(city.bureau.leader, path, **said)
        assert codes(refused) == {"TAKEOVER_CAUSE_NOT_SO"}
        assert refused.body["refusals"][0]["pointer"] == "/cause"
        entry = {"effective_on": THE_DAY, "document": "某编〔2024〕7号"}
        into = {"into": city.bureau.organisation} if how == "mergers" else {}
        house = f"/v1/organisations/{city.department.organisation}"
        done(city.system.change(house, f"/{how}", entry | into))
        done(take_over(city.bureau.leader, path, **said))
        passed(path, city.bureau)

    def test_names_nobody_without_the_power_or_out_of_reach(
        self, city: Province, path: str
    ) -> None:
        without_power(city)

        def named(house: House) -> set[str]:
            return codes(take_over(city.bureau.leader, path, organisation=house.organisation))

        assert named(branch(city)) == {"TAKEOVER_WITHOUT_POWER"}
        assert named(city.elsewhere) == {"TAKEOVER_OUT_OF_REACH", "TAKEOVER_WITHOUT_POWER"}
        assert named(city.superior) == {"TAKEOVER_WITHOUT_POWER"}
        assert named(city.department) == {"TAKEOVER_WAS_THERE", "TAKEOVER_WITHOUT_POWER"}
        city.grant(city.enterprise.organisation, CITY, [DEPARTMENT])
        assert named(city.enterprise) == {"TAKEOVER_OUT_OF_REACH"}
        unknown = "organisation-00000000-0000-7000-8000-000000000000"
        assert take_over(city.bureau.leader, path, organisation=unknown).status == 422

    def test_does_not_take_the_employers_stage(self, city: Province, applicant: Actor) -> None:
        title = {"series": "农业", "specialty": "作物学"}
        path = filed(applicant, city.enterprise, "yiyang-2024", **title)
        said = {"stage": "employer", "cause": "NOBODY_ELIGIBLE"}
        leaves(city.enterprise, city.enterprise.leader)
        for leader in (city.department.leader, city.bureau.leader):
            assert codes(take_over(leader, path, **said)) == {"EMPLOYERS_OWN_STAGE"}

    def test_is_no_leader_and_no_stranger(self, city: Province, path: str) -> None:
        without_power(city)
        assert codes(take_over(city.bureau.handler, path)) == {"NOT_IN_SEAT"}
        assert take_over(city.bureau.administrator, path).status == 403
        assert take_over(city.inspector, path).status == 403
        assert (
            city.elsewhere.administrator.post(f"{path}/takeovers", TAKEN, version=1).status == 404
        )

    def test_is_not_the_applicant(self, city: Province, path: str, applicant: Actor) -> None:
        without_power(city)
        leading = further(city, city.bureau, LEADER, applicant)
        assert codes(take_over(leading, path)) == {"OWN_AFFAIR"}

    def test_has_not_acted_in_the_stage(self, city: Province, path: str) -> None:
        without_power(city)
        leading = further(city, city.bureau, LEADER, city.department.handler)
        assert codes(take_over(leading, path)) == {"ACTED_IN_STAGE"}

    def test_is_not_recused(self, city: Province, path: str) -> None:
        without_power(city)
        body = {"stage": "city_hr", "seat": "leader", "ground": "relative"}
        done(city.bureau.leader.change(path, "/recusals", body))
        assert codes(take_over(city.bureau.leader, path)) == {"RECUSED"}


class TestWhoSaysNothing:
    def test_leaves_the_stage_where_it_is(self, city: Province, path: str) -> None:
        without_power(city)
        assert where(city.bureau.leader, path) == city.department.organisation
        assert codes(opine(city.bureau.handler, path)) == {"STAGE_ORDER"}

    @pytest.mark.parametrize("member", ["stage", "cause", "reason", "document"])
    def test_is_told_what_is_missing(self, city: Province, path: str, member: str) -> None:
        without_power(city)
        body = {name: value for name, value in TAKEN.items() if name != member}
        answer = city.bureau.leader.change(path, "/takeovers", body)
        assert answer.status == 422
        assert [each["pointer"] for each in answer.body["errors"]] == [f"/{member}"]


def test_a_stage_is_not_handed_back_and_forth(city: Province, path: str) -> None:
    office = branch(city, DEPARTMENT)
    leaves(city.department, city.department.leader)
    said = {"cause": "NOBODY_ELIGIBLE"}
    done(take_over(city.bureau.leader, path, organisation=office.organisation, **said))
    leaves(office, office.handler)
    back = {"organisation": city.department.organisation, **said}
    assert codes(take_over(city.bureau.leader, path, **back)) == {"TAKEOVER_WAS_THERE"}
    done(take_over(city.bureau.leader, path, **said))
    passed(path, city.bureau)


def test_a_substitute_of_the_former_office_stands_in_no_more(city: Province, path: str) -> None:
    other = further(city, city.department, "duty_officer")
    body = {"stage": "department", "seat": "handler", "account": other.account, "reason": "出差"}
    done(city.department.administrator.change(path, "/substitutes", body))
    without_power(city)
    done(take_over(city.bureau.leader, path))
    assert opine(other, path).status in (403, 404)
    assert path not in queued(city, other)


def test_an_application_for_recusal_is_decided_at_the_new_office(
    city: Province, path: str, applicant: Actor
) -> None:
    asked = {"stage": "department", "seat": "handler", "ground": "relative"}
    done(applicant.change(path, "/recusal-applications", asked))
    without_power(city)
    done(take_over(city.bureau.leader, path))
    (waiting,) = done(city.bureau.leader.get(path)).body["recusal_applications"]
    assert path in queued(city, city.bureau.leader)
    decision = {"granted": True, "reason": "属实"}
    address = f"/recusal-applications/{waiting['application']}/decisions"
    assert city.department.leader.change(path, address, decision).status == 403
    done(city.bureau.leader.change(path, address, decision))


@pytest.mark.parametrize("granted", [True, False])
def test_no_undecided_application_for_recusal_is_a_cause(
    city: Province, path: str, applicant: Actor, *, granted: bool
) -> None:
    """Else whoever applies chooses where their case is dealt with."""
    department, leader = city.department, city.bureau.leader
    asked = {"stage": "department", "seat": "leader", "ground": "relative"}
    done(applicant.change(path, "/recusal-applications", asked))
    nobody = {"cause": "NOBODY_ELIGIBLE"}
    assert codes(take_over(leader, path, **nobody)) == {"TAKEOVER_CAUSE_NOT_SO"}
    (waiting,) = done(leader.get(path)).body["recusal_applications"]
    address = f"/recusal-applications/{waiting['application']}/decisions"
    decision = {"granted": granted, "reason": "经核实"}
    done(department.handler.change(path, address, decision))
    if granted:
        done(take_over(leader, path, **nobody))
    else:
        done(decide(department.leader, path))


@pytest.mark.parametrize("ended", ["bureau", "office"])
def test_no_stage_is_taken_over_by_or_for_who_has_ended(
    city: Province, path: str, ended: str
) -> None:
    office = branch(city, DEPARTMENT)
    without_power(city)
    closed = city.bureau if ended == "bureau" else office
    body = {"effective_on": THE_DAY, "document": "某编〔2024〕9号"}
    done(city.system.change(f"/v1/organisations/{closed.organisation}", "/closures", body))
    taken = take_over(city.bureau.leader, path, organisation=office.organisation)
    assert codes(taken) == {"ORGANISATION_ENDED"}
