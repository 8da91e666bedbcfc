"""Each named check is read as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy.checks import CHECKS
from domain.policy.checks.achievements import Listed, SomeOf
from domain.policy.checks.assessments import Concluded, YearlyGraded
from domain.policy.checks.consents import Consented
from domain.policy.checks.plain import AtLeast, Compared, Served
from domain.policy.checks.specialty import SpecialtiesAgree
from domain.policy.comparing import Equal
from domain.policy.when import ALWAYS, When
from tests.policy.tables import (
    CITED,
    ENTERPRISE,
    FOR_ENTERPRISES,
    NAMED,
    ONE_YEAR,
    Table,
    read,
)

if TYPE_CHECKING:
    from domain.policy.condition import Check


@pytest.mark.parametrize(
    ("name", "table", "check"),
    [
        (
            "facts",
            {"require": {"unit.type": "enterprise"}, "forbid": {"level": ["junior"]}},
            Compared(ENTERPRISE, When((Equal("level", ("junior",)),))),
        ),
        ("served", {"with": {"years": 1}}, Served(ONE_YEAR)),
        ("education", {"with": {"at_least": "bachelor"}}, AtLeast("bachelor")),
        ("assessment", {"with": {"grades": ["合格", "优秀"]}}, Concluded(("合格", "优秀"))),
        (
            "assessments",
            {"with": {"grades": ["合格"], "last": 3, "since_post": True}},
            YearlyGraded(grades=("合格",), last=3, since_post=True),
        ),
        (
            "assessments",
            {"with": {"grades": ["合格"]}},
            YearlyGraded(grades=("合格",), last=0, since_post=False),
        ),
        (
            "specialty",
            {
                "with": {
                    "of": ["major", "specialty"],
                    "judgement": "subject",
                    "accept": ["same"],
                    "differing": "refuse",
                    "by_work": True,
                }
            },
            SpecialtiesAgree(
                of=("major", "specialty"),
                judgement="subject",
                accept=("same",),
                differing="refuse",
                by_work=True,
            ),
        ),
        (
            "specialty",
            {"with": {"of": ["major", "specialty"]}},
            SpecialtiesAgree(
                of=("major", "specialty"),
                judgement="judgement",
                accept=("same", "close"),
                differing="judge",
                by_work=False,
            ),
        ),
        ("consents", {"with": {"steps": ["unit"]}}, Consented(("unit",))),
        (
            "achievements",
            {
                "at_least": 1,
                "items": [{**NAMED, "aliases": ["1"], "within_years": 3, **FOR_ENTERPRISES}],
            },
            SomeOf(
                1,
                (
                    Listed(
                        id="it",
                        aliases=("1",),
                        chinese="中",
                        english="english",
                        when=ENTERPRISE,
                        within_years=3,
                        citations=CITED,
                    ),
                ),
            ),
        ),
        (
            "achievements",
            {"items": [NAMED]},
            SomeOf(
                1,
                (
                    Listed(
                        id="it",
                        aliases=(),
                        chinese="中",
                        english="english",
                        when=ALWAYS,
                        within_years=None,
                        citations=CITED,
                    ),
                ),
            ),
        ),
    ],
)
def test_a_check_is_read_as_it_is_written(name: str, table: Table, check: Check) -> None:
    assert read(CHECKS[name].read, table) == check
