"""Who registers a unit, and who opens its applicants' accounts, where a notice says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.law import packs
from domain.organisation.creator import wrong_opener, wrong_registrar
from domain.organisation.events import Kind, Ownership
from tests.domain.invented import SCHOOL, organisation

if TYPE_CHECKING:
    from domain.organisation.state import Organisation
    from domain.policy.law import Law

UNIT = replace(
    organisation(SCHOOL),
    kind=Kind.ENTERPRISE,
    ownership=Ownership.NON_STATE,
    traits=("unit.registered=county",),
)
BUREAU = replace(organisation("organisation-bureau"), kind=Kind.GOVERNMENT)


@pytest.fixture(scope="module")
def luohe() -> Law:
    return packs.load("luohe-2020")


def registering(law: Law, registrar: Organisation, unit: Organisation = UNIT) -> list[str]:
    return [each.code for each in wrong_registrar(law, unit, registrar)]


def test_a_private_enterprise_is_registered_at_its_own_level(luohe: Law) -> None:
    assert registering(luohe, BUREAU) == []
    assert registering(luohe, replace(BUREAU, level="city")) == ["NOT_ITS_CREATOR"]


def test_a_private_school_is_registered_by_the_education_bureau(luohe: Law) -> None:
    school = replace(UNIT, traits=(*UNIT.traits, "unit.kind=private_school"))
    education = replace(BUREAU, traits=("unit.sector=education",))
    assert registering(luohe, BUREAU, school) == ["NOT_ITS_CREATOR"]
    assert registering(luohe, education, school) == []


def test_offices_are_registered_by_whoever_empowers_them(luohe: Law) -> None:
    assert registering(luohe, replace(BUREAU, level="province"), BUREAU) == []


def test_where_a_notice_is_silent_the_power_alone_counts() -> None:
    silent = packs.load("xunwu-2024")
    assert registering(silent, replace(BUREAU, level="province")) == []
    assert wrong_opener(silent, UNIT, BUREAU.organisation) == []


def test_applicants_accounts_are_opened_in_their_own_house(luohe: Law) -> None:
    (refusal,) = wrong_opener(luohe, UNIT, BUREAU.organisation)
    assert refusal.code == "NOT_ITS_CREATOR"
    assert [each.rule for each in refusal.citations] == ["LH-49"]
    assert wrong_opener(luohe, UNIT, UNIT.organisation) == []
