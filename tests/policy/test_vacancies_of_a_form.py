"""Posts of the employer's form: the column of the level, what is vacant, who was recommended."""

from __future__ import annotations

from typing import Any

import pytest

from domain.policy.checks import CHECKS
from domain.policy.checks.vacancy import Competed, Sealed, Vacant
from domain.policy.condition import Finding, unsaid
from domain.policy.facts import Facts, VacancyForm
from domain.policy.faults import PackError
from domain.policy.vacancy_form import (
    Column,
    FormSeal,
    FormSum,
    VacancyFormRule,
    read_vacancy_form,
)
from domain.policy.when import ALWAYS
from tests.policy.conftest import told
from tests.policy.occasions import occasion
from tests.policy.tables import CITED, CITING, ENTERPRISE, FOR_ENTERPRISES, IT, NAMED, Table, read

JUNIOR = {**NAMED, "id": "junior", "zh": "初级", "en": "junior"}
OWN = {**NAMED, "id": "yuan", "zh": "员级", "en": "yuan"}
FORM: Table = {"zh": "表", "en": "form", "columns": [JUNIOR], **CITING}
RULE = read(read_vacancy_form, {**FORM, "columns": [JUNIOR, OWN]})


def found(applied: str | None = "assistant", **form: Any) -> Finding:  # noqa: ANN401 -- any field
    facts = told(**({"applied": applied} if applied else {}))
    facts = Facts(applied=facts.applied, vacancy_form=VacancyForm(**form))
    return Vacant().find(facts, occasion(vacancy_form=RULE))


@pytest.mark.parametrize(
    ("form", "met"),
    [
        ({"approved": 5, "employed": 4}, True),
        ({"approved": 5, "employed": 5}, False),
        ({"approved": 5, "employed": 6}, False),
        ({"vacant": 1}, True),
        ({"vacant": 0}, False),
        ({"approved": 5, "vacant": 1}, True),
        ({"employed": 5, "vacant": 0}, False),
        ({"approved": 5, "employed": 4, "offered": 1}, True),
        ({"approved": 5, "employed": 4, "offered": 2}, False),
        ({"approved": 5, "employed": 4, "offered": 0}, False),
        ({"offered": 0}, True),
        ({}, True),
        ({"vacant": 1, "level": "初级"}, True),
        ({"vacant": 1, "level": "中级"}, False),
    ],
)
def test_a_post_is_vacant_in_the_column_of_the_level(form: dict[str, Any], met: object) -> None:
    assert found(**form).met is met


@pytest.mark.parametrize(
    ("applied", "column"), [("assistant", "初级"), ("junior", "初级"), ("yuan", "员级")]
)
def test_a_level_has_its_own_column_or_its_group_s(applied: str, column: str) -> None:
    assert found(applied, vacant=1, level=column).met is True
    assert found(applied, vacant=1, level="中级").met is False


def test_a_level_without_a_column_is_not_at_issue() -> None:
    assert found("intermediate", vacant=1, level="初级").met is True
    assert found(None, vacant=1, level="初级").met is True
    facts = Facts(applied="assistant", vacancy_form=VacancyForm(vacant=1, level="中级"))
    assert Vacant().find(facts, occasion(vacancy_form=None)).met is True
    assert RULE.column_of("intermediate") is None


def test_a_stated_number_that_differs_from_the_sum_is_marked() -> None:
    mark = ("VACANCY_ARITHMETIC",)
    assert found(level="初级", approved=5, employed=4, vacant=2) == Finding(
        met=True, facts=("初级: 5 − 4 = 1",), flags=mark
    )
    assert found(approved=5, employed=4, vacant=1).flags == ()
    assert found(vacant=1).flags == ()


def test_without_a_form_there_is_no_vacancy_and_unmentioned_none_is_asked_for() -> None:
    asked = occasion(vacancy_form=RULE)
    assert Vacant().find(told(), asked) == unsaid("vacancy_form")
    assert Vacant().find(told(vacancy_form=None), asked) == Finding(met=False)
    for check in (Competed(), Sealed(("hr",))):
        assert check.find(told(), asked) == unsaid("vacancy_form")
        assert check.find(told(vacancy_form=None), asked) == unsaid("vacancy_form")


@pytest.mark.parametrize(
    ("form", "facts", "finding"),
    [
        ({"lists_applicant": True}, {}, Finding(met=True)),
        ({"lists_applicant": False}, {}, Finding(met=False)),
        ({}, {}, Finding(met=True)),
        (
            {"recommended_title": "assistant"},
            {"applied": "assistant"},
            Finding(met=True, facts=("assistant",)),
        ),
        (
            {"recommended_title": "assistant"},
            {"applied": "intermediate"},
            Finding(met=False, facts=("assistant",)),
        ),
        ({"recommended_title": "assistant"}, {}, Finding(met=True, facts=("assistant",))),
        (
            {"recommended_title": "assistant", "recommended_series": "会计系列"},
            {"applied": "assistant", "series": "会计"},
            Finding(met=True, facts=("assistant", "会计系列")),
        ),
        (
            {"recommended_title": "assistant", "recommended_series": "审计"},
            {"applied": "assistant", "series": "会计"},
            Finding(met=False, facts=("assistant", "审计")),
        ),
    ],
)
def test_who_was_recommended_was_recommended_for_the_title_applied_for(
    form: dict[str, Any], facts: dict[str, Any], finding: Finding
) -> None:
    plain = told(**facts)
    whole = Facts(applied=plain.applied, series=plain.series, vacancy_form=VacancyForm(**form))
    assert Competed().find(whole, occasion()) == finding


@pytest.mark.parametrize(
    ("seals", "finding"),
    [
        (("hr", "department"), Finding(met=True, specifics={"material": ""})),
        (("hr",), Finding(met=False, specifics={"material": "department"})),
        ((), Finding(met=False, specifics={"material": "department、hr"})),
    ],
)
def test_seals_that_are_missing_on_the_form_are_named(
    seals: tuple[str, ...], finding: Finding
) -> None:
    facts = Facts(vacancy_form=VacancyForm(seals=seals))
    shown = Sealed(("department", "hr")).find(facts, occasion())
    assert (shown.met, shown.specifics) == (finding.met, finding.specifics)
    assert shown.facts == seals
    silent = Facts(vacancy_form=VacancyForm())
    assert Sealed(("hr",)).find(silent, occasion()) == unsaid("vacancy_form")


def test_the_form_is_read_as_it_is_written() -> None:
    seal = {**NAMED, "id": "hr", "by": "bureau"}
    table = {
        **FORM,
        "per": "batch",
        "seals": [seal],
        "sums": [{"id": "vacant", "otherwise": "flag", **CITING}, {"id": "totals", **CITING}],
        **FOR_ENTERPRISES,
    }
    column = Column(id="junior", chinese="初级", english="junior", citations=CITED)
    assert read(read_vacancy_form, table) == VacancyFormRule(
        chinese="表",
        english="form",
        per="batch",
        when=ENTERPRISE,
        columns={"junior": column},
        seals={"hr": FormSeal(**{**IT, "id": "hr"}, by="bureau")},
        sums={
            "vacant": FormSum(id="vacant", otherwise="flag", citations=CITED),
            "totals": FormSum(id="totals", otherwise="refuse", citations=CITED),
        },
        citations=CITED,
    )
    least = read(read_vacancy_form, FORM)
    assert (least.per, least.when, least.seals, least.sums) == ("notice", ALWAYS, {}, {})
    with pytest.raises(PackError, match=r"^sample\.toml\.columns: a form of posts has a column"):
        read(read_vacancy_form, {**FORM, "columns": []})


def test_checks_of_the_form_are_read_as_they_are_written() -> None:
    seals = CHECKS["form_seals"].read
    assert read(seals, {"with": {"seals": ["hr"]}}) == Sealed(("hr",))
    assert read(CHECKS["vacancy"].read, {}) == Vacant()
    assert read(CHECKS["competition"].read, {}) == Competed()
