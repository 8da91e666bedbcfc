"""How long one eligibility check takes, in process, pack by pack.

Shows that asking the law is never what a submission waits for.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter_ns
from typing import TYPE_CHECKING

import click

from api.law import packs
from domain.beijing import BEIJING
from domain.policy.facts import Facts
from domain.policy.records import Education, Title, Work

if TYPE_CHECKING:
    from domain.policy.law import Law

NANOSECONDS_IN_A_MICROSECOND = 1_000


@dataclass(frozen=True)
class Timed:
    """How long the checks of one pack took."""

    bench: str
    subject: str
    pack: str
    checks: int
    median_microseconds: float
    percentile_99_microseconds: float


def applicant(born: date) -> Facts:
    """An invented applicant with three educations, four jobs and a title."""
    start = born + timedelta(days=22 * 365)
    return Facts(
        submitted_at=datetime(2024, 5, 20, 9, tzinfo=BEIJING),
        applied="intermediate",
        series="工程",
        education=(
            Education(level="college", mode="full_time", awarded=start),
            Education(level="bachelor", mode="adult", awarded=start + timedelta(days=1100)),
            Education(level="master", mode="full_time", awarded=start + timedelta(days=2600)),
        ),
        work=tuple(
            Work(
                first_day=start + timedelta(days=700 * job),
                last_day=start + timedelta(days=700 * job + 650) if job < 3 else None,  # noqa: PLR2004 -- the last goes on
            )
            for job in range(4)
        ),
        titles=(Title(level="assistant", via="初定", gained=start + timedelta(days=1500)),),
        assessments={2021: "合格", 2022: "合格", 2023: "优秀"},
        named={"unit.type": "enterprise", "unit.owner": "city"},
    )


def timed(law: Law, checks: int) -> Timed:
    """Time so many checks under a law, each of somebody else."""
    spent: list[float] = []
    for number in range(checks):
        facts = applicant(date(1985, 1, 1) + timedelta(days=number))
        began = perf_counter_ns()
        law.assess(facts)
        spent.append((perf_counter_ns() - began) / NANOSECONDS_IN_A_MICROSECOND)
    return Timed("policy", "mingjian", law.id, checks, median(spent), quantiles(spent, n=100)[-1])


@click.command("policy")
@click.option("--checks", default=2000, show_default=True, help="Checks for each pack.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a line.")
def policy(*, checks: int, as_json: bool) -> None:
    """Time the eligibility check under every pack."""
    for law in packs.load_all():
        result = timed(law, checks)
        if as_json:
            click.echo(json.dumps(asdict(result)))
        else:
            click.echo(
                f"{result.pack:14} median {result.median_microseconds:8.0f} µs   "
                f"99 % within {result.percentile_99_microseconds:8.0f} µs"
            )
