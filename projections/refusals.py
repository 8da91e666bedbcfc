"""What was refused and recorded: filings at the door, and checks of separation (已拦截).

A check that did not pass is no misconduct; an explanation, where one was given, is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.single_events import FilingRefused, SeparationConflictRefused
from projections.asking import by_whom, compared, on_days, turned
from projections.fact import Sealed
from projections.offices import at_offices
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.asking import Asked
    from projections.fact import Fact
    from projections.listing import Condition, Gathered
    from projections.page import Page
    from projections.scope import Scope

FILING = "filing"
SEPARATION = "separation"


@dataclass(slots=True)
class Refusal:
    """One refused act. ``kind`` is filing or separation; ``codes`` say why, ``rules`` by which.

    ``person`` is whom it is about, ``by`` and ``by_account`` who tried.
    ``organisation`` is the employer of a filing, or whose seat it was.
    """

    position: int
    stream: str
    kind: str
    act: str
    at: datetime
    case: str | None
    person: str
    organisation: str
    stage: str | None
    seat: str | None
    codes: tuple[str, ...]
    rules: tuple[str, ...]
    explanation: Sealed | None
    by: str | None
    by_account: str | None


refused = Table(
    "refusal",
    Refusal,
    key=("position",),
    indexes=(
        "(kind, position)",
        '("case", position) WHERE "case" IS NOT NULL',
        "(person, position)",
        "(organisation, position)",
        '("by", position)',
        "(by_account, position)",
        "(at)",
        "(stream)",
        "USING gin (codes)",
    ),
)
view = View("refusals", 4, (refused,))


@view.on(FilingRefused)
def _filing(fact: Fact, page: Page) -> None:
    row = _row(fact, FILING, fact["employer"])
    page.rows(refused).add(row)


@view.on(SeparationConflictRefused)
def _separation(fact: Fact, page: Page) -> None:
    row = _row(fact, SEPARATION, fact["organisation"])
    row.stage, row.seat = fact["stage"], fact["seat"]
    row.explanation = fact.sealed("explanation")
    page.rows(refused).add(row)


def _row(fact: Fact, kind: str, organisation: str) -> Refusal:
    reasons = fact["reasons"]
    return Refusal(
        position=fact.position,
        stream=fact.stream,
        kind=kind,
        act=fact["act"],
        at=fact.at,
        case=fact["case"],
        person=fact["person"],
        organisation=organisation,
        stage=None,
        seat=None,
        codes=tuple(each["code"] for each in reasons),
        rules=tuple(sorted({rule for each in reasons for rule in each["rules"]})),
        explanation=None,
        by=fact.person,
        by_account=fact.account,
    )


_COLUMNS = {
    "kind": "kind",
    "case": '"case"',
    "person": "person",
    "org": "organisation",
    "stage": "stage",
}


def visible(
    scope: Scope, asked: Sequence[Asked] = (), *, ascending: bool = False
) -> Gathered[Refusal]:
    """What was refused at organisations that ``scope`` shows, the newest first.

    ``ascending``: the oldest first.
    """
    meeting = [turned(each, _condition(each)) for each in asked]
    return at_offices(refused, scope, meeting, ("position",), ascending=ascending)


def _condition(asked: Asked) -> Condition:
    if asked.name == "actor":
        return by_whom(refused.name, '"by"', "by_account", asked)
    if asked.name == "day":
        return compared("refusal.at", on_days(asked))
    if asked.name == "code":
        return "refusal.codes && %s", [asked.words()]
    return compared(f"refusal.{_COLUMNS[asked.name]}", asked)
