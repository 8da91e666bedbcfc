"""The words of examples that stand for several facts at once, such as 民营企业."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT_WORDS: Mapping[str, Mapping[str, str]] = {
    "事业单位": {"unit.type": "institution"},
    "机关": {"unit.type": "government"},
    "国有企业": {"unit.type": "enterprise", "unit.ownership": "state"},
    "国有控股企业": {"unit.type": "enterprise", "unit.ownership": "state"},
    "混合所有制企业": {"unit.type": "enterprise", "unit.ownership": "mixed"},
    "民营企业": {"unit.type": "enterprise", "unit.ownership": "private"},
    "私营企业": {"unit.type": "enterprise", "unit.ownership": "private"},
    "外资企业": {"unit.type": "enterprise", "unit.ownership": "private"},
    "非公企业": {"unit.type": "enterprise", "unit.ownership": "private"},
    "企业": {"unit.type": "enterprise"},
    "民办非企业单位": {"unit.type": "non_enterprise", "unit.ownership": "private"},
    "民办中小学": {"unit.type": "non_enterprise", "unit.kind": "private_school"},
    "民办小学": {"unit.type": "non_enterprise", "unit.kind": "private_school"},
    "民办中学": {"unit.type": "non_enterprise", "unit.kind": "private_school"},
    "民营医院": {"unit.type": "non_enterprise", "unit.kind": "private_hospital"},
}
"""Kinds of unit in Chinese."""

OWNERSHIP: Mapping[str, str] = {
    "state": "state",
    "state_owned": "state",
    "state_controlled": "state",
    "private": "private",
    "non_state": "private",
    "non_public": "private",
    "foreign": "private",
    "mixed": "mixed",
}
"""Who owns an enterprise."""

RENAMED: Mapping[str, str] = {
    "employer": "unit.name",
    "employer_kind": "unit.kind",
    "employer_sector": "unit.sector",
    "applied_specialty": "specialty",
    "work_specialty": "specialty.worked",
    "specialty_judgement": "judgement",
    "series_in_exam_list": "exam_series",
    "applying_employer": "employer.applying",
    "insured_employer": "employer.insured",
    "si_ok": "insurance_ok",
    "steps": "consents",
    "nationality": "person.nationality",
    "document": "person.document",
    "employed_in": "person.employed_in",
    "chosen_acceptance": "filing.accepted_by",
    "teacher_certificate_date": "licence",
    "teacher_qualification": "licence",
    "licence_date": "licence",
    "qualification_certificate": "licence",
}
"""Keys of examples and the named facts that they are."""

UNIT_KEYS: Mapping[str, str] = {"autonomous_evaluation": "autonomous", "registered_at": "registrar"}
"""Keys of a unit that are called otherwise in packs."""

OF_THE_POST: Mapping[str, str] = {"post": "post.kind", "agency": "post.agency"}
"""Keys that examples write of a unit, and that are facts of the person's post there."""

NOT_FACTS = frozenset(
    {"policy_table_loaded", "required_years_source", "min_workdays_source", "text", "round"}
)
"""Keys that explain an example and are no facts of the case."""
