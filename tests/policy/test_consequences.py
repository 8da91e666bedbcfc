"""Certificates, sanctions, rolls and accounts: what follows a decision, and what surrounds it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.policy.conftest import beijing, told

if TYPE_CHECKING:
    from domain.policy.law import Law


def test_a_revocation_enters_the_province_s_record_for_three_years(yiyang: Law) -> None:
    sanction = yiyang.sanction("revocation")
    assert sanction.acts == ("revoke", "enter_record")
    assert (sanction.term_months, sanction.term_source) == (36, "notice")
    assert (sanction.scope, sanction.effect) == ("province", "block")
    assert sanction.last_day(date(2024, 6, 18)) == date(2027, 6, 18)
    assert sanction.active(date(2024, 6, 18), beijing("2027-06-18 23:59:59"))
    assert not sanction.active(date(2024, 6, 18), beijing("2027-06-19 00:00:00"))
    assert not sanction.active(date(2024, 6, 18), beijing("2024-06-17 23:59:59"))


def test_a_term_that_the_notice_does_not_give_is_the_default_s(xunwu: Law) -> None:
    sanction = xunwu.sanction("fraud_before_grant")
    assert (sanction.term_months, sanction.term_source) == (36, "default")
    assert sanction.scope == "authority"
    sources = {citation.source for citation in sanction.citations}
    assert sources == {"xunwu-2024", "national-default"}


def test_a_reviewer_is_criticised_without_a_record(xunwu: Law) -> None:
    sanction = xunwu.sanction("circular_criticism")
    assert (sanction.term_months, sanction.effect) == (None, "warn")
    assert sanction.last_day(date(2024, 10, 28)) is None
    assert {"XW-30", "XW-31"} <= {citation.rule for citation in sanction.citations}


def test_every_kind_of_misconduct_has_its_consequence_everywhere(
    xunwu: Law, yiyang: Law, huzhou: Law, luohe: Law, yueyang: Law
) -> None:
    for law in (xunwu, yiyang, huzhou, luohe, yueyang):
        for kind in ("fraud_before_grant", "revocation", "circular_criticism"):
            assert law.sanction(kind).citations


def test_the_deciding_bureau_issues_the_paper_certificate(yiyang: Law) -> None:
    issued = {each.id: (each.medium, each.issuer) for each in yiyang.documents(told())}
    assert issued["paper_certificate"] == ("paper", "authority")
    assert issued["e_certificate"] == ("electronic", "authority")


def test_one_decision_may_name_many_persons(huzhou: Law) -> None:
    (decision,) = [each for each in huzhou.documents(told()) if each.kind == "decision"]
    assert decision.names_many


@pytest.mark.parametrize(
    ("pack", "procedure", "word"),
    [
        ("yiyang", "direct_recognition", "认定"),
        ("huzhou", "initial_determination", "初定"),
        ("luohe", "initial_appointment", "初聘"),
        ("luohe", "recognition_by_assessment", "认定考核"),
        ("yueyang", "committee_review", "评审通过"),
        ("xunwu", "recognition_by_assessment", "考核认定"),
    ],
)
def test_the_outcome_is_called_what_the_notice_calls_it(
    request: pytest.FixtureRequest, pack: str, procedure: str, word: str
) -> None:
    law: Law = request.getfixturevalue(pack)
    label = law.label(procedure)
    assert label is not None
    assert label.chinese == word


def test_the_yearly_roll_is_due_by_the_end_of_march(luohe: Law, yiyang: Law) -> None:
    roll = luohe.annual_roll()
    assert roll is not None
    assert roll.due_on(2019) == date(2020, 3, 31)
    assert (roll.sender, roll.receiver) == ("county_title_office", "city_title_office")
    assert yiyang.annual_roll() is None


@pytest.mark.parametrize(
    ("unit", "creator"),
    [
        ({"type": "民营医院", "registered_at": "县卫健委"}, "COUNTY_HEALTH"),
        ({"type": "民办小学", "registered_at": "县教育局"}, "COUNTY_EDUCATION"),
        ({"type": "民营企业", "registered_at": "县市场监管局"}, "COUNTY_HR"),
        ({"type": "非公企业", "registered_at": "市市场监督管理局"}, "CITY_TALENT_CENTRE"),
        ({"type": "民营医院", "registered_at": "市卫健委"}, "CITY_HEALTH"),
        ({"type": "institution", "owner": "county"}, "COUNTY_HR"),
        ({"type": "institution", "owner": "city"}, "CITY_DEPARTMENT"),
    ],
)
def test_who_creates_a_unit_s_account_depends_on_its_kind(
    luohe: Law, unit: dict[str, str], creator: str
) -> None:
    found = luohe.account_creator(told(unit=unit))
    assert found is not None
    assert found.code == creator


def test_the_employer_creates_the_applicant_s_account(luohe: Law) -> None:
    found = luohe.account_creator(told(), "applicant")
    assert found is not None
    assert found.code == "EMPLOYER_ADMIN"


def test_the_first_secret_is_replaced_first(luohe: Law, xunwu: Law) -> None:
    assert luohe.account_rules().change_initial_secret
    assert "LH-50" in {citation.rule for citation in luohe.account_rules().citations}
    assert xunwu.account_rules().matches_insurance


def test_retention_that_nobody_set_is_not_invented(xunwu: Law) -> None:
    assert xunwu.retention().years is None


def test_refusals_of_the_deciders_rest_on_the_notice_where_it_speaks(
    xunwu: Law, yiyang: Law
) -> None:
    assert [citation.rule for citation in xunwu.behind("SAME_REVIEWER")] == ["XW-23"]
    assert [citation.rule for citation in yiyang.behind("SAME_REVIEWER")] == ["ND-SEPARATION"]
    assert xunwu.behind("NO_SUCH_CODE") == ()
