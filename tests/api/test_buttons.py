"""Buttons tell the truth, over HTTP: what is on offer is done, and what is not is refused.

In every state of a thing everybody presses every button that they are shown, with a form that is
filled by what the server tells of it; and tries every act that they are not shown. Nothing of it
is recorded, so the thing stays as it is. One that is shown and kept from somebody says why, by a
rule with its words, as the act itself is then refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from api.demo.reviewing import establishes, verifications
from domain.account.events import Role
from domain.separation import REVIEWING_SEATS
from tests.api import achievements, moves
from tests.api.access_cast import cast
from tests.api.actor import Actor
from tests.api.filings import WORD, decide, done, draft, file, filed, opine, passed, refile, title
from tests.api.forms import under
from tests.api.lawmaking import attach_notice, propose, take_back, text_of
from tests.api.objections import FINDINGS, Public, object_to
from tests.api.pressing import Presser, Typed, without_recording
from tests.api.provinces import go_on, post
from tests.api.renamings import proposed as renaming_proposed
from tests.api.society import House, Society, invented_number

if TYPE_CHECKING:
    from tests.api.provinces import PublishingCity
    from tests.api.world import World

WHY = {"reason": "核对举报"}
PRESENT = {
    "applicant",
    "handler",
    "leader",
    "clerk",
    "administrator",
    "leader above",
    "administrator above",
    "integrity handler",
    "integrity leader",
    "auditor",
    "inspector",
    "stand-in for a term",
}
Step = tuple[Actor | None, str, Any]
"""An act by whom, where, and with which body."""
NUMBER = {"decision": "某发〔2024〕1号"}


def verified(by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Every claim, and every fact that is for this stage to say; of a draft there is none."""
    if not seen["chain"]:
        return {}
    duties = by.get(f"/v1/cases/{seen['case']}/duties")
    said = {"establishes": establishes(duties.body)} if duties.status == 200 else {}
    return {"verifications": verifications(dict(seen), {}), **said}


def returned(_by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """A claim of the case, by a rule of its notice."""
    rule = "XW-28" if seen["law"]["pack"] == "xunwu-2024" else "HZ-01"
    subject = next(under(seen["application"], "claim"), "")
    return {"items": [{"subject": subject, "problem": "请补正", "rules": [rule]}]}


def as_read(_by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The edition, its rules and its notice, as they were read."""
    notice = None if seen["notice"] is None else seen["notice"]["digest"]
    return {"digest": seen["digest"], "rules": seen["rules"], "notice": notice}


def seated(by: Actor, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The stage and the seat in which somebody reviews a case, or else the first of it."""
    for each in seen["chain"]:
        holders = by.get(f"/v1/organisations/{each['organisation']}/appointments")
        for one in holders.body.get("appointments", ()):
            if one["account"] == by.account and one["seat"] in REVIEWING_SEATS:
                return {"stage": each["stage"], "seat": one["seat"]}
    first = next((each["stage"] for each in seen["chain"]), "employer")
    return {"stage": first, "seat": "leader"}


@dataclass
class Scene:
    """A place with everybody in it who looks; ``done`` is what anybody was seen to be able to."""

    place: Society
    members: dict[str, Actor]
    patch: pytest.MonkeyPatch
    typed: Mapping[str, Typed]
    done: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know what the server tells of its forms."""
        self.presser = Presser(self.place, self.typed)

    def look(self, path: str) -> dict[str, dict[str, set[str]]]:
        """Let everybody press everything; what each is shown and kept from, by its reasons."""
        with without_recording(self.patch):
            return {name: self._press(name, by, path) for name, by in self.members.items()}

    def _press(self, name: str, by: Actor, path: str) -> dict[str, set[str]]:
        kept: dict[str, set[str]] = {}
        for each in self.presser.shown(by, path):
            operation, reasons = str(each.button["operation"]), each.button["refusals"]
            tried = (name, path, operation, each.answer and each.answer.body)
            if reasons:
                assert all(one["rules"] and one["detail"] for one in reasons), (tried, reasons)
                kept[operation] = {one["code"] for one in reasons}
                assert each.answer is None or not each.carried_out, tried
                assert (
                    each.answer is None
                    or each.about_the_form
                    or (kept[operation] & {*each.codes, each.answer.code})
                ), (tried, reasons)
            elif each.answer is not None:
                fits = each.answer.status in (200, 201) or each.about_the_form
                assert each.carried_out or fits, tried
                if each.carried_out:
                    self.done.add(operation)
        for each in self.presser.not_shown(by, path):
            tried = (name, path, each.button["operation"], "is not shown, and done")
            assert not each.carried_out, tried
        return kept

    def steps(self, by: Actor, path: str, *acts: Step) -> list[dict[str, dict[str, set[str]]]]:
        """What ``look`` says at first, and after each act."""
        seen = [self.look(path)]
        for actor, act, body in acts:
            done((actor or by).change(path, act, body))
            seen.append(self.look(path))
        return seen


@pytest.fixture
def scene(world: World, monkeypatch: pytest.MonkeyPatch) -> Scene:
    applicant = world.applicant(world.school, "某申报人")
    everybody = cast(world, applicant, applicant)
    members = {name: everybody[name].actor for name in PRESENT}
    members["system administrator"] = world.system
    members["clerk of the bureau"] = world.account(
        world.bureau.administrator, "局内人员", world.bureau.organisation, [Role.OFFICIAL]
    )
    clerk, bureau = members["clerk"].account, world.bureau.organisation
    return Scene(
        world,
        members,
        monkeypatch,
        {
            "persons.unmask": WHY,
            "integrity-consultations.consult": WHY,
            "case-consultations.consult": WHY,
            "erasures.ask": {"organisation": bureau},
            "reviews.give_opinion": verified,
            "reviews.return_for_revision": returned,
            "reviews.record_judgement": lambda _, seen: {
                "question": next(iter(seen["standing"]["open_questions"]), "")
            },
            "recusals.declare_recusal": seated,
            "recusals.apply_for_recusal": seated,
            "reviews.designate_substitute": {"stage": "employer", "account": clerk},
            "appointments.appoint": {"account": clerk},
            "organisation-changes.describe": {
                "kind": "institution",
                "traits": ["unit.autonomous=false", "unit.kind=other", "unit.sector=education"],
            },
            "organisation-changes.place": {
                "superior": world.department.organisation,
                "bureau": None,
                "level": "county",
                "area": world.area,
            },
            "organisation-changes.merge": {"into": world.enterprise.organisation},
            "organisation-changes.correct_credit_code": {"credit_code": "12360734MB0000000X"},
            "window-extensions.propose": {"pack": "xunwu-2024"},
            "editions.decide": as_read,
            "accounts.open_account": {
                "document": {"kind": "resident_identity_card", "number": invented_number()}
            },
        },
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
    assert {"appointments.appoint", "accounts.open_account", "organisation-changes.merge"} <= (
        scene.done
    )


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


def test_the_buttons_of_an_account(scene: Scene, world: World) -> None:
    new = world.account(
        world.school.administrator, "某新人", world.school.organisation, [Role.OFFICIAL]
    )
    kept = scene.look(f"/v1/accounts/{world.school.administrator.account}")
    assert kept["administrator"]["accounts.give_code"] == {"OWN_SECRET"}
    scene.look(f"/v1/accounts/{new.account}")
    assert {"accounts.give_code", "accounts.disable"} <= scene.done
    assert not {each for each in scene.done if each.startswith("account-bindings")}


def test_the_buttons_of_a_person(scene: Scene, world: World) -> None:
    applicant = scene.members["applicant"]
    path = f"/v1/persons/{applicant.person}"
    held = {"mandate": "某函〔2024〕1号", "reason": "核查"}
    kept = scene.steps(world.inspector, path, (None, "/holds", held))[0]
    assert kept["clerk of the bureau"]["person-links.propose"] == {"NOT_IN_SEAT"}
    assert kept["handler"]["person-links.propose"] == {"WITHOUT_POWER"}
    own = scene.look(f"/v1/persons/{world.bureau.integrity_handler.person}")
    assert own["integrity handler"]["person-links.propose"] == {"OWN_AFFAIR"}
    assert {"persons.unmask", "integrity-consultations.consult", "erasures.ask"} <= scene.done
    record = achievements.path_of(applicant)
    entry = achievements.entered(applicant)
    scene.look(record)
    done(achievements.review(world.school.handler, applicant, entry))
    scene.look(record)
    assert {"achievements.enter", "achievements.review_achievement"} <= scene.done


def test_the_buttons_of_a_move(scene: Scene, world: World) -> None:
    applicant, joins = scene.members["applicant"], world.enterprise
    scene.members |= {"who is joined": joins.administrator}
    path = moves.asked(applicant, joins)
    accepts: Step = (joins.administrator, "/acceptances", {})
    _, accepted, _ = scene.steps(
        applicant, path, accepts, (world.school.administrator, "/releases", moves.ENDED)
    )
    assert accepted["administrator above"]["moves.release"] == {"RELEASE_TERM_RUNS"}
    assert {"moves.accept", "moves.release", "moves.withdraw"} <= scene.done


def test_the_buttons_of_what_two_officers_say_of_persons(scene: Scene, world: World) -> None:
    first, second = scene.members["applicant"], world.applicant(world.school)
    handler, leader = world.bureau.integrity_handler, world.bureau.integrity_leader
    pair = {"first": first.person, "second": second.person, "evidence": "同一指纹"}
    link = done(handler.post("/v1/person-links", pair)).body["stream"]
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
    kept = scene.steps(leader, f"/v1/binding-corrections/{correction}", confirms)
    assert kept[0]["integrity handler"]["binding-corrections.confirm"] == {"TWO_OFFICERS"}
    kept = scene.steps(leader, renaming_proposed(handler, first, "某更名者"), confirms)
    assert kept[0]["integrity handler"]["person-renamings.confirm"] == {"TWO_OFFICERS"}
    assert {"person-links.sever", "binding-corrections.confirm", "person-renamings.confirm"} <= (
        scene.done
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
    assert {"erasures.order", "criticisms.issue", "criticisms.drop"} <= scene.done


def test_the_buttons_of_a_mandate(scene: Scene, world: World) -> None:
    second = world.account(world.system, "监督乙", None, [Role.INSPECTOR])
    scene.members |= {"second inspector": second}
    path = world.proposed(world.inspector)
    kept = scene.look(path)
    assert kept["inspector"]["mandates.decide_mandate"] == {"TWO_OFFICERS"}
    world.approved(path, world.inspector, second)
    scene.look(path)
    assert "mandates.attach" in scene.done


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
    assert {"editions.attach", "editions.take_back", "editions.decide"} <= scene.done


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
    assert {f"investigations.{each}" for each in ("notify", "state", "find", "close")} <= scene.done


def test_the_buttons_of_a_case(scene: Scene, world: World) -> None:
    applicant, school = scene.members["applicant"], world.school
    opened = done(applicant.post("/v1/cases", title(school))).body["stream"]
    scene.look(f"/v1/cases/{opened}")
    path = draft(applicant, school)
    scene.look(path)
    done(file(applicant, path))
    scene.look(path)
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
    done(applicant.change(path, "/withdrawals", {}))
    scene.look(path)
    assert {
        "cases.submit",
        "cases.resubmit",
        "cases.withdraw",
        "materials.attach",
        "reviews.give_opinion",
        "reviews.decide",
        "reviews.return_for_revision",
        "amendments.take_back_opinion",
        "progress.propose_rescission",
        "recusals.declare_recusal",
    } <= scene.done


def everybody_of(city: PublishingCity) -> dict[str, Actor]:
    """Every seat of both houses, and who watches."""

    def seats(place: str, house: House) -> dict[str, Actor]:
        return {f"{seat} of the {place}": actor for seat, actor in house.seated.items()}

    return {
        **seats("enterprise", city.enterprise),
        **seats("bureau", city.bureau),
        "inspector": city.inspector,
        "administrator": city.enterprise.administrator,
    }


def test_the_buttons_of_a_publicity_and_of_an_objection(
    publishing_city: PublishingCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = publishing_city
    typed: dict[str, Typed] = {
        "case-consultations.consult": WHY,
        "reviews.give_opinion": verified,
        "reviews.return_for_revision": returned,
        "recusals.declare_recusal": seated,
        "recusals.apply_for_recusal": seated,
        "progress.open_publicity": {"evidence": "张贴照片", "place": "公开栏"},
    }
    applicant = city.applicant(city.enterprise)
    scene = Scene(city, {"applicant": applicant, **everybody_of(city)}, monkeypatch, typed)
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
    assert {"progress.open_publicity", "progress.void_publicity", "progress.go_on"} <= scene.done
    assert {f"objections.{each}" for each in ("screen", "investigate", "settle")} <= scene.done
