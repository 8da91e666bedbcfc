"""Sanctions, publicities and votes, completed from the default and told whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from domain.policy.computed import DaysAfter, WorkingDays
from domain.policy.duties import AnnualRoll, Completion, PaperForm, ReturnRule
from domain.policy.publicity import (
    Publicity,
    PublicityDefault,
    PublicityWords,
    Run,
    completed,
    runs_until,
)
from domain.policy.sanctions import Sanction, SanctionWords, completed_sanction, read_sanction
from domain.policy.votes import VoteRule
from domain.policy.when import ALWAYS
from domain.refusal import Citation
from domain.refusals.sentences_by_code import refusal
from tests.policy.conftest import beijing
from tests.policy.tables import CITED, IT, NAMED, read

if TYPE_CHECKING:
    from domain.calendar import Calendar

D = date
BENEATH = (Citation(rule="ND-1", clause="一", quote="缺省", source="national-default"),)


def words(**said: Any) -> SanctionWords:  # noqa: ANN401 -- any key
    return read(read_sanction, {**NAMED, "id": "revocation", **said})


LOWEST = replace(
    words(
        acts=["reject"],
        grounds=["forgery"],
        term_months=36,
        effect="warn",
        effect_elsewhere="block",
        scope="city",
    ),
    citations=BENEATH,
)
SAID: dict[str, Any] = {
    "acts": ("revoke",),
    "grounds": ("bribe",),
    "term_months": 24,
    "effect": "block",
    "effect_elsewhere": "warn",
    "scope": "province",
}
REVOCATION: dict[str, Any] = {**IT, "id": "revocation"}


def test_what_a_notice_says_of_a_sanction_holds() -> None:
    assert completed_sanction(words(**SAID), LOWEST) == Sanction(
        **REVOCATION, **SAID, term_source="notice"
    )


def test_what_a_notice_leaves_open_of_a_sanction_is_the_default_s_and_shown_so() -> None:
    assert completed_sanction(words(), LOWEST) == Sanction(
        **{**REVOCATION, "citations": CITED + BENEATH},
        acts=("reject",),
        grounds=("forgery",),
        term_months=36,
        term_source="default",
        effect="warn",
        effect_elsewhere="block",
        scope="city",
    )


@pytest.mark.parametrize("unsaid", ["term_months", "effect", "scope"])
def test_a_sanction_rests_on_the_default_as_soon_as_a_part_is_open(unsaid: str) -> None:
    found = completed_sanction(
        words(**{key: value for key, value in SAID.items() if key != unsaid}), LOWEST
    )
    assert found.citations == CITED + BENEATH
    assert getattr(found, unsaid) == getattr(LOWEST, unsaid)


def test_the_default_s_own_sanction_cites_itself_once() -> None:
    alone = completed_sanction(LOWEST, LOWEST)
    assert (alone.term_months, alone.term_source) == (36, "default")
    assert alone.citations == BENEATH


def test_where_nobody_says_a_sanction_blocks_at_the_authority_and_warns_elsewhere() -> None:
    found = completed_sanction(words(), words())
    assert (found.effect, found.effect_elsewhere, found.scope) == ("block", "warn", "authority")
    assert (found.term_months, found.last_day(D(2024, 1, 1))) == (None, None)
    assert not found.active(D(2024, 1, 1), beijing("2024-01-01 12:00:00"))


@pytest.mark.parametrize(
    ("moment", "active"),
    [
        ("2024-06-17 23:59:59.999999", False),
        ("2024-06-18 00:00:00", True),
        ("2026-06-18 23:59:59.999999", True),
        ("2026-06-19 00:00:00", False),
    ],
)
def test_a_record_runs_from_its_first_second_to_the_last_of_its_anniversary(
    moment: str, active: object
) -> None:
    two_years = completed_sanction(words(**SAID), LOWEST)
    assert two_years.last_day(D(2024, 6, 18)) == D(2026, 6, 18)
    assert two_years.active(D(2024, 6, 18), beijing(moment)) is active


PUBLIC = PublicityWords(
    **IT,
    stage="employer",
    before="forward",
    place="本单位",
    working_days=7,
    counting="calendar_days_after_posting",
    on_breach="flag",
)
UNSAID = PublicityDefault(working_days=5, counting="working_days_after_posting", citations=BENEATH)
WHOLE = Publicity(
    **IT,
    stage="employer",
    before="forward",
    place="本单位",
    working_days=7,
    length_source="sample-2025",
    counting="calendar_days_after_posting",
    on_breach="flag",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {}),
        (
            {"working_days": None},
            {
                "working_days": 5,
                "length_source": "national-default",
                "citations": CITED + BENEATH,
            },
        ),
        (
            {"counting": None},
            {"counting": "working_days_after_posting", "citations": CITED + BENEATH},
        ),
        (
            {"working_days": None, "counting": None},
            {
                "working_days": 5,
                "length_source": "national-default",
                "counting": "working_days_after_posting",
                "citations": CITED + BENEATH,
            },
        ),
    ],
)
def test_what_a_notice_leaves_open_of_a_publicity_is_the_default_s_and_shown_so(
    said: dict[str, Any], told: dict[str, Any]
) -> None:
    found = completed(replace(PUBLIC, **said), UNSAID, "sample-2025")
    assert found == replace(WHOLE, **told)


@pytest.mark.parametrize(
    ("counting", "days", "length"),
    [
        ("working_days_after_posting", ["10-09", "10-10"], ("2个工作日", "2 working days")),
        ("working_days_with_posting_day", ["10-08", "10-09"], ("2个工作日", "2 working days")),
        ("calendar_days_after_posting", ["10-09", "10-10"], ("2天", "2 days")),
    ],
)
def test_the_day_of_posting_counts_only_where_a_notice_says_so(
    calendar: Calendar, counting: str, days: list[str], length: tuple[str, str]
) -> None:
    posted = replace(WHOLE, counting=counting, working_days=2)
    run = posted.run(D(2024, 10, 8), calendar)
    assert [day.isoformat()[5:] for day in run.days] == days
    assert run.posted == D(2024, 10, 8)
    assert run.working is (counting != "calendar_days_after_posting")
    assert posted.length == length


def test_a_posting_day_of_rest_does_not_count_even_where_it_could(calendar: Calendar) -> None:
    posted = replace(WHOLE, counting="working_days_with_posting_day", working_days=1)
    assert posted.run(D(2024, 10, 5), calendar).days == (D(2024, 10, 8),)


def test_a_run_shows_its_arithmetic_and_what_it_holds_up() -> None:
    run = Run(D(2024, 10, 8), (D(2024, 10, 9), D(2024, 10, 10)))
    assert run.computed == WorkingDays(D(2024, 10, 8), 2, D(2024, 10, 10))
    calendar_run = replace(run, working=False)
    assert calendar_run.computed == DaysAfter(
        D(2024, 10, 8), 2, D(2024, 10, 10), rest=False, moved=D(2024, 10, 10)
    )
    assert run.free_from == beijing("2024-10-11 00:00:00")
    assert WHOLE.too_short(run, beijing("2024-10-11 00:00:00")) is None
    assert WHOLE.too_short(run, beijing("2024-10-10 23:59:59.999999")) == refusal(
        "PUBLICITY_TOO_SHORT",
        CITED,
        standing=(
            "公示7天至 2024-10-10 24 时止，次日零时起可以办理",
            "it runs 7 days until the end of 2024-10-10; go on from 00:00 of the next day",
        ),
    )
    assert runs_until(None)[0] == "尚未公示，请先录入公示"


@pytest.mark.parametrize(
    ("of", "members", "present", "in_favour", "carried"),
    [
        ("present", 9, 6, 4, True),
        ("present", 9, 6, 3, False),
        ("present", 9, 5, 5, False),
        ("present", 10, 7, 5, True),
        ("present", 10, 6, 6, False),
        ("members", 9, 9, 6, True),
        ("members", 9, 9, 5, False),
        ("members", 9, 6, 5, False),
        ("members", 9, 6, 6, True),
    ],
)
def test_a_vote_carries_with_exactly_the_part_that_is_asked_for(
    of: str, members: int, present: int, in_favour: int, carried: object
) -> None:
    two_thirds = VoteRule(majority=Fraction(2, 3), of=of, quorum=Fraction(2, 3), citations=CITED)
    found = two_thirds.carried(members=members, present=present, in_favour=in_favour)
    assert found is carried


def test_a_return_is_due_so_many_days_after_it() -> None:
    returned = ReturnRule(days=15, resume="first", clock_runs=False, citations=CITED)
    assert returned.due_on(D(2024, 2, 20)) == D(2024, 3, 6)


@pytest.mark.parametrize(
    ("moment", "late"), [("2024-12-20 23:59:59", False), ("2024-12-21 00:00:00", True)]
)
def test_a_batch_is_to_be_decided_by_the_end_of_its_day(moment: str, late: object) -> None:
    completion = Completion(
        id="it", batches=("B1",), finish_by=D(2024, 12, 20), flag="LATE", citations=CITED
    )
    assert completion.late(beijing(moment)) is late


def test_the_roll_of_a_year_is_due_in_the_next() -> None:
    roll = AnnualRoll(
        chinese="中",
        english="english",
        sender="county_hr",
        receiver="city_hr",
        due_month=1,
        due_day=31,
        citations=CITED,
    )
    assert roll.due_on(2024) == D(2025, 1, 31)


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        (
            D(2024, 9, 1),
            DaysAfter(D(2024, 9, 1), 30, D(2024, 10, 1), rest=True, moved=D(2024, 10, 8)),
        ),
        (
            D(2024, 9, 8),
            DaysAfter(D(2024, 9, 8), 30, D(2024, 10, 8), rest=False, moved=D(2024, 10, 8)),
        ),
    ],
)
def test_a_form_that_is_due_on_a_day_of_rest_is_due_on_the_next_working_day(
    calendar: Calendar, ends: date, due: DaysAfter
) -> None:
    form = PaperForm(**IT, publicity="it", days=30, copies=2, stamps=(), flag="LATE", when=ALWAYS)
    assert form.due(ends, calendar) == due
