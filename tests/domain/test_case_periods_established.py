"""Lists of periods that are not the applicant's to say: the employer's, and what reviewers find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.case import establishing, handler_opinion
from domain.case.application import Span
from domain.case.facts import About, facts
from domain.case.remembered import Established
from domain.case.values import EstablishedFact, EstablishedPeriod
from domain.policy.loader import Document, load_law
from domain.policy.verdict import Outcome, Verdict
from tests.domain.given import given
from tests.domain.invented import BAI, DENG, NOON, SCHOOL, SCHOOL_HANDLER, organisation
from tests.domain.story import APPLICATION, AT_THE_EMPLOYER, after, opinion, opinion_at
from tests.policy.sample import DEFAULT, HEAD

if TYPE_CHECKING:
    from domain.policy.law import Law

LISTING = """
[facts]
contracts = { means = "聘用合同 contracts", said_by = ["employer", "reviewer"], periods = ["类别"] }
conduct = { means = "现实表现 conduct", said_by = "employer" }

[[conditions]]
id = "employed"
zh = "连续聘用满1年"
en = "a year of employment on end"
check = "served"
with = { years = 1, of = "contracts", where = { "类别" = "聘用" }, unbroken = true }
code = "CONDITION_NOT_MET"
rule = "S-GOOD"

[[stages]]
id = "employer"
zh = "单位审核"
en = "review by the employer"
body = "employer"
rule = "S-BODY"
"""
LAW = load_law(DEFAULT, Document("sample", HEAD + LISTING))
OF_BOTH = load_law(
    DEFAULT,
    Document("sample", HEAD + LISTING.replace('"employer", "reviewer"', '"applicant", "employer"')),
)
"""The same, where the applicant may state the list as well."""


def contract(first: date, last: date | None = None, *said: str) -> EstablishedPeriod:
    return EstablishedPeriod(first_day=first, last_day=last, details=said or ("类别=聘用",))


LONG = contract(date(2020, 1, 1))
SHORT = contract(date(2024, 9, 1))
FIRST = contract(date(2023, 1, 1), date(2023, 11, 30))
"""Eleven months, after which there is a gap before ``SHORT``."""


def told(*periods: EstablishedPeriod, value: str | None = None) -> EstablishedFact:
    return EstablishedFact(
        fact="contracts", value=value, source="employer", periods=periods, titles=()
    )


def verdict(*said: Established, claimed: tuple[Span, ...] = (), law: Law = LAW) -> Verdict:
    about = About(
        series="中小学教师",
        specialty="数学",
        level="assistant",
        application=replace(APPLICATION, periods=claimed),
        supported=frozenset(),
        employer=organisation(SCHOOL),
        applicant=(),
        documents=(),
        established=said,
    )
    return law.assess(facts(about, law, NOON))


def said(*periods: EstablishedPeriod, value: str | None = None) -> Established:
    return Established("contracts", value, "employer", "employer", periods, ())


def outcome(*established: Established) -> tuple[Outcome, list[str]]:
    found = verdict(*established)
    return found.outcome, [each.name for each in found.open]


def test_a_silent_employer_leaves_the_list_open_until_its_stage() -> None:
    (contracts,) = verdict().open
    assert (contracts.name, contracts.by) == ("contracts", "employer")
    assert contracts.said_by == ("employer", "reviewer")


@pytest.mark.parametrize(
    ("established", "ends"),
    [
        (said(LONG), (Outcome.ELIGIBLE, [])),
        (said(FIRST, SHORT), (Outcome.INELIGIBLE, [])),
        (said(value="none"), (Outcome.INELIGIBLE, [])),
        (said(contract(date(2020, 1, 1), None, "类别=劳务派遣")), (Outcome.INELIGIBLE, [])),
        (
            said(contract(date(2020, 1, 1), None, "备注")),
            (Outcome.UNDETERMINED, ["contracts.类别"]),
        ),
    ],
)
def test_what_is_established_is_counted_as_the_pack_says(
    established: Established, ends: tuple[Outcome, list[str]]
) -> None:
    assert outcome(established) == ends


BOLD = Span(
    claim="bold",
    name="contracts",
    first_day=date(2010, 1, 1),
    last_day=None,
    description=None,
    details=("类别=聘用",),
)


def test_what_an_applicant_states_of_it_counts_for_nothing() -> None:
    assert [each.name for each in verdict(claimed=(BOLD,)).open] == ["contracts"]
    assert verdict(said(SHORT), claimed=(BOLD,)).outcome is Outcome.INELIGIBLE


@pytest.mark.parametrize("established", [said(SHORT), said(value="none")])
def test_what_is_established_stands_where_an_applicant_may_state_it_too(
    established: Established,
) -> None:
    assert verdict(claimed=(BOLD,), law=OF_BOTH).outcome is Outcome.ELIGIBLE
    found = verdict(established, claimed=(BOLD,), law=OF_BOTH)
    assert found.outcome is Outcome.INELIGIBLE


def test_what_a_reviewer_finds_stands_in_the_place_of_what_the_employer_said() -> None:
    lied = after(AT_THE_EMPLOYER, (replace(opinion_at("employer"), established=(told(LONG),)), BAI))
    (before,) = lied.established.values()
    assert (before.value, before.periods, before.stage) == (None, (LONG,), "employer")
    found = replace(told(FIRST, SHORT), source="reviewer")
    caught = after(lied, (replace(opinion_at("department"), established=(found,)), DENG))
    (now,) = caught.established.values()
    assert (now.source, now.periods) == ("reviewer", (FIRST, SHORT))
    assert outcome(now)[0] is Outcome.INELIGIBLE


CONDUCT = EstablishedFact(fact="conduct", value="true", source="employer", periods=(), titles=())


@pytest.mark.parametrize(
    ("fact", "formed"),
    [
        (told(LONG), True),
        (told(value="none"), True),
        (told(), False),
        (told(value="true"), False),
        (told(LONG, value="none"), False),
        (CONDUCT, True),
        (replace(CONDUCT, value=None), False),
        (replace(CONDUCT, periods=(LONG,)), False),
    ],
)
def test_a_list_is_told_by_its_periods_and_another_fact_by_its_value(
    fact: EstablishedFact, *, formed: bool
) -> None:
    refused = establishing.unformed([fact], LAW)
    assert [each.code for each in refused] == ([] if formed else ["FACT_UNFORMED"])
    told_so = "periods" if fact.fact == "contracts" else "value"
    assert all(told_so in each.chinese and told_so in each.english for each in refused)


def test_an_opinion_that_tells_a_list_otherwise_is_refused() -> None:
    (refusal,) = establishing.unformed([told()], LAW)
    bad = opinion(obstacles=(refusal,))
    around = SCHOOL_HANDLER.around
    given(AT_THE_EMPLOYER).when(handler_opinion.give_opinion, bad, around).refused("FACT_UNFORMED")
