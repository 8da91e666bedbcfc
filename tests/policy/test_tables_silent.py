"""What a table of a pack leaves out has one meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy.accounts import read_account_rules
from domain.policy.authority import read_authority
from domain.policy.case_types import read_case_type
from domain.policy.chain import CLAIM_KINDS, read_stage
from domain.policy.duties import (
    read_paper_form,
    read_retention,
    read_returns,
)
from domain.policy.fees import read_fee
from domain.policy.materials import read_material
from domain.policy.outcome import read_document
from domain.policy.own_wording import Wording
from domain.policy.places import read_contact, read_paper_leg, read_place
from domain.policy.publicity import read_publicity
from domain.policy.reference import read_reference
from domain.policy.sanctions import read_sanction
from domain.policy.when import ALWAYS
from domain.policy.windows import read_batch, read_window
from tests.policy.tables import (
    ACCOUNTS,
    AUTHORITY,
    CASE_TYPE,
    CITING,
    DOCUMENT,
    FEE,
    LEG,
    MATERIAL,
    NAMED,
    PAPER_FORM,
    PLACE,
    PUBLICITY,
    REFERENCE,
    RETURNS,
    SANCTION,
    STAGE,
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
    ("reading", "table", "unsaid"),
    [
        (read_batch, NAMED, {"reference": None}),
        (read_window, WINDOW, {"opens": None, "closes_at": None, "when": ALWAYS}),
        (
            read_stage,
            STAGE,
            {
                "seats": ("handler", "leader"),
                "votes": False,
                "first_to_assert": CLAIM_KINDS,
                "publicity": None,
                "decides": False,
                "stands_in": None,
                "ageing_days": 15,
                "when": ALWAYS,
                "instead": (),
            },
        ),
        (
            read_publicity,
            PUBLICITY,
            {"working_days": None, "counting": None, "on_breach": "refuse"},
        ),
        (read_returns, RETURNS, {"clock_runs": False}),
        (read_paper_form, PAPER_FORM, {"stamps": (), "when": ALWAYS}),
        (read_retention, CITING, {"years": None}),
        (
            read_authority,
            AUTHORITY,
            {"action": None, "flag": None, "refuses": None, "when": ALWAYS},
        ),
        (read_account_rules, ACCOUNTS, {"matches_insurance": False}),
        (
            read_sanction,
            SANCTION,
            {
                "acts": (),
                "grounds": (),
                "term_months": None,
                "effect": None,
                "effect_elsewhere": None,
                "scope": None,
            },
        ),
        (read_document, DOCUMENT, {"names_many": False, "when": ALWAYS}),
        (
            read_material,
            MATERIAL,
            {
                "kind": "qualification",
                "form": "",
                "copies": 1,
                "original": False,
                "stamps": (),
                "column": None,
                "source": None,
                "instead": (),
                "supports": (),
                "required": True,
                "refuses": Wording("MATERIAL_MISSING"),
                "when": ALWAYS,
            },
        ),
        (read_fee, FEE, {"after_reminder": False, "when": ALWAYS}),
        (read_place, PLACE, {"short": "某路1号3楼", "phones": (), "body": None, "when": ALWAYS}),
        (
            read_paper_leg,
            LEG,
            {"opens": None, "closes": None, "after_approval": False, "when": ALWAYS},
        ),
        (
            read_contact,
            {"id": "it", "name": "某科", **CITING},
            {"phones": (), "address": None},
        ),
        (
            read_case_type,
            CASE_TYPE,
            {
                "title": None,
                "refuses": Wording("ALREADY_TITLED"),
                "supersedes": False,
                "when": ALWAYS,
            },
        ),
        (
            read_reference,
            REFERENCE,
            {"actor": None, "address": None, "public": True},
        ),
    ],
)
def test_what_a_table_leaves_out_has_one_meaning(
    reading: Reading, table: Table, unsaid: Table
) -> None:
    entry, expected = said(read(reading, table)), {**meant(table), **unsaid}
    assert {name: entry[name] for name in expected} == expected
