"""What nobody has said passes no door: the applicant's part when filing, others' at their stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.demo.xunwu.claims import FILES, claims
from domain.account.events import Role
from tests.api.filings import (
    DECLARED,
    attach,
    decide,
    done,
    draft,
    file,
    filed,
    opine,
    refile,
    title,
)
from tests.api.society import House

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer
    from tests.api.world import World

AWAY = "某县就业创业服务中心"
STEPS = ("local_hr_verified", "city_title_office_collected", "province_title_office_consent")


def stated(house: House, *leave_out: str, **particulars: str) -> dict[str, Any]:
    """Claims without some particulars, and with others."""
    whole: dict[str, Any] = claims(insured=house.name)
    kept = [each for each in whole["particulars"] if each["name"] not in leave_out]
    said = [
        {"claim": name.replace("_", "-"), "name": name, "value": value}
        for name, value in particulars.items()
    ]
    return {**whole, "particulars": kept + said}


def drafted(applicant: Actor, house: House, claimed: dict[str, Any]) -> str:
    """The path of a case that states these claims."""
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(house))).body['stream']}"
    done(applicant.change(path, "/applications", claimed))
    for each in FILES:
        attach(applicant, path, each)
    return path


def open_facts(who: Actor, path: str) -> dict[str, tuple[list[str], str, bool]]:
    """What is open in a case: by whom it is to be said, by when, whether that time has come."""
    duties = done(who.get(f"{path}/duties")).body
    return {each["fact"]: (each["said_by"], each["by"], each["due"]) for each in duties["open"]}


def told(answer: Answer, code: str) -> list[dict[str, Any]]:
    """The reasons of that code with which it was refused."""
    assert answer.status == 409, answer.body
    refusals: list[dict[str, Any]] = answer.body["refusals"]
    return [each for each in refusals if each["code"] == code]


def test_the_silent_applicant_is_told_what_is_to_be_said_by_whom_and_files_nothing(
    world: World,
) -> None:
    applicant = world.applicant(world.school)
    path = drafted(applicant, world.school, stated(world.school, "profession", "file_kept_at"))
    assert open_facts(applicant, path)["profession"] == (["applicant"], "filing", True)
    refused = told(file(applicant, path), "FACT_OPEN")
    assert {each["pointer"] for each in refused} >= {"/facts/profession", "/facts/file_kept_at"}
    (profession,) = [each for each in refused if each["pointer"] == "/facts/profession"]
    assert "由申报人说明" in profession["detail"]
    assert "XW-16" in profession["rules"]
    said = stated(world.school)
    done(applicant.change(path, "/applications", said))
    done(file(applicant, path))


def test_insurance_that_is_left_out_is_asked_for(world: World) -> None:
    applicant = world.applicant(world.school)
    claimed = stated(world.school)
    del claimed["insurance"]
    path = drafted(applicant, world.school, claimed)
    refused = told(file(applicant, path), "FACT_OPEN")
    assert "/facts/employer.insured" in {each["pointer"] for each in refused}


def test_nobody_states_what_is_anothers_to_say(world: World) -> None:
    applicant = world.applicant(world.school)
    path = f"/v1/cases/{done(applicant.post('/v1/cases', title(world.school))).body['stream']}"
    bold = stated(world.school, exam_series="false", classified="false", consents=STEPS[0])
    refused = told(applicant.change(path, "/applications", bold), "FACT_NOT_YOURS")
    assert ["审查人" in each["detail"] for each in refused] == [True, True, False]
    assert "有权机关" in refused[2]["detail"]


def test_what_the_register_does_not_know_of_a_unit_is_asked_of_the_register(world: World) -> None:
    above = {"superior": world.department.organisation, "bureau": world.bureau.organisation}
    body = {
        "name": "县第九中学",
        "kind": "institution",
        "ownership": "state",
        "level": "county",
        "area": world.area,
        **above,
    }
    organisation = done(world.bureau.administrator.post("/v1/organisations", body)).body["stream"]
    administrator = world.account(
        world.bureau.administrator, "九中管理员", organisation, [Role.ADMINISTRATOR]
    )
    house = House(organisation, "县第九中学", administrator)
    applicant = world.applicant(house)
    path = drafted(applicant, house, stated(house))
    assert open_facts(applicant, path)["unit.kind"] == (["register"], "filing", True)
    (kind,) = [
        each
        for each in told(file(applicant, path), "FACT_OPEN")
        if each["pointer"] == "/facts/unit.kind"
    ]
    assert "由登记机关说明" in kind["detail"]
    described = {
        "kind": "institution",
        "ownership": "state",
        "traits": ["unit.sector=education", "unit.kind=secondary_school"],
        "effective_on": "2024-10-15",
        "document": "某编〔2024〕9号",
    }
    at = f"/v1/organisations/{house.organisation}"
    done(world.bureau.administrator.change(at, "/descriptions", described))
    done(file(applicant, path))


@pytest.fixture
def at_the_bureau(world: World) -> str:
    """The path of a case that waits for the bureau, at which reviewers have to find two facts."""
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    for house in (world.school, world.department):
        done(opine(house.handler, path))
        done(decide(house.leader, path))
    return path


def test_what_reviewers_have_to_find_is_due_where_the_case_is_decided(
    world: World, at_the_bureau: str
) -> None:
    path, handler = at_the_bureau, world.bureau.handler
    assert open_facts(handler, path)["exam_series"] == (["reviewer"], "recognition", True)
    silent = opine(handler, path, establishes=[])
    assert {each["pointer"] for each in told(silent, "FACT_OPEN")} == {
        "/facts/exam_series",
        "/facts/licence.required",
    }
    done(opine(handler, path))
    established = done(handler.get(f"{path}/duties")).body["established"]
    assert {each["fact"]: (each["value"], each["source"]) for each in established} == {
        "exam_series": ("false", "reviewer"),
        "licence.required": ("false", "reviewer"),
    }
    assert not any(due for _, _, due in open_facts(handler, path).values())


def test_a_fact_that_is_found_against_the_applicant_lets_nobody_approve(
    world: World, at_the_bureau: str
) -> None:
    examined = [
        {"fact": "exam_series", "value": "true"},
        {"fact": "licence.required", "value": "false"},
    ]
    answer = opine(world.bureau.handler, at_the_bureau, establishes=examined)
    (refused,) = told(answer, "EXAM_SERIES")
    assert refused["rules"] == ["XW-17"]
    against = opine(
        world.bureau.handler,
        at_the_bureau,
        establishes=examined,
        recommendation="reject",
        reasons=[{"code": "EXAM_SERIES", "rules": ["XW-17"]}],
    )
    done(against)
    approved = decide(world.bureau.leader, at_the_bureau)
    assert told(approved, "EXAM_SERIES")


def test_the_employer_finds_nothing_that_is_for_those_above(world: World) -> None:
    path = filed(world.applicant(world.school), world.school)
    early = [{"fact": "exam_series", "value": "false"}]
    assert told(opine(world.school.handler, path, establishes=early), "FACT_NOT_HERE")
    registered = [{"fact": "unit.kind", "value": "other"}]
    assert told(opine(world.school.handler, path, establishes=registered), "FACT_NOT_HERE")


class TestConsents:
    """Work elsewhere with the file kept here takes three consents before the filing (XW-15)."""

    def consent(
        self,
        world: World,
        path: str,
        step: str,
        by: Actor | None = None,
        **but: str,
    ) -> Answer:
        body = self.body(step) | but
        return (by or world.bureau.handler).post(f"{path}/consents", body)

    def body(self, step: str) -> dict[str, str]:
        return {
            "step": step,
            "given_by": "赣州市职称办",
            "document": "某职办〔2024〕3号",
            "given_on": "2024-10-14",
        }

    def confirmed(self, world: World, path: str, step: str) -> None:
        for by in (world.bureau.handler, world.bureau.leader):
            done(self.consent(world, path, step, by))

    @pytest.fixture
    def away(self, world: World) -> tuple[Actor, str]:
        return self.waiting(world)

    def waiting(self, world: World) -> tuple[Actor, str]:
        applicant = world.applicant(world.school)
        claimed = stated(world.school, "file_kept_at", file_kept_at=AWAY, insurance_ok="false")
        return applicant, drafted(applicant, world.school, claimed)

    def test_the_filing_waits_for_each_of_them(self, world: World, away: tuple[Actor, str]) -> None:
        applicant, path = away
        refused = told(file(applicant, path), "FACT_OPEN")
        assert {each["pointer"] for each in refused} == {"/facts/consents"}
        for step in STEPS[:2]:
            self.confirmed(world, path, step)
        done(self.consent(world, path, STEPS[2]))
        early = told(file(applicant, path), "STAGE_ORDER")
        assert STEPS[2] in str(early)
        done(self.consent(world, path, STEPS[2], world.bureau.leader))
        done(applicant.change(path, "/submissions", DECLARED))

    def test_one_document_that_names_many_is_entered_once_and_confirmed_once(
        self, world: World
    ) -> None:
        away = [self.waiting(world) for _ in range(2)]
        here = filed(world.applicant(world.school), world.school).rpartition("/")[2]
        cases = [path.rpartition("/")[2] for _, path in away]

        def listed(by: Actor, step: str, **but: str) -> list[list[str]]:
            body = {**self.body(step), "cases": [*cases, cases[0], here], **but}
            outcomes = done(by.post("/v1/consent-lists", body)).body["outcomes"]
            assert [each["case"] for each in outcomes] == [*cases, here]
            return [each["codes"] for each in outcomes]

        handler, leader = world.bureau.handler, world.bureau.leader
        nobody = [["CONSENT_NOT_ENTERED"]] * 2 + [["STAGE_ORDER"]]
        assert [each[:1] for each in listed(leader, STEPS[0])] == nobody
        for step in STEPS:
            assert listed(handler, step)[:2] == [[], []]
            differs = listed(leader, step, document="某职办〔2024〕4号")
            assert differs[:2] == [["CONSENT_DIFFERS"]] * 2
            assert listed(leader, step)[:2] == [[], []]
        for applicant, path in away:
            done(applicant.change(path, "/submissions", DECLARED))

    def test_it_takes_two_persons_of_an_office_above_before_the_filing(
        self, world: World, away: tuple[Actor, str]
    ) -> None:
        _, path = away
        for below in (world.school.leader, world.enterprise.leader, world.school.administrator):
            assert self.consent(world, path, STEPS[0], below).code == "NOT_FOUND"
        alone = self.consent(world, path, STEPS[0], world.bureau.leader)
        assert told(alone, "CONSENT_NOT_ENTERED")
        assert told(self.consent(world, path, "somebody_agreed"), "CONSENT_NOT_ASKED")
        later = self.consent(world, path, STEPS[0], given_on="2024-10-16")
        assert told(later, "OCCURRED_LATER")
        assert self.consent(world, path, STEPS[0], document="口头").status == 422
        done(self.consent(world, path, STEPS[0]))
        differing = self.consent(
            world, path, STEPS[0], world.bureau.leader, document="某职办〔2024〕4号"
        )
        assert told(differing, "CONSENT_DIFFERS")
        done(self.consent(world, path, STEPS[0], world.bureau.leader))
        assert told(self.consent(world, path, STEPS[0]), "CONSENT_GIVEN")
        other = filed(world.applicant(world.school), world.school)
        assert told(self.consent(world, other, STEPS[0]), "STAGE_ORDER")
        assert world.bureau.leader.get(path).status == 404


def test_a_draft_that_says_everything_is_filed(world: World) -> None:
    applicant = world.applicant(world.school)
    path = draft(applicant, world.school)
    assert not any(due for _, _, due in open_facts(applicant, path).values())
    done(file(applicant, path))


def test_a_return_names_what_is_missing_and_is_answered_item_by_item(world: World) -> None:
    applicant = world.applicant(world.school)
    path = filed(applicant, world.school)
    problems = {"licence": "缺少从业资格证书", "report": "报告没有采纳证明"}
    items = [{"subject": s, "problem": p, "rules": ["XW-16"]} for s, p in problems.items()]
    body = {"items": items, "no_reason_to_recuse": True}
    strange = {**body, "items": [{**items[0], "subject": "anything"}]}
    handler = world.school.handler
    assert told(handler.change(path, "/returns", strange), "UNKNOWN_CLAIM")
    done(handler.change(path, "/returns", body))
    silent = applicant.change(path, "/resubmissions", {**DECLARED, "answers": []})
    assert told(silent, "RETURN_ITEMS_UNANSWERED")
    said = {**DECLARED, "answers": [{"item": "1", "answer": "本职业没有准入要求。"}]}
    assert told(applicant.change(path, "/resubmissions", said), "RETURN_ITEMS_UNANSWERED")
    done(refile(applicant, path))
    history = done(handler.get(f"{path}/history")).body["events"]
    (again,) = [each for each in history if each["topic"] == "case:resubmitted:1"]
    assert again["fields"]["unmended"] == ["1", "2"]
    assert [each["answer"] for each in again["fields"]["answers"]] == ["已改正。", "已改正。"]
