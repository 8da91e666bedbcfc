"""A requirement of time, measured: what counts, how much is needed, when it is reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.policy.computed import Anniversary, Sum
from domain.policy.measuring import Measured, before_education, measure
from domain.policy.periods import NOTHING, Length
from domain.policy.records import Education
from domain.policy.terms import Adjustment, Term
from domain.policy.when import ALWAYS
from tests.policy.conftest import told
from tests.policy.occasions import REFERENCE, occasion
from tests.policy.tables import CITED, ENTERPRISE, ONE_YEAR, like

D = date
DEGREE = Education(level="bachelor", awarded=D(2023, 6, 30))
SINCE_THE_DEGREE = replace(ONE_YEAR, after="education")


def adjustment(**changed: Any) -> Adjustment:  # noqa: ANN401 -- any field
    plain: dict[str, Any] = {
        "id": "it",
        "months": -6,
        "given": None,
        "when": ALWAYS,
        "per_grade": (),
        "citations": CITED,
    }
    return Adjustment(**{**plain, **changed})


def measured(
    term: Term,
    education: Education | None = DEGREE,
    previous: date | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever may be said
) -> Measured:
    return measure(term, told(**facts), education, occasion(), previous)


def job(first: date, last: date | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"from": first, **({"to": last} if last else {}), **more}


@pytest.mark.parametrize(
    ("first_day", "met"), [(D(2023, 6, 29), True), (D(2023, 6, 30), True), (D(2023, 7, 1), False)]
)
def test_a_year_is_reached_on_its_anniversary(first_day: date, met: object) -> None:
    found = measured(ONE_YEAR, work=[job(first_day)])
    assert found.met is met
    assert found.reached_on == first_day.replace(year=2024)
    assert found.computed == (Anniversary(first_day, 1, 0, first_day.replace(year=2024)),)
    assert not found.several


def test_several_jobs_are_added() -> None:
    work = [job(D(2020, 1, 1), D(2020, 6, 30)), job(D(2022, 1, 1), D(2022, 6, 29))]
    found = measured(ONE_YEAR, work=work)
    assert found.met is False
    assert found.had == Length(0, 11, 29)
    assert found.reached_on is None
    assert found.several
    assert found.computed == (Sum((Length(0, 6), Length(0, 5, 29)), Length(0, 11, 29), None),)
    enough = measured(ONE_YEAR, work=[work[0], job(D(2022, 1, 1), D(2022, 6, 30))])
    assert (enough.met, enough.had, enough.reached_on) == (True, Length(1), D(2022, 7, 1))


def test_time_is_counted_from_the_degree_and_up_to_it() -> None:
    work = [job(D(2022, 6, 30))]
    after = measured(SINCE_THE_DEGREE, work=work)
    assert (after.had, after.reached_on, after.met) == (Length(1), REFERENCE, True)
    before = measured(replace(ONE_YEAR, before="education"), work=work)
    assert (before.had, before.reached_on, before.met) == (Length(1), D(2023, 6, 30), True)
    later = measured(replace(ONE_YEAR, before="education"), work=[job(D(2022, 7, 1))])
    assert (later.met, later.reached_on) == (False, None)


def test_time_is_counted_from_the_latest_title_or_a_named_date() -> None:
    titles = [
        {"level": "a", "date": D(2021, 1, 1), "appointed": D(2023, 9, 9)},
        {"level": "b", "appointed": D(2022, 2, 2)},
        {"level": "c"},
        {"level": "d", "date": D(2023, 5, 5), "revoked": True},
    ]
    since_title = replace(ONE_YEAR, after="title")
    found = measured(since_title, titles=titles, work=[job(D(2020, 1, 1))])
    assert found.reached_on == D(2023, 2, 2)
    never = measured(since_title, titles=[], work=[job(D(2020, 1, 1))])
    assert (never.met, never.reached_on) == (False, None)
    assert measured(since_title, work=[job(D(2020, 1, 1))]).reached_on == D(2021, 1, 1)
    since_licence = replace(ONE_YEAR, after="licence")
    found = measured(since_licence, licence=D(2023, 3, 3), work=[job(D(2020, 1, 1))])
    assert found.reached_on == D(2024, 3, 3)
    found = measured(since_licence, licence=True, work=[job(D(2020, 1, 1))])
    assert found.reached_on == D(2021, 1, 1)


def test_a_requirement_after_another_begins_where_that_was_reached() -> None:
    second = replace(ONE_YEAR, after="previous")
    work = [job(D(2022, 1, 1))]
    found = measured(second, None, D(2023, 6, 30), work=work)
    assert (found.met, found.reached_on) == (True, REFERENCE)
    assert measured(second, None, D(2023, 7, 1), work=work).met is False
    never = measured(second, None, None, work=work)
    assert never == Measured(term=second, met=False, needed=Length(1))
    assert measured(second, None, None).met is None


def test_what_is_not_mentioned_is_not_measured() -> None:
    reduced = replace(ONE_YEAR, adjustments=(adjustment(),))
    assert measured(reduced) == Measured(
        term=reduced,
        met=None,
        needed=Length(0, 6),
        adjusted=(adjustment(),),
        open_on=frozenset({"work"}),
    )


@pytest.mark.parametrize(
    ("changed", "facts", "needed"),
    [
        ({}, {}, Length(0, 6)),
        ({"months": 6}, {}, Length(1, 6)),
        ({"months": -12}, {}, NOTHING),
        ({"months": -13}, {}, NOTHING),
        ({"when": ENTERPRISE}, {}, Length(1)),
        ({"when": ENTERPRISE}, {"unit": {"type": "institution"}}, Length(1)),
        ({"when": ENTERPRISE}, {"unit": {"type": "enterprise"}}, Length(0, 6)),
        ({"given": replace(ONE_YEAR, before="education")}, {}, Length(0, 6)),
        ({"given": replace(ONE_YEAR, needed=Length(9))}, {}, Length(1)),
        ({"given": replace(ONE_YEAR, of="post")}, {}, Length(1)),
        ({"per_grade": ("优秀",), "months": -2}, {}, Length(1)),
        (
            {"per_grade": ("优秀",), "months": -2},
            {"assessments": {2021: "优秀", 2022: "合格", 2023: "优秀"}},
            Length(0, 8),
        ),
        ({"per_grade": ("优秀",), "months": -2}, {"assessments": {2021: "合格"}}, Length(1)),
    ],
)
def test_a_requirement_is_reduced_where_its_condition_is_known_to_hold(
    changed: dict[str, Any], facts: dict[str, Any], needed: Length
) -> None:
    this = adjustment(**changed)
    found = measured(replace(ONE_YEAR, adjustments=(this,)), work=[job(D(2020, 1, 1))], **facts)
    assert found.needed == needed
    assert found.adjusted == (() if needed == Length(1) else (this,))
    assert found.met is True


def test_several_reductions_add_up_and_leave_nothing_below_zero() -> None:
    both = replace(ONE_YEAR, adjustments=(adjustment(months=-3), adjustment(id="b", months=-4)))
    assert measured(both, work=[]).needed == Length(0, 5)
    none = replace(ONE_YEAR, adjustments=(adjustment(months=-8), adjustment(id="b", months=-8)))
    nothing_needed = measured(none, work=[])
    assert (nothing_needed.needed, nothing_needed.met) == (NOTHING, True)
    assert nothing_needed.computed == ()
    assert measured(none, work=[job(D(2020, 1, 1))]).computed == ()


def test_further_reductions_fall_on_alternatives_as_well() -> None:
    first, further = adjustment(id="a"), adjustment(id="b")
    inner = replace(ONE_YEAR, adjustments=(first,))
    term = replace(ONE_YEAR, alternatives=(inner,), adjustments=(first,))
    changed = term.adjusted_by((further,))
    assert changed.adjustments == (first, further)
    assert changed.alternatives == (replace(inner, adjustments=(first, further)),)


def test_of_alternatives_the_met_one_is_taken_then_the_unknown_then_the_nearest() -> None:
    one, two = ONE_YEAR, replace(ONE_YEAR, needed=Length(2))
    unknown = replace(ONE_YEAR, of="post")

    def taken(*alternatives: Term, first_day: date) -> Term:
        whole = replace(ONE_YEAR, alternatives=alternatives)
        return measured(whole, work=[job(first_day)]).term

    assert taken(two, one, first_day=D(2023, 1, 1)) == one
    assert taken(two, unknown, first_day=D(2023, 1, 1)) == unknown
    assert taken(two, unknown, one, first_day=D(2023, 1, 1)) == one
    assert taken(two, one, first_day=D(2024, 1, 1)) == one
    never = replace(ONE_YEAR, before="education")
    assert taken(never, two, first_day=D(2024, 1, 1)) == two


def test_an_alternative_may_begin_where_the_requirement_before_was_reached() -> None:
    second = replace(ONE_YEAR, after="previous")
    whole = replace(ONE_YEAR, alternatives=(second,))
    found = measured(whole, None, D(2023, 1, 1), work=[job(D(2020, 1, 1))])
    assert found.reached_on == D(2024, 1, 1)


@pytest.mark.parametrize(
    ("reached_on", "near"),
    [
        (D(2024, 6, 26), False),
        (D(2024, 6, 27), True),
        (REFERENCE, True),
        (D(2024, 7, 3), True),
        (D(2024, 7, 4), False),
        (None, False),
    ],
)
def test_a_boundary_is_near_on_the_last_of_so_many_days(
    reached_on: date | None, near: object
) -> None:
    found = Measured(term=ONE_YEAR, met=True, needed=Length(1), reached_on=reached_on)
    assert found.near(REFERENCE, 3) is near


def test_time_before_the_education_is_counted_like_the_time_after_it() -> None:
    term = replace(ONE_YEAR, where=like("work", relation="same"))
    facts = told(
        work=[
            job(D(2020, 6, 30), D(2021, 6, 29)),
            job(D(2021, 6, 30), D(2022, 6, 29), relation="other"),
            job(D(2023, 1, 30)),
        ]
    )
    assert before_education(term, facts, DEGREE, occasion()) == Length(1, 5)
    assert before_education(term, facts, Education(level="master"), occasion()) is None
    assert before_education(term, facts, None, occasion()) is None
    assert before_education(term, told(), DEGREE, occasion()) is None


def test_time_before_the_education_may_be_tenure_of_a_level() -> None:
    term = replace(ONE_YEAR, of="tenure", where=like("title", level="assistant"))
    facts = told(titles=[{"level": "assistant", "appointed": D(2022, 6, 30)}])
    assert before_education(term, facts, DEGREE, occasion()) == Length(1)
    earlier = occasion(reference=D(2022, 7, 30))
    assert before_education(term, facts, DEGREE, earlier) == Length(0, 1)


def test_time_at_a_station_is_measured_on_the_education() -> None:
    stay = Education(level="postdoc", entered=D(2020, 1, 1), left=D(2021, 12, 31))
    term = replace(ONE_YEAR, of="station")
    found = measure(term, told(education=[]), stay, occasion())
    assert (found.met, found.had, found.reached_on) == (True, Length(2), D(2021, 1, 1))
