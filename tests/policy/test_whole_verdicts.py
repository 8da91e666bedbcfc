"""A verdict told whole: every condition with its words, its arithmetic and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.computed import Anniversary, ClosedPeriod
from domain.policy.periods import Length
from domain.policy.verdict import Condition, Outcome, Status, Verdict
from domain.refusals.sentences_by_code import refusal
from tests.policy.conftest import told
from tests.policy.sample import (
    BATCHES,
    EXCEPTIONAL,
    HEAD,
    LEVELS,
    ROUTES,
    cited,
    sample,
)

D = date
LAW = sample(LEVELS, ROUTES, EXCEPTIONAL, BATCHES)
HANDLED = Condition(
    id="handled",
    chinese="申报级别属于本通知办理范围",
    english="The notice deals with this level",
    status=Status.MET,
    facts=("assistant",),
    citations=(cited("S-LEVEL"),),
)
BACHELOR = {"level": "bachelor", "date": D(2024, 6, 30)}
MAY = "2025-05-20T10:00:00+08:00"


def asked(**facts: Any) -> Verdict:  # noqa: ANN401 -- whatever may be said
    return LAW.assess(told(**facts))


def test_who_is_too_early_is_told_why_and_from_when() -> None:
    rests_on = (cited("S-BACHELOR"), cited("S-GOOD"))
    reached = Anniversary(D(2024, 7, 1), 1, 0, D(2025, 7, 1))
    too_few = refusal(
        "YEARS_SHORT",
        rests_on,
        needed=("1年", "1 year"),
        had=("10个月19天", "10 months 19 days"),
        reference="2025-05-20",
        when=("2025-07-01届满", "it is reached on 2025-07-01"),
    )
    years = Condition(
        id="bachelor.0",
        chinese="满1年",
        english="1 year reached",
        status=Status.UNMET,
        facts=("0y10m19d",),
        computed=(reached,),
        citations=rests_on,
        refusal=too_few,
        next_on=D(2025, 7, 1),
        term=LAW.whole.routes["bachelor"].terms[0],
    )
    way = Condition(
        id="bachelor",
        chinese="本科",
        english="bachelor",
        status=Status.UNMET,
        facts=("bachelor",),
        citations=rests_on,
        children=(years,),
    )
    verdict = asked(
        applied="assistant",
        education=[BACHELOR],
        work=[{"from": D(2024, 7, 1)}],
        submitted_at=MAY,
    )
    assert verdict == Verdict(
        outcome=Outcome.INELIGIBLE,
        root=Condition(
            id="eligibility",
            chinese="申报资格",
            english="Eligibility",
            status=Status.UNMET,
            children=(HANDLED, way),
        ),
        refusals=(too_few,),
        computed=(reached,),
        route="recognition",
        route_id="bachelor",
        case_type="first",
        required_years=1,
        total=Length(0, 10, 19),
        next_possible="B2",
        next_possible_on=D(2025, 7, 1),
        batch="B1",
        reference_date=D(2025, 5, 20),
        citations=(cited("S-LEVEL"), *rests_on),
    )


def test_requirements_in_a_row_are_shown_as_one_anniversary() -> None:
    first = Anniversary(D(2023, 6, 30), 1, 0, D(2024, 6, 30))
    second = Anniversary(D(2024, 6, 30), 1, 0, D(2025, 6, 30))
    both = Anniversary(D(2023, 6, 30), 2, 0, D(2025, 6, 30))
    verdict = asked(
        applied="intermediate",
        education=[{"level": "master", "date": D(2023, 6, 30)}],
        work=[{"from": D(2023, 3, 1)}],
        submitted_at="2025-10-20T10:00:00+08:00",
    )
    way = verdict.root.children[1]
    assert way.computed == (both,)
    assert [each.computed for each in way.children] == [(first,), (second,)]
    assert verdict.computed == (both, first, second)
    assert (verdict.outcome, verdict.level) == (Outcome.ELIGIBLE, "intermediate")
    assert (verdict.required_years, verdict.total) == (2, Length(2, 3, 20))
    assert (verdict.route_id, verdict.best_level) == ("master", "intermediate")


def test_the_length_of_every_closed_job_is_shown_first() -> None:
    verdict = asked(
        applied="assistant",
        education=[BACHELOR],
        work=[
            {"from": D(2020, 1, 1), "to": D(2020, 3, 31), "relation": "other"},
            {"from": D(2024, 1, 1)},
        ],
        submitted_at=MAY,
    )
    assert verdict.computed == (
        ClosedPeriod(D(2020, 1, 1), D(2020, 3, 31), Length(0, 3)),
        Anniversary(D(2024, 1, 1), 1, 0, D(2025, 1, 1)),
    )


@pytest.mark.parametrize(
    ("applied", "handled"),
    [
        ("yuan", True),
        ("assistant", True),
        ("junior", True),
        ("intermediate", True),
        ("senior", False),
        ("deputy_senior", False),
    ],
)
def test_a_level_is_handled_as_one_of_its_group(applied: str, handled: object) -> None:
    condition = asked(applied=applied).root.children[0]
    assert condition.id == "handled"
    assert condition.facts == (applied,)
    assert (condition.status is Status.MET) is handled
    assert (condition.refusal is None) is handled


def test_a_group_that_is_applied_for_is_handled_by_its_highest_level_and_by_no_lower() -> None:
    only_assistant = sample(LEVELS.replace('"junior"', '"assistant"'), ROUTES)
    assert only_assistant.assess(told(applied="junior")).root.children[0].status is Status.MET
    assert only_assistant.assess(told(applied="yuan")).reasons == ("LEVEL_NOT_HANDLED",)
    only_yuan = sample(LEVELS.replace('"junior"', '"yuan"'), ROUTES)
    assert only_yuan.assess(told(applied="junior")).reasons == ("LEVEL_NOT_HANDLED",)
    assert only_yuan.assess(told(applied="assistant")).reasons == ("LEVEL_NOT_HANDLED",)


def test_where_the_level_is_not_handled_no_way_is_looked_for() -> None:
    verdict = asked(applied="senior")
    told_why = refusal("LEVEL_NOT_HANDLED", (cited("S-LEVEL"),), level=("高级", "senior level"))
    assert verdict.refusals == (told_why,)
    assert [each.id for each in verdict.root.children] == ["handled"]
    assert (verdict.route, verdict.route_id, verdict.required_years) == (None, None, None)
    unheard = asked(applied="unheard_of").refusals[0]
    assert "unheard_of" in unheard.chinese
    assert "unheard_of" in unheard.english


def test_where_no_route_leads_to_the_level_that_is_said() -> None:
    only_junior = sample(ROUTES)
    high_school = [{"level": "high_school", "date": D(2020, 6, 30)}]
    verdict = only_junior.assess(told(applied="assistant", education=high_school))
    (way,) = verdict.root.children
    assistant = LAW.whole.levels["assistant"]
    rests_on = (cited("S-COLLEGE"), cited("S-BACHELOR"), cited("S-MASTER"))
    assert way == Condition(
        id="route",
        chinese="有相应的申报途径",
        english="There is a route",
        status=Status.UNMET,
        citations=rests_on,
        refusal=refusal("NO_ROUTE", rests_on, level=(assistant.chinese, assistant.english)),
    )


def test_without_a_level_no_route_is_refused_for_it() -> None:
    verdict = sample(ROUTES).assess(told(education=[{"level": "high_school"}]))
    assert verdict.reasons == ("NO_ROUTE",)
    assert "没有取得的途径" in verdict.refusals[0].chinese
    assert sample().assess(told(applied="assistant")).root.children == ()


def test_an_exceptional_way_is_judged_and_taken_only_where_asked_for_or_no_other_fits() -> None:
    master = [{"level": "master", "date": D(2023, 6, 30)}]
    work = [{"from": D(2023, 7, 1)}]
    facts: dict[str, Any] = {"applied": "intermediate", "work": work, "submitted_at": MAY}
    ordinary = asked(education=master, **facts)
    assert (ordinary.route_id, ordinary.exceptional) == ("master", False)
    assert [each.id for each in ordinary.root.children] == ["handled", "master"]
    on_request = asked(education=master, exceptional=True, **facts)
    assert (on_request.route_id, on_request.exceptional) == ("exceptional", True)
    assert on_request.outcome is Outcome.MANUAL_REVIEW
    only_way = asked(education=[BACHELOR], **facts)
    assert (only_way.route_id, only_way.outcome) == ("exceptional", Outcome.MANUAL_REVIEW)
    (question,) = only_way.refusals
    assert question.code == "MANUAL_JUDGEMENT_NEEDED"
    assert question.citations == (cited("S-GOOD"),)
    assert "破格" in question.chinese
    assert "exceptional" in question.english
    assert only_way.best_level == "assistant"


def test_the_highest_level_within_reach_is_told_beside_the_one_applied_for() -> None:
    education = [BACHELOR, {"level": "master", "date": D(2022, 6, 30)}]
    both = asked(
        applied="assistant", education=education, work=[{"from": D(2020, 1, 1)}], submitted_at=MAY
    )
    assert (both.level, both.best_level) == ("assistant", "intermediate")
    none = asked(
        applied="assistant", education=[BACHELOR], work=[{"from": D(2025, 1, 1)}], submitted_at=MAY
    )
    assert (none.level, none.best_level) == (None, None)
    unsaid = asked(education=[BACHELOR], work=[{"from": D(2020, 1, 1)}], submitted_at=MAY)
    assert (unsaid.level, unsaid.best_level) == ("assistant", "assistant")


def test_a_notice_that_lists_no_level_handles_every_level() -> None:
    assert "handled" not in HEAD
    conditions = sample(ROUTES).assess(told(applied="assistant")).root.children
    assert [each.id for each in conditions] == ["college", "bachelor"]
    assert [each.id for each in asked().root.children] == ["college", "bachelor", "master"]
