"""For each pair of acts that must not both succeed: the one that is overtaken decides anew.

The first act is stopped between its deciding and its appending, the second is let through, and
the first is seen to be refused, or decided anew. The races are a table by the kind of stream that
both acts concern; ``tests/readings.txt`` says which kinds each act rests on, as seen while the
tests run, and a kind without a race is missed here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from api.acts.handed_in import HandedIn, raise_objection
from api.demo.xunwu.claims import claims
from api.http.masking import ERASED
from domain.account.events import Role
from domain.beijing import day
from domain.separation import HANDLER, LEADER
from tests import readings
from tests.api import assisted
from tests.api.accessions import applied, approve, by_receipt, code, employer, send
from tests.api.client import Client
from tests.api.deliveries import line, sent, trust
from tests.api.filings import PACK, decide, done, draft, file, filed, opine, passed, title
from tests.api.intakes import somebody, take
from tests.api.lawmaking import in_force, text_of
from tests.api.moves import accepted, release
from tests.api.objections import FINDINGS, NAMED, STATEMENT, Public, Raised, object_to, settle
from tests.api.provinces import go_on, passed_with_posting
from tests.api.racing import Pair, Race, run
from tests.api.renamings import proposed
from tests.api.test_authority import confirm_withdrawal, the_grant, withdraw
from tests.api.test_credit_codes import registered
from tests.api.test_rolls import county  # noqa: F401 -- a fixture
from tests.api.test_vacancy_forms import city as institutions  # noqa: F401 -- a fixture
from tests.api.test_vacancy_forms import drafted, form, sealed, state

if TYPE_CHECKING:
    from audit.record import Appended, AppendRequest
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.provinces import PublishingCity
    from tests.api.society import House, Society
    from tests.api.test_rolls import County
    from tests.api.test_vacancy_forms import Institutions
    from tests.api.world import World

Place = TypeVar("Place", bound="Society")
Scene = Callable[[Place], Pair]

PLACES = {
    # What a scene calls its place, and the fixture that makes it.
    "world": "world",
    "city": "publishing_city",
    "office": "county",
    "posts": "institutions",
}
RACES: list[Race] = []
NEVER_CHANGES = {
    # A mandate that is in force stays so until its last day.
    "mandate",
    # An erasure is approved where a criticism has ended, and none begins again.
    "criticism",
    # Under whose code another application is taken in, that one is over, and stays so.
    "accession",
    # A text stands under the digest of its words.
    "text",
}


def race(
    kind: str, refused: str | None = None, *, continues: bool = False
) -> Callable[[Scene[Place]], Scene[Place]]:
    """Enter a scene in the table; the place where it happens is the fixture of that type."""

    def entered(scene: Scene[Place]) -> Scene[Place]:
        (where,) = (name for name in scene.__annotations__ if name != "return")
        written = continues or refused == "STALE"
        RACES.append(Race(kind, scene, refused, PLACES[where], written))
        return scene

    return entered


def a_school(world: World, department: House | None = None) -> House:
    """A school of its own, so that who leaves it is missed by no other test."""
    above = {
        "superior": (department or world.department).organisation,
        "bureau": world.bureau.organisation,
        "kind": "institution",
        "traits": ["unit.sector=education"],
    }
    school = world.found("赛跑中学", world.bureau.administrator, **above)
    world.seat(school, HANDLER, LEADER)
    return school


def leaves(house: House, seat: str) -> Callable[[], Answer]:
    """Whoever holds a seat of a house leaves it."""

    def act() -> Answer:
        path = f"/v1/organisations/{house.organisation}/appointments"
        held = done(house.administrator.get(f"/v1/organisations/{house.organisation}"))
        appointments = held.body["appointments"]
        leaving = next(each["appointment"] for each in appointments if each["seat"] == seat)
        return done(house.administrator.change(path, f"/{leaving}/closures", {"reason": "调离"}))

    return act


def linked(world: World, one: Actor, other: Actor) -> Callable[[], Answer]:
    """Two persons turn out to be one human being, as the bureau's leader confirms."""
    body = {"first": one.person, "second": other.person, "evidence": "人脸比对"}
    proposed = done(world.bureau.handler.post("/v1/person-links", body)).body["stream"]
    path = f"/v1/person-links/{proposed}"
    return lambda: done(world.bureau.leader.change(path, "/confirmations", {}))


def disabled(by: Actor, account: str) -> Callable[[], Answer]:
    """An account is disabled."""
    return lambda: done(by.change(f"/v1/accounts/{account}", "/disablings", {"reason": "离职"}))


@race("seats", refused="FORBIDDEN")
def an_opinion_of_a_handler_who_leaves(world: World) -> Pair:
    school = a_school(world)
    path = filed(world.applicant(school), school)
    return Pair(school.handler, lambda: opine(school.handler, path), leaves(school, HANDLER))


@race("seats", refused="FORBIDDEN")
def a_decision_of_a_leader_who_leaves(world: World) -> Pair:
    school = a_school(world)
    path = filed(world.applicant(school), school)
    done(opine(school.handler, path))
    return Pair(school.leader, lambda: decide(school.leader, path), leaves(school, LEADER))


@race("authority", refused="WITHOUT_POWER")
def an_opinion_of_an_office_whose_power_is_withdrawn(world: World) -> Pair:
    office = world.found(
        "赛跑教育局",
        world.system,
        bodies=["competent_department"],
        bureau=world.bureau.organisation,
    )
    world.seat(office, HANDLER, LEADER)
    school = world.found(
        "赛跑小学",
        world.bureau.administrator,
        superior=office.organisation,
        bureau=world.bureau.organisation,
        kind="institution",
        traits=["unit.sector=education"],
    )
    world.seat(school, HANDLER, LEADER)
    path = filed(world.applicant(school), school)
    passed(path, school)
    grants = f"/v1/organisations/{office.organisation}/grants"
    grant = world.system.get(grants).body["grants"][-1]["grant"]
    today = day(world.clock.now()).isoformat()
    ending = {"ends_on": today, "passed_on_too": False, "document": "某人社发〔2024〕6号"}
    done(world.system.change(grants, f"/{grant}/withdrawals", ending))
    confirmed = f"/{grant}/withdrawals/current/confirmations"
    return Pair(
        office.handler,
        lambda: opine(office.handler, path),
        lambda: done(world.second.change(grants, confirmed, {})),
    )


@race("policy")
def a_filing_while_an_edition_is_put_in_force(world: World) -> Pair:
    school = a_school(world)
    applicant = world.applicant(school)
    path = draft(applicant, school)
    text = text_of(version=str(world.services.office.laws.law(PACK).version + 1))
    return Pair(
        applicant,
        lambda: file(applicant, path),
        lambda: in_force(world.bureau, text, reason="更正"),
    )


@race("seats")
def an_opinion_while_somebody_else_is_appointed(world: World) -> Pair:
    school = a_school(world)
    path = filed(world.applicant(school), school)
    further = world.account(school.administrator, "备用经办", school.organisation, [Role.OFFICIAL])
    return Pair(
        school.handler,
        lambda: opine(school.handler, path),
        lambda: done(world.appoint(school, HANDLER, further)),
    )


@race("person", refused="SAME_REVIEWER")
def a_decision_of_a_leader_who_turns_out_to_be_the_handler(world: World) -> Pair:
    school = a_school(world)
    path = filed(world.applicant(school), school)
    done(opine(school.handler, path))
    link = linked(world, school.handler, school.leader)
    return Pair(school.leader, lambda: decide(school.leader, path), link)


@race("person", refused="SELF_REVIEW")
def an_opinion_of_a_handler_who_turns_out_to_be_the_applicant(world: World) -> Pair:
    school = a_school(world)
    applicant = world.applicant(school)
    path = filed(applicant, school)
    link = linked(world, school.handler, applicant)
    return Pair(school.handler, lambda: opine(school.handler, path), link)


@race("person", refused="SAME_REVIEWER")
def an_appointment_of_a_leader_who_turns_out_to_be_the_handler(world: World) -> Pair:
    school = a_school(world)
    deputy = world.account(school.administrator, "副校长", school.organisation, [Role.OFFICIAL])
    link = linked(world, school.handler, deputy)
    return Pair(school.administrator, lambda: world.appoint(school, LEADER, deputy), link)


@race("person", refused="OPEN_CASE", continues=True)
def a_filing_while_the_same_person_files_another(world: World) -> Pair:
    applicant = world.applicant(world.school)
    one, other = draft(applicant, world.school), draft(applicant, world.school)
    return Pair(applicant, lambda: file(applicant, one), lambda: done(file(applicant, other)))


@race("person", refused="INTEGRITY_BLOCK", continues=True)
def a_filing_of_whom_another_archive_has_on_its_record(world: World) -> Pair:
    trust(world)
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    entry = line(applicant.number, "entry-in-a-race")
    return Pair(applicant, lambda: file(applicant, path), lambda: done(sent(world, entry)))


@race("person", refused="ON_HOLD", continues=True)
def an_order_of_erasure_while_an_inspector_holds(world: World) -> Pair:
    leaver = world.applicant(world.school)
    path, leader = approved_erasure(world, leaver), world.bureau.integrity_leader
    order = {"decision": "寻人社删〔2024〕9号"}
    hold = {"mandate": "寻纪〔2024〕9号", "reason": "核查线索"}
    person = f"/v1/persons/{leaver.person}"
    return Pair(
        leader,
        lambda: leader.change(path, "/orders", order),
        lambda: done(world.inspector.change(person, "/holds", hold)),
    )


@race("account", refused="SIGN_IN_ENDED")
def an_opinion_of_a_handler_whose_account_is_disabled(world: World) -> Pair:
    school = a_school(world)
    path = filed(world.applicant(school), school)
    end = disabled(school.administrator, school.handler.account)
    return Pair(school.handler, lambda: opine(school.handler, path), end)


@race("account", refused="ACCOUNT_UNKNOWN")
def an_appointment_of_an_account_that_is_disabled(world: World) -> Pair:
    school = a_school(world)
    newcomer = world.account(school.administrator, "新人", school.organisation, [Role.OFFICIAL])
    second = world.account(
        world.bureau.administrator, "另一管理员", school.organisation, [Role.ADMINISTRATOR]
    )
    return Pair(
        school.administrator,
        lambda: world.appoint(school, HANDLER, newcomer),
        disabled(second, newcomer.account),
    )


@race("organisation", refused="ORGANISATION_ENDED")
def an_appointment_at_a_house_that_is_closed(world: World) -> Pair:
    school = a_school(world)
    newcomer = world.account(school.administrator, "新人", school.organisation, [Role.OFFICIAL])
    closed = {"effective_on": day(world.clock.now()).isoformat(), "document": "寻编〔2024〕1号"}
    path = f"/v1/organisations/{school.organisation}"
    return Pair(
        school.administrator,
        lambda: world.appoint(school, HANDLER, newcomer),
        lambda: done(world.bureau.administrator.change(path, "/closures", closed)),
    )


@race("organisation", refused="ORGANISATION_ENDED")
def a_filing_at_an_employer_that_is_merged(world: World) -> Pair:
    school = a_school(world)
    applicant = world.applicant(school)
    drafted = draft(applicant, school)
    merged = {
        "into": world.school.organisation,
        "effective_on": day(world.clock.now()).isoformat(),
        "document": "寻编〔2024〕2号",
    }
    path = f"/v1/organisations/{school.organisation}"
    return Pair(
        applicant,
        lambda: file(applicant, drafted),
        lambda: done(world.bureau.administrator.change(path, "/mergers", merged)),
    )


@race("account", refused="STALE")
def a_code_while_another_is_given(world: World) -> Pair:
    school = a_school(world)
    second = world.account(
        world.bureau.administrator, "另一管理员", school.organisation, [Role.ADMINISTRATOR]
    )
    path = f"/v1/accounts/{school.handler.account}"

    def code(by: Actor) -> Answer:
        return by.change(path, "/codes", {"reason": "忘记密码"})

    return Pair(
        school.administrator, lambda: code(school.administrator), lambda: done(code(second))
    )


@race("case", refused="STALE")
def a_decision_while_the_applicant_withdraws(world: World) -> Pair:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    done(opine(world.school.handler, path))
    return Pair(
        world.school.leader,
        lambda: decide(world.school.leader, path),
        lambda: done(applicant.change(path, "/withdrawals", {"reason": "不报了"})),
    )


@race("case", continues=True)
def a_settlement_of_an_objection_to_a_case_that_is_withdrawn(city: PublishingCity) -> Pair:
    path, applicant, objection = objected(city)
    duty_officer = city.bureau.seated["duty_officer"]
    done(duty_officer.change(objection, "/screenings", {"admitted": True, "reason": None}))
    done(city.bureau.integrity_handler.change(objection, "/investigations", FINDINGS))
    raised = Raised(objection, "")
    return Pair(
        city.bureau.integrity_leader,
        lambda: settle(city, raised, None),
        lambda: done(applicant.change(path, "/withdrawals", {"reason": "不报了"})),
    )


@race("case")
def a_screening_that_does_not_admit_while_the_applicant_withdraws(city: PublishingCity) -> Pair:
    path, applicant, objection = objected(city)
    officer, turned_away = city.bureau.seated["duty_officer"], {"admitted": False, "reason": "不实"}
    return Pair(
        officer,
        lambda: officer.change(objection, "/screenings", turned_away),
        lambda: done(applicant.change(path, "/withdrawals", {"reason": "不报了"})),
    )


@race("objection")
def an_opinion_while_an_objection_that_was_dismissed_is_to_be_forgotten(
    city: PublishingCity,
) -> Pair:
    """Whoever dealt with the objection reviews nothing, so the opinion rests on it."""
    path, applicant, posting = published(city)
    raised = object_to(city, Public(path, posting, applicant))
    officer, admitted = city.bureau.seated["duty_officer"], {"admitted": True, "reason": None}
    done(officer.change(raised.path, "/screenings", admitted))
    done(city.bureau.integrity_handler.change(raised.path, "/investigations", FINDINGS))
    done(settle(city, raised, None))
    city.clock.set(city.clock.now() + timedelta(days=21))
    done(go_on(city.enterprise.handler, path))
    asked = {"receipt": raised.receipt, "reason": None}
    return Pair(
        city.bureau.handler,
        lambda: opine(city.bureau.handler, path),
        lambda: done(Client(city.address).post("/v1/objections/erasure-requests", asked)),
    )


@race("investigation")
def a_substitute_while_an_investigation_goes_on(world: World) -> Pair:
    """Whoever investigates the case reviews nothing, so a designation rests on it."""
    school, handler = a_school(world), world.bureau.integrity_handler
    path = filed(world.applicant(school), school)
    opened = done(handler.change(path, "/investigations", {"suspicion": "学位证书疑似伪造"}))
    told = {"allegation": "所交学位证书查无此证"}
    spare = world.account(school.administrator, "代行", school.organisation, [Role.OFFICIAL])
    body = {"stage": "employer", "seat": HANDLER, "account": spare.account, "reason": "病假"}
    investigation = f"/v1/investigations/{opened.body['stream']}"
    return Pair(
        school.administrator,
        lambda: school.administrator.change(path, "/substitutes", body),
        lambda: done(handler.change(investigation, "/allegations", told)),
    )


@race("authority", refused="WITHOUT_POWER")
def a_stage_taken_over_by_an_office_whose_power_ends(world: World) -> Pair:
    bureau, area = world.bureau, {"bureau": world.bureau.organisation, "level": "county"}
    empty = world.found("无人局", world.system, ["competent_department"], **area)
    school = a_school(world, empty)
    path = filed(world.applicant(school), school)
    passed(path, school)
    world.grant(bureau.organisation, world.area, ["competent_department"])
    grant = the_grant(world.system, bureau)
    done(withdraw(world.system, bureau, grant))
    body = {
        "stage": "department",
        "cause": "NOBODY_ELIGIBLE",
        "reason": "无人可办",
        "document": "某编〔2024〕1号",
    }
    return Pair(
        bureau.leader,
        lambda: bureau.leader.change(path, "/takeovers", body),
        lambda: done(confirm_withdrawal(world.second, bureau, grant)),
    )


@race("link", refused="STALE")
def a_confirmation_of_a_link_that_another_confirms(world: World) -> Pair:
    one, other = world.applicant(world.school), world.applicant(world.school)
    body = {"first": one.person, "second": other.person, "evidence": "人脸比对"}
    proposed = done(world.bureau.handler.post("/v1/person-links", body)).body["stream"]
    path, leader = f"/v1/person-links/{proposed}", world.bureau.leader
    return Pair(leader, lambda: confirm(leader, path), lambda: done(confirm(leader, path)))


@race("posting", refused="OPEN_OBJECTION")
def a_case_that_goes_on_while_the_public_objects(city: PublishingCity) -> Pair:
    """The objection was handed in on the last day, and is slow to be recorded."""
    path, _, posting = published(city)
    in_time = city.clock.now() + timedelta(days=1)
    city.clock.set(in_time + timedelta(days=20))
    case, stream = (each.rpartition("/")[2] for each in (path, posting))
    said, handler = HandedIn(**NAMED, files=()), city.enterprise.handler
    office = city.services.office
    return Pair(
        handler,
        lambda: go_on(handler, path),
        lambda: raise_objection(office, case, stream, said, in_time),
    )


@race("windows")
def a_filing_while_a_window_is_extended(world: World) -> Pair:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    return Pair(applicant, lambda: file(applicant, path), lambda: done(propose(world)))


@race("rebinding", refused="STALE")
def a_correction_of_a_binding_that_another_confirms(world: World) -> Pair:
    path = corrected(world, world.applicant(world.school))
    leader = world.bureau.leader
    return Pair(leader, lambda: confirm(leader, path), lambda: done(confirm(leader, path)))


@race("case", refused="NOT_FOUND", continues=True)
def a_filing_by_who_helps_while_the_help_is_ended(world: World) -> Pair:
    holder, officer = world.applicant(world.school), world.school.handler
    path = assisted.begun(officer, holder, world.school)
    assisted.fill_in(officer, path, world.school)
    return Pair(officer, lambda: file(officer, path), lambda: done(assisted.end(holder, path)))


@race("person", continues=True)
def a_list_with_somebody_for_whom_another_opens_an_account(world: World) -> Pair:
    known, school = world.applicant(world.enterprise, "某知名者"), world.school
    listed = [somebody("某知名者", known.number), somebody()]
    one, other, roles = school.administrator, world.bureau.administrator, [Role.APPLICANT]
    return Pair(
        one,
        lambda: take(one, school, listed),
        lambda: world.account(
            other, "某知名者", school.organisation, roles, known.number, claimed=False
        ),
    )


@race("move", refused="STALE")
def a_release_of_who_stays_after_all(world: World) -> Pair:
    holder, leaving = world.applicant(world.school), world.school.administrator
    path = accepted(holder, world.enterprise)
    return Pair(
        leaving,
        lambda: release(leaving, path),
        lambda: done(holder.change(path, "/withdrawals", {})),
    )


@race("account", refused="MOVE_SETTLED", continues=True)
def a_release_of_who_was_released_to_another(world: World) -> Pair:
    holder, leaving = world.applicant(world.school), world.school.administrator
    one, other = accepted(holder, world.enterprise), accepted(holder, world.department)
    return Pair(leaving, lambda: release(leaving, one), lambda: done(release(leaving, other)))


@race("renaming", refused="STALE")
def a_change_of_name_that_another_confirms(world: World) -> Pair:
    path = proposed(world.bureau.handler, world.applicant(world.school), "某更名者")
    leader = world.bureau.leader
    return Pair(leader, lambda: confirm(leader, path), lambda: done(confirm(leader, path)))


@race("person", refused="NO_SUCH_PROPOSAL", continues=True)
def a_change_of_a_name_that_was_changed_otherwise(world: World) -> Pair:
    applicant, leader = world.applicant(world.school), world.bureau.leader
    one, other = (proposed(world.bureau.handler, applicant, name) for name in ("某一", "某二"))
    return Pair(leader, lambda: confirm(leader, one), lambda: done(confirm(leader, other)))


@race("person", continues=True)
def a_filing_of_whom_a_correction_leaves_without_a_document(world: World) -> Pair:
    applicant = world.applicant(world.school)
    path, correction = draft(applicant, world.school), corrected(world, applicant)
    leader = world.bureau.leader
    return Pair(applicant, lambda: file(applicant, path), lambda: done(confirm(leader, correction)))


@race("person", refused="CASE_UNDER_WAY", continues=True)
def an_order_of_erasure_while_what_was_drafted_is_filed(world: World) -> Pair:
    leaver = world.applicant(world.school)
    drafted = draft(leaver, world.school)
    path = approved_erasure(world, leaver)
    return Pair(
        world.bureau.integrity_leader,
        lambda: order_erasure(world, path),
        lambda: done(file(leaver, drafted)),
    )


@race("erasure", refused="STALE")
def an_order_of_erasure_while_it_is_declined(world: World) -> Pair:
    path = approved_erasure(world, world.applicant(world.school))
    leader, decision = world.bureau.integrity_leader, {"decision": "寻人社删〔2024〕8号"}
    return Pair(
        leader,
        lambda: leader.change(path, "/orders", decision),
        lambda: done(leader.change(path, "/refusals", {**decision, "reason": "申报在办"})),
    )


@race("investigation", refused="STALE")
def a_closure_of_an_investigation_that_is_being_closed(world: World) -> Pair:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    suspicion = {"suspicion": "学位证书疑似伪造"}
    opened = done(world.bureau.integrity_handler.change(path, "/investigations", suspicion))
    investigation = f"/v1/investigations/{opened.body['stream']}"
    leader, closing = (
        world.bureau.integrity_leader,
        {"decision": "寻人社核〔2024〕2号", "reason": "查无实据"},
    )

    def close() -> Answer:
        return leader.change(investigation, "/closures", closing)

    return Pair(leader, close, lambda: done(close()))


@race("criticism", refused="STALE")
def a_criticism_that_is_dropped_twice(world: World) -> Pair:
    path = filed(world.applicant(world.school), world.school)
    passed(path, world.school)
    body = {
        "target": "organisation",
        "about": world.school.organisation,
        "cases": [path.rpartition("/")[2]],
        "grounds": "未核对学位证书原件",
    }
    proposed = done(world.bureau.integrity_handler.post("/v1/criticisms", body))
    criticism = f"/v1/criticisms/{proposed.body['stream']}"
    leader, dropped = (
        world.bureau.integrity_leader,
        {"decision": "寻人社通〔2024〕3号", "reason": "查否"},
    )

    def drop() -> Answer:
        return leader.change(criticism, "/drops", dropped)

    return Pair(leader, drop, lambda: done(drop()))


@race("objection", refused="STALE")
def a_screening_of_an_objection_that_another_screens(city: PublishingCity) -> Pair:
    _, _, objection = objected(city)
    officer, other = city.bureau.seated["duty_officer"], city.bureau.integrity_handler
    return Pair(
        officer,
        lambda: officer.change(objection, "/screenings", {"admitted": True, "reason": None}),
        lambda: done(other.change(objection, "/screenings", {"admitted": True, "reason": None})),
    )


@race("complaint", refused="STALE")
def a_complaint_that_is_closed_twice(city: PublishingCity) -> Pair:
    officer = city.bureau.integrity_handler
    listed = f"/v1/objections?{city.everything()}"
    before = {each["stream"] for each in done(officer.get(listed)).body["objections"]}
    done(Client(city.address).post("/v1/complaints", {"statement": STATEMENT}))
    listed = f"/v1/objections?{city.everything()}"
    after = {each["stream"] for each in done(officer.get(listed)).body["objections"]}
    (complaint,) = after - before
    path = f"/v1/complaints/{complaint}"

    def close() -> Answer:
        return officer.change(path, "/closures", {"outcome": "not_confirmed", "reason": "查无此事"})

    return Pair(officer, close, lambda: done(close()))


@race("complaint")
def an_approval_of_an_erasure_while_a_complainant_asks_to_be_forgotten(world: World) -> Pair:
    """What is open about somebody stands in the way of an erasure, so it rests on all of it."""
    leaver, officer = world.applicant(world.school), world.bureau.integrity_handler
    path = draft(leaver, world.school)
    done(leaver.change(path, "/withdrawals", {"reason": "不报了"}))
    nobody, case = Client(world.address), path.rpartition("/")[2]
    said = {"statement": STATEMENT, "case": case}
    receipt = done(nobody.post("/v1/complaints", said)).body["receipt"]
    listed = done(officer.get(f"/v1/objections?{world.everything()}")).body["objections"]
    complaint = next(each["stream"] for each in listed if each["case"] == case)
    closing = {"outcome": "not_confirmed", "reason": "查无此事"}
    done(officer.change(f"/v1/complaints/{complaint}", "/closures", closing))
    erasure, asked = asked_erasure(world, leaver), {"receipt": receipt, "reason": None}
    return Pair(
        officer,
        lambda: approve_erasure(world, erasure),
        lambda: done(nobody.post("/v1/objections/erasure-requests", asked)),
    )


@race("rolls", refused="STALE")
def a_roll_that_is_filed_twice(office: County) -> Pair:
    """The roll of the year that is over."""
    path, handler = f"/v1/organisations/{office.office.organisation}", office.office.handler
    office.at("2021-01-05 09:00:00")

    def file_roll() -> Answer:
        seen = done(handler.get(f"{path}/rolls/2020?{office.everything()}"))
        version = int(seen.headers["ETag"][2:-1])
        return handler.post(f"{path}/rolls", {"year": 2020}, version=version)

    return Pair(handler, file_roll, lambda: done(file_roll()))


@race("vacancies")
def a_filing_while_the_employer_states_its_posts_anew(posts: Institutions) -> Pair:
    station = posts.station
    applicant = posts.applicant(station)
    sealed(posts, station, form(applicant))
    path = drafted(applicant, station)
    return Pair(
        applicant,
        lambda: file(applicant, path),
        lambda: done(state(station, form(applicant))),
    )


def corrected(world: World, wrong: Actor) -> str:
    """The path of a proposal that somebody's document belongs to somebody new."""
    body = {
        "document": {"kind": "resident_identity_card", "number": wrong.number},
        "person": None,
        "name": "某对",
        "evidence": "核对原件",
    }
    proposed = done(world.bureau.handler.post("/v1/binding-corrections", body))
    return f"/v1/binding-corrections/{proposed.body['stream']}"


def confirm(by: Actor, path: str) -> Answer:
    """A second officer confirms a proposal."""
    return by.change(path, "/confirmations", {})


def asked_erasure(world: World, leaver: Actor, *further: str) -> str:
    """The path of an erasure that somebody asked for: of their filings, or of more."""
    asked = {
        "person": leaver.person,
        "purposes": ["applicant", *further],
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    return f"/v1/erasures/{done(leaver.post('/v1/erasures', asked)).body['stream']}"


def approve_erasure(world: World, path: str) -> Answer:
    """The integrity handler approves an erasure."""
    return world.bureau.integrity_handler.change(path, "/approvals", {"grounds": "符合条件"})


def approved_erasure(world: World, leaver: Actor, *further: str) -> str:
    """The path of an erasure that waits for the integrity leader."""
    path = asked_erasure(world, leaver, *further)
    done(approve_erasure(world, path))
    return path


def order_erasure(world: World, path: str) -> Answer:
    """The integrity leader orders an erasure."""
    decision = {"decision": "寻人社删〔2024〕10号"}
    return world.bureau.integrity_leader.change(path, "/orders", decision)


def begun(applicant: Actor, house: House) -> str:
    """The path of a case of which nothing is stated yet."""
    return f"/v1/cases/{done(applicant.post('/v1/cases', title(house))).body['stream']}"


def state_claims(applicant: Actor, path: str, house: House) -> Answer:
    """An applicant states all claims of a case."""
    return applicant.change(path, "/applications", claims(insured=house.name))


def propose(world: World) -> Answer:
    """The bureau's handler proposes to extend the second window."""
    pack = done(world.bureau.handler.get(f"/v1/policy-packs/{PACK}")).body
    window = max(pack["windows"], key=lambda each: str(each["closes"]))
    until = date.fromisoformat(window["closes"]) + timedelta(days=7)
    body = {
        "pack": PACK,
        "window": window["id"],
        "until": until.isoformat(),
        "employer": None,
        "person": None,
        "reason": "系统故障",
    }
    path = f"/v1/organisations/{world.bureau.organisation}/window-extensions"
    return world.bureau.handler.change(path, "", body)


def published(city: PublishingCity) -> tuple[str, Actor, str]:
    """The path of a case that is public at its employer, its applicant, and the posting's.

    Whoever acts there has signed in, because time will go on and one-time codes run out.
    """
    for house in city.houses:
        for each in (house.administrator, *house.seated.values()):
            each.sign_in()
    applicant = city.applicant(city.enterprise)
    path = city.filed(applicant)
    today = day(city.clock.now()).isoformat()
    posting = passed_with_posting(path, city.enterprise, today)
    city.catch_up()
    return path, applicant, posting


@race("accession", refused="STALE", continues=True)
def an_approval_of_what_is_taken_back(world: World) -> Pair:
    one, by = applied(world), world.bureau.administrator
    return Pair(
        by,
        lambda: approve(by, one),
        lambda: done(by_receipt(world, one.receipt, "/withdrawals")),
    )


@race("accession", refused="STALE", continues=True)
def an_approval_of_what_another_approves(world: World) -> Pair:
    one, by = applied(world), world.bureau.administrator
    where, roles = world.bureau.organisation, [Role.ADMINISTRATOR]
    other = world.account(world.system, "另一管理员", where, roles)
    return Pair(by, lambda: approve(by, one), lambda: done(approve(other, one)))


@race("creditcode", refused="CREDIT_CODE_TAKEN", continues=True)
def an_approval_of_an_employer_that_the_office_registers_meanwhile(world: World) -> Pair:
    one, by = applied(world, credit_code=(whole := code())), world.bureau.administrator
    return Pair(by, lambda: approve(by, one), lambda: done(registered(world, whole)))


def objected(city: PublishingCity) -> tuple[str, Actor, str]:
    """The same, and the path of an objection to it."""
    path, applicant, posting = published(city)
    raised = object_to(city, Public(path, posting, applicant))
    return path, applicant, raised.path


@pytest.mark.parametrize("each", RACES, ids=[each.name for each in RACES])
def test_who_is_overtaken_decides_anew(
    each: Race, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    place: Society = request.getfixturevalue(each.place)
    seen = run(place, each.scene(place), monkeypatch)
    assert each.kind in (seen.overtaken if each.continues else seen.read)
    assert seen.answer is not None
    if each.refused is None:
        assert (seen.answer.status, seen.attempts) == (201, 2), seen.answer.body
    else:
        assert each.refused in seen.codes, seen.answer.body


def test_of_two_applications_under_one_code_at_once_one_is_taken_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever applies has no account; the second comes while the first has decided."""
    one, other = (employer(world, credit_code=whole) for whole in [code()] * 2)
    record, waiting = world.services.record, [other]
    answers: list[Answer] = []
    append = record.append

    def stopped(request: AppendRequest) -> Appended:
        if waiting:
            answers.append(send(world, waiting.pop()))
        return append(request)

    with monkeypatch.context() as patch:
        patch.setattr(record, "append", stopped)
        answers.append(send(world, one))
    assert [each.status for each in answers] == [201, 409]
    assert answers[1].code == "CREDIT_CODE_SPOKEN_FOR"


def test_words_that_an_order_of_erasure_overtakes_are_not_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No stream says so, but the key: of whom was forgotten nothing more is sealed."""
    leaver = world.applicant(world.school)
    path = begun(leaver, world.school)
    erasure = approved_erasure(world, leaver, "discipline", "official")
    pair = Pair(
        leaver,
        lambda: state_claims(leaver, path, world.school),
        lambda: done(order_erasure(world, erasure)),
    )
    assert run(world, pair, monkeypatch).codes == {"ERASED"}
    assert done(leaver.get(path)).body["application"] is None


def test_an_order_of_erasure_takes_the_words_of_a_draft_that_is_begun_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order knows nothing of the draft; what is stated in it goes with the same key."""
    leaver, paths = world.applicant(world.school), []
    erasure = approved_erasure(world, leaver, "discipline", "official")

    def begin() -> None:
        paths.append(begun(leaver, world.school))
        done(state_claims(leaver, paths[0], world.school))

    pair = Pair(world.bureau.integrity_leader, lambda: order_erasure(world, erasure), begin)
    assert run(world, pair, monkeypatch).codes == set()
    seen = done(leaver.get(paths[0])).body["application"]
    assert {each["school"] for each in seen["educations"]} == {ERASED}
    assert state_claims(leaver, paths[0], world.school).code == "ERASED"


def test_every_kind_that_an_act_rests_on_is_raced() -> None:
    rested_on = set().union(*readings.written_down().values())
    assert rested_on - NEVER_CHANGES == {each.kind for each in RACES if not each.continues}
