"""Buttons of what offices do beside the review of cases, pressed as `test_buttons.py` presses."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from api.demo.yueyang import cast
from domain.account.events import Role
from domain.authority.state import ROOT
from domain.beijing import BEIJING
from domain.separation import HANDLER, LEADER
from tests.api import intakes
from tests.api.accessions import MISSING, QUEUE, REASON, applied
from tests.api.assisted import begun
from tests.api.client import Client
from tests.api.committee_city import WILL, CommitteeCity, at_the_committee
from tests.api.filings import decide, done, filed, opine
from tests.api.objections import STATEMENT, Public, object_to
from tests.api.provinces import passed_with_posting
from tests.api.scenes import (
    OF_A_WINDOW,
    WHY,
    Scene,
    held_to,
    presses,
    returned,
    seated,
    verified,
)
from tests.api.test_vacancy_forms import Institutions, form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.api.actor import Actor
    from tests.api.copies import Copies
    from tests.api.pressing import Typed
    from tests.api.provinces import PublishingCity
    from tests.api.world import World


PAPERS: Mapping[str | None, Mapping[str, Any]] = {
    "industry_department": {"leg": "leg1_others", "items": ["qualification_paper", "performance"]},
    "final_body": {"leg": "leg2_intermediate", "items": ["performance"]},
}
"""Which papers come to whom, by where a case of the committee's city stands."""
NO_PAPERS: Mapping[str, Any] = {"leg": None, "items": [], "originals": [], "sealed": []}
NO_PAYMENT = {"amount": 0, "channel": "WITH_PAPER", "receipt": "R-1"}
NOT_CARRIED = {"members": 11, "present": 10, "in_favour": 1, "against": 9, "abstained": 0}


def offered(by: Actor, path: str) -> set[str]:
    """The operations that somebody may do now on what is at a path."""
    seen = by.get(path)
    acts = seen.body["acts"] if seen.status == 200 else ()
    return {each["operation"] for each in acts if not each["refusals"]}


def handed_on(_by: Actor, seen: Mapping[str, Any]) -> Mapping[str, Any]:
    """The papers that come where the case stands, if any do."""
    return PAPERS.get(seen["standing"]["stage"], {})


def entered(
    path: str, what: str, said: Mapping[str, Any], by: Actor, _seen: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What is said of an entry, the last of its kind at the own office, or else anywhere."""
    events = done(by.get(f"{path}/history")).body["events"]
    entries = [each for each in events if each["topic"] == f"case:{what}:1"]
    own = {each["organisation"] for each in _acted(events, by)}
    known = [each["version"] for each in entries if each["actor"].get("organisation") in own]
    return {"entry": max(known or (each["version"] for each in entries), default=1), **said}


def _acted(events: list[dict[str, Any]], by: Actor) -> list[dict[str, Any]]:
    """Who acted, where that was somebody."""
    return [each["actor"] for each in events if each["actor"].get("account") == by.account]


@presses(
    "grants.list_grants",
    does="grants.decide grants.propose grants.propose_withdrawal grants.withdraw",
)
def test_the_buttons_of_powers(scene: Scene, world: World) -> None:
    bureau = world.bureau
    scene.members = {
        "system administrator": world.system,
        "second administrator": world.second,
        "handler": bureau.handler,
        "leader": bureau.leader,
        "administrator": bureau.administrator,
        "auditor": world.auditor,
    }
    path = f"/v1/organisations/{world.department.organisation}/grants"
    above = {"source": ROOT, "document": "某职改〔2024〕3号", "area": world.area}
    scene.typed["grants.propose"] = {**above, "bodies": ["competent_department"]}
    scene.look(path)
    bounds = {"affairs": ["registry"], "bodies": [], "levels": [], "series": []}
    wanted = {**above, **bounds, "exercises": True, "passes_on": False, "last_day": None}
    done(world.system.change(path, "", wanted))
    kept = scene.look(path)
    assert "grants.decide" not in kept["system administrator"]
    grant = done(world.system.get(path)).body["grants"][-1]["grant"]
    done(world.second.change(path, f"/{grant}/decisions", {"grant": True}))
    end = {"ends_on": "2024-10-15", "passed_on_too": False, "document": "某人社发〔2024〕6号"}
    done(world.system.change(path, f"/{grant}/withdrawals", end))
    scene.look(path)


@presses(
    "window-extensions.list_extensions", does="window-extensions.decide window-extensions.propose"
)
def test_the_buttons_of_an_extension_of_a_window(scene: Scene, world: World) -> None:
    scene.members |= {"handler of the bureau": world.bureau.handler}
    scene.members |= {"leader of the bureau": world.bureau.leader}
    path = f"/v1/organisations/{world.bureau.organisation}/window-extensions"
    scene.look(path)
    done(world.bureau.handler.change(path, "", OF_A_WINDOW))
    scene.look(path)


@presses(
    "accession-queue.read_queue",
    "accessions.list_accessions",
    "accessions.read",
    does="accessions.decline accessions.send_back",
)
def test_the_buttons_of_an_application_for_registration(scene: Scene, world: World) -> None:
    one = applied(world)
    by = world.bureau.administrator
    scene.members |= {"administrator of the bureau": by}
    scene.look(one.path)
    world.catch_up()
    scene.look(QUEUE)
    scene.look("/v1/accessions")
    done(by.change(one.path, "/returns", MISSING))
    scene.look(one.path)
    done(by.change(one.path, "/declinations", REASON))
    scene.look(one.path)


@presses("intakes.read", does="")
def test_the_buttons_of_a_list_of_applicants(scene: Scene, world: World) -> None:
    rows = intakes.people(2)
    taken = done(intakes.take(world.school.administrator, world.school, rows)).body["stream"]
    scene.look(f"/v1/intakes/{taken}")


@presses(
    "cases.read_case",
    does="case-consultations.consult progress.extend_window progress.propose_purge "
    "progress.propose_rescission progress.withhold reviews.issue_certificate "
    "reviews.void_certificate",
)
def test_the_buttons_of_a_certificate(scene: Scene, world: World) -> None:
    bureau, applicant = world.bureau, world.applicant(world.school)
    scene.members = {
        "applicant": applicant,
        "handler": bureau.handler,
        "leader": bureau.leader,
        "handler of the school": world.school.handler,
        "inspector": world.inspector,
    }
    path = filed(applicant, world.school)
    for house in (world.school, world.department, bureau):
        done(opine(house.handler, path))
        for question in done(house.handler.get(path)).body["standing"]["open_questions"]:
            judged = {"question": question, "satisfied": True, "grounds": "符合"}
            done(house.handler.change(path, "/judgements", judged))
        done(decide(house.leader, path))
    scene.look(path)
    done(bureau.handler.change(path, "/certificates", {}))
    scene.look(path)


@presses(
    "cases.read_case",
    does="cases.withdraw progress.extend_window progress.order_purge "
    "progress.propose_purge progress.propose_rescission progress.release "
    "progress.withhold recusals.apply_for_recusal recusals.decide_recusal "
    "recusals.declare_recusal reexaminations.decide reexaminations.request "
    "reviews.designate_substitute reviews.record_judgement "
    "reviews.return_for_revision",
)
def test_the_buttons_of_files_and_of_recusal(scene: Scene, world: World) -> None:
    applicant, school = world.applicant(world.school), world.school
    scene.members = {
        "applicant": applicant,
        "handler": school.handler,
        "leader": school.leader,
        "administrator": school.administrator,
        "leader above": world.department.leader,
        "administrator above": world.department.administrator,
        "integrity leader": world.bureau.integrity_leader,
    }
    path = filed(applicant, school)
    seen = done(applicant.get(path)).body
    file = f"/materials/{seen['materials'][0]['material']}"
    done(school.handler.change(path, f"{file}/withholdings", {"cause": "WRONG_FILE"}))
    done(
        school.handler.change(
            path, f"{file}/purge-proposals", {"cause": "WRONG_FILE", "reason": "误传"}
        )
    )
    asked = {"stage": "employer", "seat": "handler", "ground": "relative"}
    asked["account"] = school.handler.account
    done(applicant.change(path, "/recusal-applications", asked))
    scene.look(path)
    against = {"reasons": [{"code": "EVIDENCE_DOUBTED", "rules": ["XW-30"]}], "opinion": "存疑"}
    ended = filed(world.applicant(school), school)
    applicant = scene.members["applicant"] = world.applicant(school)
    ended = filed(applicant, school)
    done(opine(school.handler, ended, recommendation="reject", **against))
    done(decide(school.leader, ended, decision="reject", **against))
    scene.look(ended)
    done(applicant.change(ended, "/reexaminations", {"grounds": "证书原件可以核对"}))
    scene.look(ended)


@presses(
    "accounts.read",
    "cases.read_case",
    does="assistance-endings.end cases.state_application cases.withdraw",
)
def test_the_buttons_of_a_case_that_is_filed_for_somebody(scene: Scene, world: World) -> None:
    school = world.school
    holder = world.applicant(school, "某不便者")
    officer = world.account(world.system, "某代办人", school.organisation, [Role.OFFICIAL])
    scene.members = {"holder": holder, "officer": officer, "handler": school.handler}
    scene.look(f"/v1/accounts/{holder.account}")
    scene.look(begun(officer, holder, school))


@presses(
    "complaints.read",
    "matters.read",
    "objections.read",
    "standing-still.read_still",
    does="case-investigations.open_investigation complaints.close objections.identify "
    "objections.screen",
)
def test_the_buttons_of_a_complaint_and_of_what_waits(
    city_scene: Scene, publishing_city: PublishingCity
) -> None:
    scene, city = city_scene, publishing_city
    officer = city.bureau.integrity_handler
    path = city.filed(scene.members["applicant"])
    posting = passed_with_posting(path, city.enterprise, "2024-09-25")
    case = path.rpartition("/")[2]
    city.catch_up()
    raised = object_to(city, Public(path, posting, scene.members["applicant"]), name=None)
    scene.look(raised.path)
    done(Client(city.address).post("/v1/complaints", {"statement": STATEMENT, "case": case}))
    rows = done(officer.get(f"/v1/objections?{city.everything()}")).body["objections"]
    complaint = f"/v1/complaints/{rows[0]['stream']}"
    scene.look(complaint)
    scene.look("/v1/matters")
    scene.look("/v1/standing-still")
    closing = {"outcome": "not_confirmed", "reason": "查无此事"}
    done(officer.change(complaint, "/closures", closing))
    scene.look(complaint)


@pytest.fixture
def institutions(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Scene]:
    """A city's bureau and a self-evaluating college, with those who report titles there."""
    with copies.of(Institutions, datetime(2024, 9, 25, 9, tzinfo=BEIJING)) as city:
        above = {"bureau": city.bureau.organisation, "kind": "institution"}
        traits = ["unit.autonomous=true"]
        college = city.found("某学院", city.bureau.administrator, **above, traits=traits)
        city.seat(college, HANDLER, LEADER)
        one = Scene(
            city,
            {
                "teacher": city.applicant(college),
                "handler of the college": college.handler,
                "leader of the college": college.leader,
                "handler of the station": city.station.handler,
                "leader of the station": city.station.leader,
                "leader of the department": city.department.leader,
                "leader of the bureau": city.bureau.leader,
            },
            monkeypatch,
            {
                "persons.unmask": WHY,
                "integrity-consultations.consult": WHY,
                "erasures.ask": {"organisation": city.bureau.organisation},
            },
        )
        yield one
        held_to(one, request.function)


@presses(
    "persons.read",
    does="erasures.ask integrity-consultations.consult persons.unmask "
    "reported-titles.confirm_report reported-titles.correct_report "
    "reported-titles.report_title",
)
def test_the_buttons_of_titles_that_a_unit_gave(institutions: Scene) -> None:
    scene = institutions
    handler, leader = (scene.members[f"{seat} of the college"] for seat in (HANDLER, LEADER))
    reported = {
        "series": "高校教师",
        "specialty": "数学",
        "level": "assistant",
        "label": "初定",
        "gained_on": "2024-09-25",
        "document": "某学院发〔2024〕1号",
    }
    path = f"/v1/persons/{scene.members['teacher'].person}"
    scene.look(path)
    done(handler.change(path, "/titles", reported))
    scene.look(path)
    report = done(leader.get(path)).body["reports"][0]["report"]
    done(leader.change(path, f"/titles/{report}/confirmations", {}))
    right = {**reported, "specialty": "物理"}
    scene.typed["reported-titles.correct_report"] = {"title": right}
    scene.look(path)
    own = f"/v1/persons/{leader.person}"
    done(handler.change(own, "/titles", reported))
    kept = scene.look(own)
    assert kept["leader of the college"]["reported-titles.confirm_report"] == {"SELF_REVIEW"}


@presses(
    "organisations.read",
    "vacancy-forms.read_form",
    does="vacancy-forms.give_opinion vacancy-forms.state_form",
)
def test_the_buttons_of_a_form_of_posts(institutions: Scene) -> None:
    scene = institutions
    city = scene.place
    assert isinstance(city, Institutions)
    house = f"/v1/organisations/{city.station.organisation}"
    scene.typed["vacancy-forms.state_form"] = form()
    scene.look(house)
    stated = done(city.station.handler.change(house, "/vacancy-forms", form())).body
    path = f"{house}/vacancy-forms/{stated['stream']}"
    for by, seal in ((city.station, "unit"), (city.department, "department")):
        scene.look(path)
        done(by.leader.change(path, "/opinions", {"seal": seal, "in_favour": True}))
    scene.look(path)


@presses(
    "cases.read_case",
    does="amendments.amend_payment amendments.amend_posting amendments.amend_receipt "
    "cases.withdraw posting-proofs.prove progress.extend_window progress.go_on "
    "progress.pay progress.propose_purge progress.propose_rescission "
    "progress.receive_paper progress.record_votes progress.remind progress.withhold "
    "recusals.apply_for_recusal recusals.declare_recusal reviews.void_certificate",
)
def test_the_buttons_of_a_committee(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with copies.of(CommitteeCity, datetime(2024, 8, 29, 9, tzinfo=BEIJING)) as city:
        will = WILL | {"reviews.sign_for_certificate": 0}
        stranger, path, applicant = at_the_committee(city, will | {"progress.record_votes": 0})
        members = {"applicant": applicant} | {
            f"{seat} of {house.name}": one
            for house in city.houses
            for seat, one in house.seated.items()
        }
        typed: dict[str, Typed] = {
            "reviews.give_opinion": verified,
            "reviews.return_for_revision": returned,
            "recusals.declare_recusal": seated,
            "recusals.apply_for_recusal": seated,
            "progress.record_votes": NOT_CARRIED,
            "progress.pay": {"amount": cast.FEE, "channel": "WITH_PAPER", "receipt": "R-2"},
            "progress.receive_paper": handed_on,
            "amendments.amend_receipt": partial(entered, path, "paper-received", NO_PAPERS),
            "amendments.amend_payment": partial(entered, path, "fee-paid", NO_PAYMENT),
        }
        scene = Scene(city, members, monkeypatch, typed)
        for day in ("08-29", "08-30", "09-09", "09-11", "10-15", "10-21", "11-08"):
            city.at(f"2024-{day}T09:00:00")
            if day in ("09-09", "10-15"):
                scene.look(path)
            stranger.walk(path)
            if any("progress.record_votes" in offered(by, path) for by in members.values()):
                typed.pop("progress.receive_paper")  # all have come, and may come once more
                scene.look(path)
                stranger.will = will
                stranger.walk(path)
        scene.look(path)
        held_to(scene, request.function)
