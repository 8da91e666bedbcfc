"""Every table of a pack is read as it is written."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from domain.policy.accounts import read_account_rules, read_creator, read_separation
from domain.policy.authority import read_authority
from domain.policy.case_types import read_case_type
from domain.policy.duties import (
    read_annual_roll,
    read_completion,
    read_paper_form,
    read_retention,
    read_returns,
)
from domain.policy.fees import read_fee
from domain.policy.levels import read_education, read_handled, read_level
from domain.policy.materials import read_material
from domain.policy.outcome import read_document, read_label
from domain.policy.places import read_contact, read_paper_duty, read_paper_leg, read_place
from domain.policy.publicity import read_publicity, read_publicity_default
from domain.policy.reference import read_reference
from domain.policy.sanctions import read_sanction
from domain.policy.silent import read_silent
from domain.policy.windows import read_batch, read_window
from tests.policy.tables import (
    ACCOUNTS,
    AUTHORITY,
    CASE_TYPE,
    CITING,
    DOCUMENT,
    FEE,
    FOR_ENTERPRISES,
    LEG,
    MATERIAL,
    NAMED,
    PAPER_FORM,
    PLACE,
    PUBLICITY,
    REFERENCE,
    RETURNS,
    SANCTION,
    SILENT,
    WINDOW,
    Table,
    meant,
    read,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.policy.reading import Reader

    Reading = Callable[[Reader], object]


@pytest.mark.parametrize(
    ("reading", "table"),
    [
        (read_batch, {**NAMED, "reference": date(2025, 12, 31)}),
        (
            read_window,
            {**WINDOW, "opens": date(2025, 3, 1), "closes_at": time(17), **FOR_ENTERPRISES},
        ),
        (
            read_publicity,
            {
                **PUBLICITY,
                "working_days": 7,
                "counting": "calendar_days_after_posting",
                "on_breach": "flag",
            },
        ),
        (read_publicity, {**PUBLICITY, "before": "issue", "on_breach": "refuse"}),
        (
            read_publicity_default,
            {"working_days": 5, "counting": "working_days_with_posting_day", **CITING},
        ),
        (read_returns, {**RETURNS, "resume": "returning", "clock_runs": True}),
        (
            read_completion,
            {
                "id": "it",
                "batches": ["B1", "B2"],
                "finish_by": date(2025, 12, 20),
                "flag": "LATE",
                **CITING,
            },
        ),
        (
            read_annual_roll,
            {
                "zh": "中",
                "en": "english",
                "sender": "county_hr",
                "receiver": "city_hr",
                "due_month": 1,
                "due_day": 31,
                **CITING,
            },
        ),
        (read_paper_form, {**PAPER_FORM, "stamps": ["employer"], **FOR_ENTERPRISES}),
        (read_retention, {"years": 30, **CITING}),
        (
            read_authority,
            {
                **AUTHORITY,
                "action": "refer_up",
                "flag": "REFER",
                "refuse": "EXAM_SERIES",
                **FOR_ENTERPRISES,
            },
        ),
        (
            read_creator,
            {**NAMED, "creates": "applicant", "code": "COUNTY_HR", **FOR_ENTERPRISES},
        ),
        (read_creator, {**NAMED, "creates": "unit", "code": "COUNTY_HR", **FOR_ENTERPRISES}),
        (read_account_rules, {**ACCOUNTS, "matches_insurance": True}),
        (read_account_rules, {**ACCOUNTS, "stale_after_days": 7}),
        (
            read_separation,
            {
                "different_persons": True,
                "self_review": False,
                "handler_first": True,
                "substitutes": False,
                "other_level": "refuse",
                **CITING,
            },
        ),
        (
            read_sanction,
            {
                **SANCTION,
                "acts": ["revoke"],
                "grounds": ["forgery"],
                "term_months": 36,
                "effect": "warn",
                "effect_elsewhere": "block",
                "scope": "province",
            },
        ),
        (read_sanction, {**SANCTION, "effect": "block", "effect_elsewhere": "warn"}),
        (read_label, NAMED),
        (read_document, {**DOCUMENT, "names_many": True, **FOR_ENTERPRISES}),
        (read_document, {**DOCUMENT, "kind": "decision", "medium": "electronic"}),
        (
            read_material,
            {
                **MATERIAL,
                "class": "performance",
                "form": "原件",
                "copies": 2,
                "stamps": ["employer"],
                "column": "其他",
                "source": "education register",
                "instead": ["other"],
                "supports": ["work", "title"],
                "required": False,
                "code": "CONDITION_NOT_MET",
                **FOR_ENTERPRISES,
            },
        ),
        (read_material, {**MATERIAL, "class": "form"}),
        (
            read_fee,
            {**FEE, "after_reminder": True, **FOR_ENTERPRISES},
        ),
        (
            read_place,
            {
                **PLACE,
                "short": "某路",
                "phones": ["0000-0000"],
                "body": "city_hr",
                **FOR_ENTERPRISES,
            },
        ),
        (
            read_paper_leg,
            {
                **LEG,
                "opens": date(2025, 4, 1),
                "closes": date(2025, 4, 9),
                "after_approval": True,
                **FOR_ENTERPRISES,
            },
        ),
        (read_paper_duty, {**NAMED, "required": True, **FOR_ENTERPRISES}),
        (
            read_contact,
            {"id": "it", "name": "某科", "phones": ["0000"], "address": "某路", **CITING},
        ),
        (
            read_case_type,
            {
                **CASE_TYPE,
                "title": {"level": ["assistant"], "applied": ["same", "lower"], "revoked": True},
                "outcome": "refuse",
                "code": "CONDITION_NOT_MET",
                "supersedes": True,
                **FOR_ENTERPRISES,
            },
        ),
        (read_case_type, {**CASE_TYPE, "outcome": "open", "title": {"other_series": True}}),
        (read_level, {**NAMED, "rank": 3}),
        (read_education, {**NAMED, "counts_as": "college"}),
        (read_education, {**NAMED, "rank": 3}),
        (read_handled, {"levels": ["junior", "intermediate"], **CITING}),
        (read_silent, {**SILENT, **FOR_ENTERPRISES}),
        (read_silent, {**SILENT, "about": "dates", "en": "another text"}),
        (
            read_reference,
            {
                **REFERENCE,
                "actor": "applicant",
                "address": "某网址",
                "public": True,
            },
        ),
        (read_reference, {**REFERENCE, "public": False}),
    ],
)
def test_a_table_is_read_as_it_is_written(reading: Reading, table: Table) -> None:
    entry = said(read(reading, table))
    assert {name: entry[name] for name in meant(table)} == meant(table)
