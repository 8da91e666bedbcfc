"""The terms of due process: the marked default, and what a pack puts in its place."""

from __future__ import annotations

from datetime import date

import pytest

from api.law import packs
from domain.calendar import Calendar
from domain.policy.faults import PackError
from domain.policy.process import TERMS, read_process_term
from tests.policy.sample import sample
from tests.policy.tables import CITING, read, reader_of

TERM = {"id": "statement", "zh": "陈述申辩期限", "en": "for a statement", **CITING}
OWN = """
[[process_terms]]
id = "statement"
zh = "陈述申辩期限"
en = "for a statement"
days = 10
rule = "S-TIME"
"""
TUESDAY = date(2024, 10, 15)


def test_the_default_sets_every_term_and_says_that_no_notice_does() -> None:
    default = packs.load_default()
    for term in TERMS:
        found = default.process_term(term)
        assert found.citations[0].source == "national-default"
        assert default.whole.rules[found.citations[0].rule].own_words
    statement = default.process_term("statement")
    assert statement.last_day(TUESDAY, Calendar()) == date(2024, 10, 22)
    assert statement.in_words == ("5个工作日", "5 working days")
    assert default.process_term("service").in_words == ("7日", "7 days")
    assert default.process_term("finding").last_day(TUESDAY, Calendar()) == date(2025, 1, 13)


def test_a_notice_wins_and_is_cited() -> None:
    term = sample(OWN).process_term("statement")
    assert term.last_day(TUESDAY, Calendar()) == date(2024, 10, 25)
    assert [each.source for each in term.citations] == ["sample-2025"]
    assert sample().process_term("statement").rules == ("ND-TERM-STATEMENT",)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "either days or working days"),
        ({"days": 1, "working_days": 1}, "either days or working days"),
        ({"days": 0}, "days: a term has at least one day"),
        ({"working_days": -1}, "working_days: a term has at least one day"),
        ({"days": 3, "forum": "below"}, "forum"),
    ],
)
def test_a_term_counts_days_or_working_days_and_at_least_one(
    said: dict[str, object], wrong: str
) -> None:
    with pytest.raises(PackError, match=wrong):
        read(read_process_term, {**TERM, **said})
    assert read_process_term(reader_of({**TERM, "days": 3, "forum": "above"})).forum == "above"
