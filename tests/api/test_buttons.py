"""Buttons tell the truth, over HTTP: what is on offer is done, and what is not is refused.

In every state of a thing everybody presses every button that they are shown, with a form that is
filled by what the server tells of it; and tries every act that they are not shown. Nothing of it
is recorded, so the thing stays as it is. One that is shown and kept from somebody says why, by a
rule with its words, as the act itself is then refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.account.events import Role
from tests.api import achievements, moves
from tests.api.filings import WORD, decide, done, draft, file, filed, opine, passed, refile, title
from tests.api.lawmaking import attach_notice, in_force, propose, take_back, text_of
from tests.api.objections import FINDINGS, Public, object_to
from tests.api.provinces import go_on, post
from tests.api.renamings import proposed as renaming_proposed
from tests.api.scenes import (
    Scene,
    Step,
    presses,
    returned,
)

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity
    from tests.api.world import World

NUMBER = {"decision": "某发〔2024〕1号"}


@presses(
    "decisions.list_decisions",
    "grants.list_grants",
    "organisations.read",
    "rolls.read_roll",
    "window-extensions.list_extensions",
    does="accounts.open_account appointments.appoint appointments.close "
    "grants.propose_withdrawal organisation-changes.close "
    "organisation-changes.correct_credit_code organisation-changes.describe "
    "organisation-changes.merge organisation-changes.place "
    "organisation-changes.rename",
)
def test_the_buttons_of_an_organisation(scene: Scene, world: World) -> None:
    house = f"/v1/organisations/{world.school.organisation}"
    assert scene.look(house)["clerk"]["decisions.publish"] == {"WITHOUT_POWER"}
    kept = scene.look(f"/v1/organisations/{world.bureau.organisation}")
    assert kept["clerk of the bureau"]["decisions.publish"] == {"NOT_IN_SEAT"}
    assert "decisions.publish" not in kept["integrity leader"]
    for part in ("/decisions", "/grants", "/rolls/2024", "/window-extensions"):
        scene.look(house + part)
        scene.look(f"/v1/organisations/{world.bureau.organisation}{part}")


@presses("organisations.read", does="")
def test_the_buttons_of_an_organisation_that_has_ended(scene: Scene, world: World) -> None:
    above = {"kind": "institution", "bureau": world.bureau.organisation}
    ended = world.found("某关停单位", world.bureau.administrator, **above)
    entry = {"effective_on": "2024-10-15", "document": "某编〔2024〕1号"}
    path = f"/v1/organisations/{ended.organisation}"
    done(world.system.change(path, "/closures", entry))
    scene.members |= {"its administrator": ended.administrator}
    kept = scene.look(path)
    (why,) = kept["its administrator"]["appointments.appoint"]
    assert why == "ORGANISATION_ENDED"
    assert kept["system administrator"]["organisation-changes.rename"] == {why}


@presses("accounts.read", does="accounts.disable accounts.give_code")
def test_the_buttons_of_an_account(scene: Scene, world: World) -> None:
    new = world.account(
        world.school.administrator, "某新人", world.school.organisation, [Role.OFFICIAL]
    )
    kept = scene.look(f"/v1/accounts/{world.school.administrator.account}")
    assert kept["administrator"]["accounts.give_code"] == {"OWN_SECRET"}
    scene.look(f"/v1/accounts/{new.account}")


@presses(
    "achievement-queue.read",
    "achievements.read",
    "persons.read",
    "placed-holds.list_holds",
    does="achievements.enter achievements.review_achievement "
    "achievements.withdraw_achievement erasures.ask holds.lift_hold holds.place_hold "
    "integrity-consultations.consult persons.unmask",
)
def test_the_buttons_of_a_person(scene: Scene, world: World) -> None:
    applicant = scene.members["applicant"]
    path = f"/v1/persons/{applicant.person}"
    held = {"mandate": "某函〔2024〕1号", "reason": "核查"}
    kept = scene.steps(world.inspector, path, (None, "/holds", held))[0]
    world.catch_up()
    scene.look("/v1/holds")
    assert kept["clerk of the bureau"]["person-links.propose"] == {"NOT_IN_SEAT"}
    assert kept["handler"]["person-links.propose"] == {"WITHOUT_POWER"}
    own = scene.look(f"/v1/persons/{world.bureau.integrity_handler.person}")
    assert own["integrity handler"]["person-links.propose"] == {"OWN_AFFAIR"}
    record = achievements.path_of(applicant)
    entry = achievements.entered(applicant)
    scene.look(record)
    world.catch_up()
    scene.look("/v1/work-queue/achievements")
    done(achievements.review(world.school.handler, applicant, entry))
    scene.look(record)


@presses("moves.list_moves", "moves.read", does="moves.accept moves.release moves.withdraw")
def test_the_buttons_of_a_move(scene: Scene, world: World) -> None:
    applicant, joins = scene.members["applicant"], world.enterprise
    scene.members |= {"who is joined": joins.administrator}
    path = moves.asked(applicant, joins)
    world.catch_up()
    scene.look("/v1/moves")
    accepts: Step = (joins.administrator, "/acceptances", {})
    _, accepted, _ = scene.steps(
        applicant, path, accepts, (world.school.administrator, "/releases", moves.ENDED)
    )
    assert accepted["administrator above"]["moves.release"] == {"RELEASE_TERM_RUNS"}


@presses(
    "binding-corrections.list_corrections",
    "binding-corrections.read",
    "person-links.list_proposals",
    "person-links.read",
    "person-renamings.list_renamings",
    "person-renamings.read",
    does="binding-corrections.confirm person-links.confirm person-links.propose_severance "
    "person-links.sever person-renamings.confirm",
)
def test_the_buttons_of_what_two_officers_say_of_persons(scene: Scene, world: World) -> None:
    first, second = scene.members["applicant"], world.applicant(world.school)
    handler, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    pair = {"first": first.person, "second": second.person, "evidence": "同一指纹"}
    link = done(handler.post("/v1/person-links", pair)).body["stream"]
    world.catch_up()
    scene.look("/v1/person-links")
    kept = scene.steps(
        leader,
        f"/v1/person-links/{link}",
        (None, "/confirmations", {}),
        (None, "/severances", {"evidence": "指纹不符"}),
        (handler, "/severances/confirmations", {}),
    )
    assert kept[0]["integrity handler"]["person-links.confirm"] == {"TWO_OFFICERS"}
    assert kept[2]["integrity leader"]["person-links.sever"] == {"TWO_OFFICERS"}
    assert kept[2]["integrity handler"]["person-links.propose_severance"] == {"SEVERANCE_UNDER_WAY"}
    number = {"kind": "resident_identity_card", "number": second.number}
    wrong = {"document": number, "name": "某真正持证人", "evidence": "录入时选错了人"}
    correction = done(handler.post("/v1/binding-corrections", wrong)).body["stream"]
    confirms: Step = (leader, "/confirmations", {})
    renaming = renaming_proposed(handler, first, "某更名者")
    world.catch_up()
    scene.look("/v1/binding-corrections")
    scene.look("/v1/person-renamings")
    kept = scene.steps(leader, f"/v1/binding-corrections/{correction}", confirms)
    assert kept[0]["integrity handler"]["binding-corrections.confirm"] == {"TWO_OFFICERS"}
    kept = scene.steps(leader, renaming, confirms)
    assert kept[0]["integrity handler"]["person-renamings.confirm"] == {"TWO_OFFICERS"}


@presses(
    "criticisms.read",
    "erasures.read",
    does="criticisms.answer_it criticisms.drop criticisms.issue criticisms.notify "
    "erasures.approve erasures.decline erasures.order",
)
def test_the_buttons_of_an_erasure_and_of_a_criticism(scene: Scene, world: World) -> None:
    handler, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    leaver = world.applicant(world.school, "某离职者")
    asked = {
        "person": leaver.person,
        "purposes": ["applicant"],
        "organisation": world.bureau.organisation,
        "basis": "个人信息保护法第四十七条",
        "reason": "本人申请",
    }
    erasure = done(leaver.post("/v1/erasures", asked)).body["stream"]
    approves = (None, "/approvals", {"grounds": "符合条件"})
    scene.steps(handler, f"/v1/erasures/{erasure}", approves, (leader, "/orders", NUMBER))
    case = filed(world.applicant(world.school), world.school)
    passed(case, world.school)
    about = {
        "target": "person",
        "about": world.school.handler.person,
        "cases": [case.rpartition("/")[2]],
        "grounds": "未核对原件",
    }
    criticism = done(handler.post("/v1/criticisms", about)).body["stream"]
    kept = scene.steps(
        handler,
        f"/v1/criticisms/{criticism}",
        (None, "/notifications", {}),
        (world.school.handler, "/statements", {"statement": "已核对"}),
        (leader, "/issues", {**NUMBER, "text": "通报"}),
    )
    assert kept[1]["integrity leader"]["criticisms.issue"] == {"NOT_YET_HEARD"}


@presses("mandates.read", does="mandates.attach mandates.decide_mandate")
def test_the_buttons_of_a_mandate(scene: Scene, world: World) -> None:
    second = world.account(world.system, "监督乙", None, [Role.INSPECTOR])
    scene.members |= {"second inspector": second}
    path = world.proposed(world.inspector)
    kept = scene.look(path)
    assert kept["inspector"]["mandates.decide_mandate"] == {"TWO_OFFICERS"}
    world.attached(path, world.inspector)
    scene.look(path)
    done(second.change(path, "/decisions", {"approved": True}))
    scene.look(path)


@presses(
    "editions.read", does="editions.attach editions.decide editions.propose_step editions.take_back"
)
def test_the_buttons_of_an_edition_of_law(scene: Scene, world: World) -> None:
    handler, leader = world.bureau.handler, world.bureau.leader
    scene.members |= {"handler of the bureau": handler, "leader of the bureau": leader}
    text = text_of(version="90")
    proposed = done(propose(handler, text, "2024-12-01", reason="更正")).body["stream"]
    path = f"/v1/editions/{proposed}"
    kept = scene.look(path)
    assert kept["handler of the bureau"]["editions.decide"] == {"NOT_IN_SEAT"}
    assert "editions.decide" not in scene.done
    done(attach_notice(handler, path))
    scene.look(path)
    done(take_back(handler, path))
    assert scene.look(path)["handler of the bureau"] == {}
    proposed = done(propose(leader, text, "2024-12-01", reason="更正")).body["stream"]
    kept = scene.look(f"/v1/editions/{proposed}")
    assert kept["leader of the bureau"]["editions.decide"] == {"TWO_OFFICERS"}
    done(take_back(leader, f"/v1/editions/{proposed}"))
    scene.look(in_force(world.bureau, text, "2024-12-01", reason="更正"))


@presses(
    "cases.read_case",
    "investigations.read",
    does="case-consultations.consult case-investigations.open_investigation "
    "investigations.close investigations.extend investigations.find "
    "investigations.notify investigations.propose investigations.request_review "
    "investigations.serve investigations.state progress.extend_window "
    "progress.propose_purge progress.withhold recusals.apply_for_recusal "
    "recusals.declare_recusal reviews.designate_substitute",
)
def test_the_buttons_of_an_investigation(scene: Scene, world: World) -> None:
    suspect = world.applicant(world.school, "某嫌疑人")
    scene.members |= {"suspect": suspect}
    handler, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    case = filed(suspect, world.school)
    opened = done(handler.change(case, "/investigations", {"suspicion": "疑似伪造"})).body["stream"]
    scene.look(case)
    found = {"ground": "弄虚作假", "evidence": ["学信"], "finding": "伪造"}
    kept = scene.steps(
        handler,
        f"/v1/investigations/{opened}",
        (None, "/allegations", {"allegation": "查无此证"}),
        (suspect, "/statements", {"statement": "我承认"}),
        (None, "/proposals", found),
        (leader, "/findings", {**NUMBER, "finding": "伪造"}),
        (None, "/services", {"remedy": "六十日内申请复核"}),
        (suspect, "/review-requests", {"grounds": "不服"}),
    )
    assert kept[0]["integrity handler"]["investigations.propose"] == {"NOT_YET_HEARD"}
    scene.look(case)


@presses(
    "case-file.read_file",
    "cases.read_case",
    does="amendments.take_back_opinion case-consultations.consult "
    "case-investigations.open_investigation cases.assess cases.resubmit "
    "cases.state_application cases.submit cases.withdraw materials.attach "
    "materials.detach progress.confirm_rescission progress.extend_window "
    "progress.propose_purge progress.propose_rescission progress.withhold "
    "recusals.apply_for_recusal recusals.declare_recusal reviews.decide "
    "reviews.designate_substitute reviews.give_opinion reviews.record_judgement "
    "reviews.return_for_revision",
)
def test_the_buttons_of_a_case(scene: Scene, world: World) -> None:
    applicant, school = scene.members["applicant"], world.school
    opened = done(applicant.post("/v1/cases", title(school))).body["stream"]
    scene.look(f"/v1/cases/{opened}")
    path = draft(applicant, school)
    scene.look(path)
    done(file(applicant, path))
    scene.look(path)
    scene.look(f"{path}/file")
    done(
        school.handler.change(
            path, "/returns", {**returned(applicant, done(applicant.get(path)).body), **WORD}
        )
    )
    kept = scene.look(path)
    assert kept["clerk"]["progress.propose_rescission"] == {"NOT_IN_SEAT"}
    done(refile(applicant, path))
    done(opine(school.handler, path))
    kept = scene.look(path)
    assert kept["stand-in for a term"]["amendments.take_back_opinion"] == {"NO_OPINION_OF_YOURS"}
    done(decide(school.leader, path))
    kept = scene.look(path)
    assert kept["leader above"]["reviews.decide"] == {"HANDLER_FIRST"}
    done(school.handler.change(path, "/rescissions", {"reason": "点错"}))
    scene.look(path)
    done(applicant.change(path, "/withdrawals", {}))
    scene.look(path)


@presses(
    "cases.read_case",
    "objections.read",
    does="amendments.amend_posting case-consultations.consult "
    "case-investigations.open_investigation cases.withdraw objections.identify "
    "objections.investigate objections.screen objections.settle posting-proofs.prove "
    "progress.extend_window progress.go_on progress.open_publicity "
    "progress.propose_purge progress.propose_rescission progress.void_publicity "
    "progress.withhold recusals.apply_for_recusal recusals.declare_recusal "
    "reviews.give_opinion reviews.return_for_revision",
)
def test_the_buttons_of_a_publicity_and_of_an_objection(
    city_scene: Scene, publishing_city: PublishingCity
) -> None:
    scene, city = city_scene, publishing_city
    applicant = scene.members["applicant"]
    path = city.filed(applicant)
    passed(path, city.enterprise)
    scene.look(path)
    posting = post(path, city.enterprise, "2024-09-25")
    kept = scene.look(path)
    assert kept["handler of the enterprise"]["progress.go_on"] == {"PUBLICITY_TOO_SHORT"}
    city.catch_up()
    raised = object_to(city, Public(path, posting, applicant))
    settled = {"decision": "某人社复〔2024〕1号", "answer": "已核查", "summary": "有人反映"}
    scene.steps(
        city.bureau.integrity_handler,
        raised.path,
        (city.bureau.seated["duty_officer"], "/screenings", {"admitted": True}),
        (None, "/investigations", FINDINGS),
        (city.bureau.integrity_leader, "/settlements", {"disposition": None, **settled}),
    )
    city.at("2024-10-15T09:00:00")
    scene.look(path)
    done(go_on(city.enterprise.handler, path))
    scene.look(path)
