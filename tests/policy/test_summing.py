"""From conditions to a verdict: what decides, what is told, and what would cure it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.policy.verdict import Outcome, Status, Verdict
from tests.policy.conftest import told
from tests.policy.sample import BATCHES, ROUTES, cited, sample

D = date


def condition(name: str, **more: str) -> str:
    """A condition on ``judgement``, which the facts meet with the condition's own name."""
    lines = [f"{key} = {value!r}" for key, value in more.items()]
    return "\n".join(
        [
            f'\n[[conditions]]\nid = "{name}"\nzh = "{name}条件"\nen = "condition {name}"',
            f'require = {{ "unit.{name}" = "yes" }}\ncode = "CONDITION_NOT_MET"',
            *lines,
            'rule = "S-GOOD"\n',
        ]
    ).replace("'", '"')


LAW = sample(
    condition("type"),
    condition("kind", otherwise="manual"),
    condition("owner", otherwise="undetermined"),
    condition("area", otherwise="flag"),
)


def asked(*unmet: str, **facts: Any) -> Verdict:  # noqa: ANN401 -- whatever may be said
    unit = {name: "no" if name in unmet else "yes" for name in ("type", "kind", "owner", "area")}
    return LAW.assess(told(unit=unit, **facts))


@pytest.mark.parametrize(
    ("unmet", "outcome", "root", "refusals"),
    [
        ((), Outcome.ELIGIBLE, Status.MET, []),
        (("area",), Outcome.ELIGIBLE, Status.MET, []),
        (("kind",), Outcome.MANUAL_REVIEW, Status.MANUAL, ["kind"]),
        (("owner",), Outcome.UNDETERMINED, Status.UNKNOWN, ["owner"]),
        (("kind", "owner"), Outcome.UNDETERMINED, Status.UNKNOWN, ["kind", "owner"]),
        (("type",), Outcome.INELIGIBLE, Status.UNMET, ["type"]),
        (("type", "kind", "owner"), Outcome.INELIGIBLE, Status.UNMET, ["type"]),
    ],
)
def test_the_worst_condition_decides_and_only_what_decides_is_told(
    unmet: tuple[str, ...], outcome: Outcome, root: Status, refusals: list[str]
) -> None:
    verdict = asked(*unmet)
    assert (verdict.outcome, verdict.root.status) == (outcome, root)
    assert [each.english.split("condition ")[-1].rstrip(".") for each in verdict.refusals] == (
        refusals
    )
    assert all(each.citations == (cited("S-GOOD"),) for each in verdict.refusals)


def test_a_condition_stands_in_the_tree_with_what_it_looked_at() -> None:
    by_id = {each.id: each for each in asked("type", "area").root.children}
    assert [each.status for each in by_id.values()] == [
        Status.UNMET,
        Status.MET,
        Status.MET,
        Status.MET,
    ]
    unmet = by_id["type"]
    assert (unmet.chinese, unmet.english) == ("type条件", "condition type")
    assert unmet.facts == ("unit.type=no",)
    assert unmet.citations == (cited("S-GOOD"),)
    assert unmet.refusal is not None
    assert "type条件" in unmet.refusal.chinese
    assert "condition type" in unmet.refusal.english
    assert unmet.flags == ()
    assert by_id["area"].flags == ("CONDITION_NOT_MET",)
    assert by_id["kind"].refusal is None
    assert asked("type", "area").citations == (cited("S-GOOD"),)


def test_what_is_judged_is_asked_with_the_words_of_the_condition() -> None:
    (question,) = asked("kind").refusals
    assert "须由人工判断" in question.chinese
    assert "kind条件" in question.chinese
    assert "condition kind" in question.english


def test_a_condition_that_does_not_apply_is_not_at_issue() -> None:
    law = sample(condition("type").replace("require", 'when = { level = "yuan" }\nrequire'))
    for facts in ({"applied": "assistant"}, {}):
        (found,) = law.assess(told(unit={"type": "no"}, **facts)).root.children
        assert (found.status, found.facts, found.refusal) == (Status.NOT_AT_ISSUE, (), None)
    assert law.assess(told(unit={"type": "no"}, applied="yuan")).reasons == ("CONDITION_NOT_MET",)


SERVED = """
[[conditions]]
id = "served"
zh = "满六个月"
en = "six months"
check = "served"
with = { months = 6, of = "work" }
code = "SERVICE_TOO_SHORT"
rule = "S-GOOD"
"""


@pytest.mark.parametrize(
    ("first_day", "outcome", "hint"),
    [
        (D(2024, 11, 16), Outcome.ELIGIBLE, None),
        (D(2024, 11, 17), Outcome.ELIGIBLE, "borderline"),
        (D(2024, 11, 20), Outcome.ELIGIBLE, "borderline"),
        (D(2024, 11, 23), Outcome.INELIGIBLE, "borderline"),
        (D(2024, 11, 24), Outcome.INELIGIBLE, None),
    ],
)
def test_a_time_to_be_served_is_measured_whatever_the_route(
    first_day: date, outcome: Outcome, hint: str | None
) -> None:
    verdict = sample(SERVED, BATCHES).assess(
        told(work=[{"from": first_day}], submitted_at="2025-05-20T10:00:00+08:00")
    )
    reached = date(2025, 5, first_day.day)
    assert (verdict.outcome, verdict.hint) == (outcome, hint)
    cured = reached if outcome is Outcome.INELIGIBLE else None
    assert verdict.next_possible_on == cured
    assert verdict.next_possible == ("B1" if cured else None)
    if cured:
        (refused,) = verdict.refusals
        assert "须满6个月" in refused.chinese
        assert "2025-05-20" in refused.chinese
        assert cured.isoformat() in refused.chinese


def test_time_cures_only_where_it_cures_everything() -> None:
    facts: dict[str, Any] = {
        "work": [{"from": D(2025, 1, 1)}],
        "submitted_at": "2025-05-20T10:00:00+08:00",
        "applied": "assistant",
        "education": [{"level": "bachelor"}],
    }
    both = sample(SERVED, ROUTES, BATCHES).assess(told(**facts))
    assert both.reasons == ("SERVICE_TOO_SHORT", "YEARS_SHORT")
    assert (both.next_possible_on, both.next_possible) == (D(2026, 1, 1), None)
    more = sample(SERVED, condition("type"), ROUTES).assess(told(unit={"type": "no"}, **facts))
    assert more.next_possible_on is None
    assert sample(condition("type")).assess(told(unit={"type": "no"})).next_possible_on is None


AUTHORITY = """
[[authorities]]
id = "self"
code = "SELF"
zh = "自主评聘"
en = "self-evaluating"
refuse = "SENT_HOME"
says = { zh = "由本单位自行办理。", en = "Your own house deals with it." }
when = { "unit.autonomous" = true }
rule = "S-BODY"

[[authorities]]
id = "city"
code = "CITY_HR"
zh = "市局"
en = "city bureau"
action = "refer_up"
flag = "REFER"
when = { "unit.owner" = "city" }
rule = "S-BODY"
"""


def test_a_case_that_belongs_elsewhere_is_sent_away_whatever_its_merits() -> None:
    law = sample(SERVED, AUTHORITY)
    late = {"work": [{"from": D(2025, 1, 1)}], "submitted_at": "2025-05-20T10:00:00+08:00"}
    for facts in (late, {}):
        verdict = law.assess(told(unit={"autonomous": True}, **facts))
        assert verdict.outcome is Outcome.INELIGIBLE
        assert verdict.refusals[-1].code == "SENT_HOME"
        assert verdict.refusals[-1].chinese == "由本单位自行办理。"
        assert verdict.refusals[-1].citations == (cited("S-BODY"),)
        assert (verdict.level, verdict.next_possible_on) == (None, None)


def test_the_deciding_body_is_told_with_its_mark() -> None:
    law = sample(condition("area", otherwise="flag"), AUTHORITY)
    city = law.assess(told(unit={"owner": "city", "area": "no"}))
    assert city.authority is not None
    assert (city.authority.code, city.action) == ("CITY_HR", "refer_up")
    assert city.flags == ("CONDITION_NOT_MET", "REFER")
    county = law.assess(told(unit={"owner": "county"}))
    assert (county.authority, county.action, county.flags) == (None, None, ())
    assert law.authority(told(unit={"owner": "county"})).code == "UNDETERMINED"


def test_who_fails_is_told_which_series_to_take_and_what_to_do() -> None:
    helpful = condition("kind", suggests="审计", remedy_zh="请改报", remedy_en="file anew")
    law = sample(condition("type"), helpful, condition("area", suggests="统计"))
    failed = law.assess(told(unit={"type": "no", "kind": "no", "area": "no"}))
    assert (failed.suggested_series, failed.remedy) == ("审计", "file anew")
    other = law.assess(told(unit={"type": "no", "kind": "yes", "area": "no"}))
    assert (other.suggested_series, other.remedy) == ("统计", None)
    met = law.assess(told(unit={"type": "yes", "kind": "yes", "area": "yes"}))
    assert (met.suggested_series, met.remedy) == (None, None)


YEARS = """
[years]
reference = "filing"
evidence_required = true
remedy_zh = "补证明"
remedy_en = "add proof"
rule = "S-TIME"
"""


@pytest.mark.parametrize(
    ("evidence", "first_day", "remedy"),
    [
        (False, D(2020, 1, 1), "add proof"),
        (True, D(2025, 1, 1), None),
        (None, D(2025, 1, 1), None),
        (True, D(2020, 1, 1), None),
    ],
)
def test_who_falls_short_for_want_of_evidence_is_told_to_add_it(
    evidence: object, first_day: date, remedy: str | None
) -> None:
    job = {"from": first_day, **({} if evidence is None else {"evidence": evidence})}
    facts: dict[str, Any] = {
        "applied": "assistant",
        "education": [{"level": "bachelor"}],
        "submitted_at": "2025-05-20T10:00:00+08:00",
    }
    assert sample(ROUTES, YEARS).assess(told(work=[job], **facts)).remedy == remedy
    assert sample(ROUTES).assess(told(work=[job], **facts)).remedy is None
    long_ago = {"from": D(2010, 1, 1), "evidence": True}
    enough = sample(ROUTES, YEARS).assess(told(work=[job, long_ago], **facts))
    assert (enough.outcome, enough.remedy) == (Outcome.ELIGIBLE, None)


def test_a_condition_s_own_remedy_goes_before_the_want_of_evidence() -> None:
    helpful = condition("kind", remedy_zh="请改报", remedy_en="file anew")
    job = {"from": D(2020, 1, 1), "evidence": False}
    verdict = sample(helpful, ROUTES, YEARS).assess(told(unit={"kind": "no"}, work=[job]))
    assert verdict.remedy == "file anew"
