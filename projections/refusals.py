"""What was refused and recorded: filings at the door, and checks of separation (已拦截).

A check that did not pass is no misconduct; an explanation, where one was given, is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from domain.notes import FilingRefused, SeparationConflictRefused
from projections import organisations
from projections.fact import Sealed
from projections.listing import listing, narrowed
from projections.table import Table
from projections.view import View

if TYPE_CHECKING:
    from projections.fact import Fact
    from projections.listing import Listing
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
        "(stream)",
    ),
)
view = View("refusals", 2, (refused,))


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


def visible(
    scope: Scope, *, kind: str | None = None, case: str | None = None, code: str | None = None
) -> Listing[Refusal]:
    """What was refused at organisations that ``scope`` shows, the newest first."""
    asked = {"kind = %s": kind, '"case" = %s': case, "%s = ANY (codes)": code}
    theirs = organisations.seen(scope, "refusal.organisation")
    return listing(refused, [theirs, *narrowed(asked)], ("position",))
