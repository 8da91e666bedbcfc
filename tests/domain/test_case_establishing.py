"""Facts that are not the applicant's to say: who establishes them, at which stage, by when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.case import draft, establishing, handler_opinion, leader_decision
from domain.case.application import Particular
from domain.case.draft import ApplicationStated, StateApplication
from domain.case.facts import About, facts
from domain.case.remembered import Established
from domain.case.values import EstablishedFact, Recommendation
from domain.policy.loader import Document, load_law
from domain.policy.sources import Source
from domain.policy.verdict import Outcome
from domain.refusal import Refusal
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    CHEN,
    DENG,
    DEPARTMENT_HANDLER,
    NOON,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    organisation,
)
from tests.domain.story import (
    APPLICATION,
    APPROVE,
    AT_THE_BUREAU,
    AT_THE_DEPARTMENT,
    AT_THE_EMPLOYER,
    BEFORE_THE_LEADER,
    DRAFT,
    RESUBMITTED,
    RETURNED,
    after,
    opinion,
    opinion_at,
    passed,
)
from tests.policy.sample import DEFAULT, HEAD

if TYPE_CHECKING:
    from domain.case.returning import CaseReturned
    from domain.case.state import Case
    from domain.policy.verdict import Verdict

ASKING = """
[facts]
resident = "本地居民 whether resident here"
conduct = { means = "现实表现 conduct", said_by = "employer" }
agreed = { means = "上级同意 consent from above", said_by = "authority", by = "department" }
examined = { means = "以考代评 examined", said_by = "reviewer" }

[[conditions]]
id = "asked"
zh = "四项均符合"
en = "all four are as they should be"
require = { resident = true, conduct = true, agreed = true, examined = false }
code = "CONDITION_NOT_MET"
rule = "S-GOOD"

[[stages]]
id = "employer"
zh = "单位审核"
en = "review by the employer"
body = "employer"
rule = "S-BODY"
"""
LAW = load_law(DEFAULT, Document("sample", HEAD + ASKING))
RESIDENT = Particular(claim="resident", name="resident", value="true")
CONDUCT = EstablishedFact(fact="conduct", value="true", source="employer", periods=(), titles=())
EXAMINED = EstablishedFact(fact="examined", value="false", source="reviewer", periods=(), titles=())
HANDLER = SCHOOL_HANDLER.around


def verdict(*particulars: Particular, **established: str) -> Verdict:
    about = About(
        series="中小学教师",
        specialty="数学",
        level="assistant",
        application=replace(APPLICATION, particulars=particulars),
        supported=frozenset(),
        employer=organisation(SCHOOL),
        applicant=(),
        documents=(),
        established=tuple(
            Established(fact, value, "reviewer", "bureau", (), ())
            for fact, value in established.items()
        ),
    )
    return LAW.assess(facts(about, LAW, NOON))


def named(refusals: list[Refusal]) -> list[str | None]:
    assert {each.code for each in refusals} <= {"FACT_OPEN"}
    return [each.pointer for each in refusals]


def test_only_what_is_the_applicants_to_say_stands_in_the_way_of_filing() -> None:
    assert named(establishing.open_at_filing(verdict(), LAW)) == ["/facts/resident"]
    assert establishing.open_at_filing(verdict(RESIDENT), LAW) == []


def test_a_refusal_names_the_fact_whose_turn_it_is_by_when_and_the_rule() -> None:
    (refusal,) = establishing.open_at_filing(verdict(), LAW)
    assert refusal.chinese == "「本地居民」（resident）尚未确定，须在提交前由申报人说明。"
    assert "the applicant has to say it before filing" in refusal.english
    assert [each.rule for each in refusal.citations] == ["S-GOOD"]
    later = {
        e.pointer: e for e in establishing.open_at("employer", AT_THE_EMPLOYER, verdict(), LAW)
    }
    assert "须在「单位审核」时由用人单位说明" in later["/facts/conduct"].chinese


@pytest.mark.parametrize(
    ("case", "stage", "open_there"),
    [
        (AT_THE_EMPLOYER, "employer", ["conduct"]),
        (AT_THE_DEPARTMENT, "department", ["agreed", "conduct"]),
        (AT_THE_BUREAU, "bureau", ["agreed", "conduct", "examined"]),
    ],
)
def test_what_is_due_grows_from_stage_to_stage(
    case: Case, stage: str, open_there: list[str]
) -> None:
    found = establishing.open_at(stage, case, verdict(RESIDENT), LAW)
    assert named(found) == [f"/facts/{each}" for each in open_there]
    due = [each.name for each in verdict(RESIDENT).open if establishing.is_due(each, case)]
    assert due == open_there


def test_in_a_draft_only_what_filing_waits_for_is_due() -> None:
    due = [each.name for each in verdict().open if establishing.is_due(each, DRAFT)]
    assert due == ["resident"]


def test_recognition_waits_for_the_last_stage_at_which_anybody_sits() -> None:
    *before, last = AT_THE_BUREAU.chain
    committee = replace(AT_THE_BUREAU, chain=(*before, replace(last, seats=())))
    found = establishing.open_at("department", committee, verdict(RESIDENT), LAW)
    assert "/facts/examined" in named(found)


def test_a_fact_that_is_refuted_lets_nobody_speak_in_favour() -> None:
    said = verdict(RESIDENT, conduct="false", agreed="true", examined="false")
    assert said.outcome is Outcome.INELIGIBLE
    (refused,) = establishing.open_at("employer", AT_THE_EMPLOYER, said, LAW)
    assert (refused.code, refused.citations[0].rule) == ("CONDITION_NOT_MET", "S-GOOD")


def test_all_established_is_eligible() -> None:
    said = verdict(RESIDENT, conduct="true", agreed="true", examined="false")
    assert (said.outcome, said.open) == (Outcome.ELIGIBLE, ())
    assert establishing.open_at("bureau", AT_THE_BUREAU, said, LAW) == []


def test_nobody_states_what_is_anothers_to_say() -> None:
    bold = Particular(claim="bold", name="conduct", value="true")
    open_still = verdict(RESIDENT, bold).open
    assert "conduct" in {each.name for each in open_still}
    (refusal,) = establishing.not_theirs(["resident", "conduct", "conduct"], LAW)
    assert refusal.code == "FACT_NOT_YOURS"
    assert "用人单位" in refusal.chinese
    stated = StateApplication(application=APPLICATION, obstacles=(refusal,))
    given(DRAFT).when(draft.state_application, stated).refused("FACT_NOT_YOURS")


@pytest.mark.parametrize(
    ("stage", "speakers", "as_whom"),
    [
        ("employer", (Source.EMPLOYER,), Source.EMPLOYER),
        ("employer", (Source.REVIEWER,), None),
        ("employer", (Source.AUTHORITY, Source.EMPLOYER), Source.EMPLOYER),
        ("department", (Source.EMPLOYER,), None),
        ("department", (Source.EMPLOYER, Source.REVIEWER), Source.REVIEWER),
        ("bureau", (Source.AUTHORITY,), Source.AUTHORITY),
        ("bureau", (Source.RECEIVER,), Source.RECEIVER),
        ("bureau", (Source.REGISTER, Source.APPLICANT), None),
    ],
)
def test_each_stage_says_what_is_its_own(
    stage: str, speakers: tuple[Source, ...], as_whom: Source | None
) -> None:
    assert establishing.source_at(AT_THE_BUREAU, AT_THE_BUREAU.stage(stage), speakers) is as_whom


def test_who_is_alone_in_the_chain_says_both() -> None:
    alone = replace(AT_THE_EMPLOYER, chain=AT_THE_EMPLOYER.chain[:1])
    (stage,) = alone.chain
    assert establishing.source_at(alone, stage, (Source.REVIEWER,)) is Source.REVIEWER
    assert establishing.source_at(alone, stage, (Source.EMPLOYER,)) is Source.EMPLOYER


def test_a_handler_says_nothing_that_is_not_this_stages_to_say() -> None:
    stranger = EstablishedFact(fact="examined", value="false", source="", periods=(), titles=())
    said = opinion(established=(CONDUCT, stranger))
    (refusal,) = (
        given(AT_THE_EMPLOYER)
        .when(handler_opinion.give_opinion, said, HANDLER)
        .refused("FACT_NOT_HERE")
    )
    assert "examined" in refusal.english
    assert "conduct" not in refusal.english
    assert establishing.not_here(()) == []


def test_nobody_speaks_in_favour_against_the_law() -> None:
    against = (Refusal("FACT_OPEN", "尚未确定。", "It is open.", ()),)
    around = replace(HANDLER, against=against)
    given(AT_THE_EMPLOYER).when(handler_opinion.give_opinion, opinion(), around).refused(
        "FACT_OPEN"
    )
    leading = replace(SCHOOL_LEADER.around, against=against)
    given(BEFORE_THE_LEADER).when(leader_decision.decide_as_leader, APPROVE, leading).refused(
        "FACT_OPEN"
    )


def test_against_a_case_anybody_may_speak_whatever_is_open() -> None:
    around = replace(HANDLER, against=(Refusal("FACT_OPEN", "尚未确定。", "It is open.", ()),))
    reasons = opinion(Recommendation.REJECT).reasons or ()
    given(AT_THE_EMPLOYER).when(
        handler_opinion.give_opinion, opinion(Recommendation.REJECT, reasons), around
    ).refused("REASON_MISSING")


ESTABLISHED = after(AT_THE_EMPLOYER, (replace(opinion_at("employer"), established=(CONDUCT,)), BAI))
FOUND_ABOVE = after(
    AT_THE_DEPARTMENT, (replace(opinion_at("department"), established=(EXAMINED,)), DENG)
)


def test_what_was_established_stands_under_its_name() -> None:
    (said,) = ESTABLISHED.established.values()
    assert (said.fact, said.value, said.source, said.stage) == (
        "conduct",
        "true",
        "employer",
        "employer",
    )
    worse = replace(opinion_at("employer"), established=(replace(CONDUCT, value="false"),))
    worsened = after(ESTABLISHED, (worse, BAI))
    assert worsened.established["conduct"].value == "false"
    better = replace(worse, established=(CONDUCT,))
    mended = after(worsened, (better, BAI))
    assert mended.established["conduct"].value == "true"
    assert after(mended, (worse, BAI)).established["conduct"].value == "false"
    assert establishing.knowing(AT_THE_EMPLOYER, (CONDUCT,), "employer").established == (
        ESTABLISHED.established
    )


def returned_to(case: Case, stage: str) -> Case:
    again = replace(RESUBMITTED, resume_stage=stage)
    back: CaseReturned = replace(RETURNED, stage="department", resume_stage=stage)
    return after(case, (back, DENG), (again, AN))


def test_what_a_stage_established_is_void_when_it_is_repeated() -> None:
    case = after(
        AT_THE_EMPLOYER,
        (replace(opinion_at("employer"), established=(CONDUCT,)), BAI),
        *passed("employer", "department", BAI, CHEN)[1:],
        (replace(opinion_at("department"), established=(EXAMINED,)), DENG),
    )
    assert set(case.established) == {"conduct", "examined"}
    assert set(returned_to(case, "employer").established) == set()
    assert set(returned_to(case, "department").established) == {"conduct"}


def test_other_claims_void_what_reviewers_found_and_nothing_that_the_employer_said() -> None:
    case = after(
        AT_THE_EMPLOYER,
        (replace(opinion_at("employer"), established=(CONDUCT,)), BAI),
        *passed("employer", "department", BAI, CHEN)[1:],
        (replace(opinion_at("department"), established=(EXAMINED,)), DENG),
    )
    back = after(case, (replace(RETURNED, stage="department", resume_stage="bureau"), DENG))
    other = replace(APPLICATION, specialty_worked="物理")
    restated = after(back, (ApplicationStated(application=other, unchanged=()), AN))
    assert set(restated.established) == {"conduct"}
    same = ApplicationStated(application=APPLICATION, unchanged=tuple(APPLICATION.claims()))
    assert set(after(back, (same, AN)).established) == {"conduct", "examined"}


def test_an_act_that_is_rescinded_established_nothing() -> None:
    assert ESTABLISHED.last_act is not None
    assert ESTABLISHED.last_act.vouched == AT_THE_EMPLOYER.vouched
    given(FOUND_ABOVE).when(
        handler_opinion.give_opinion, opinion(established=(EXAMINED,)), DEPARTMENT_HANDLER.around
    ).then(replace(opinion_at("department"), established=(EXAMINED,)))
