"""Who dealt with a case at a stage (经办与领导), and when it was decided there.

One line a stage × organisation × round at which somebody acted. An act that was rescinded as a
slip, and an opinion that was taken back, are taken out again: who handled before is named as
before. That they were done is told by ``case_acts``; whether the two were different persons is
shown by ``separation``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import beijing
from domain.case.handler_opinion import HandlerOpinionGiven, OpinionTakenBack
from domain.case.leader_decision import CaseNotAccepted, CaseRejected, LeaderApproved
from domain.case.rescission import ActRescinded
from domain.case.returning import CaseReturned
from projections.listing import ALWAYS, both
from projections.seats import HANDLER
from projections.table import Part, Table
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition
    from projections.page import Page


@dataclass(frozen=True)
class Handling:
    """Who handled a case through which account, by the act at a version of it."""

    handler: str | None = None
    account: str | None = None
    version: int | None = None


@dataclass(slots=True)
class Dealing:
    """Who handled and who led; ``handled`` and ``decided`` are the versions of their last acts.

    ``handlings`` are the handlers' acts that stand, the last of which is named.
    ``decision`` is the topic of what was decided or returned on ``decided_on`` (Beijing); a case
    that its handler returned has no leader.
    """

    case: str
    stage: str
    organisation: str
    round: int
    handler: str | None = None
    handler_account: str | None = None
    handled: int | None = None
    handlings: tuple[Handling, ...] = ()
    leader: str | None = None
    leader_account: str | None = None
    decided: int | None = None
    decided_on: date | None = None
    decision: str | None = None


class Dealt(NamedTuple):
    """The same, as far as lists tell it."""

    case: str
    stage: str
    organisation: str
    round: int
    handler: str | None
    handler_account: str | None
    leader: str | None
    leader_account: str | None
    decided_on: date | None
    decision: str | None


_GIVEN = "WHERE {0} IS NOT NULL"
dealings = Table(
    "dealing",
    Dealing,
    key=("case", "stage", "organisation", "round"),
    indexes=(
        *(
            f"({who}, decided_on) {_GIVEN.format(who)}"
            for who in ("handler", "handler_account", "leader", "leader_account")
        ),
        f"(decided_on) {_GIVEN.format('decided_on')}",
    ),
)
dealt = Part(dealings, Dealt)
view = View("dealings", 3, (dealings,))

DECISIONS = (LeaderApproved, CaseNotAccepted, CaseRejected, CaseReturned)
"""What decides a case at a stage, or returns it."""


@view.on(HandlerOpinionGiven)
def _opined(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    _handle(row, fact)
    page.rows(dealings).put(row)


@view.on(*DECISIONS)
def _decided(fact: Fact, page: Page) -> None:
    row = _row(fact, page)
    if fact.fields.get("seat") == HANDLER:
        _handle(row, fact)
    else:
        row.leader, row.leader_account = fact.person, fact.account
    row.decided, row.decided_on, row.decision = fact.version, beijing.day(fact.at), fact.topic
    page.rows(dealings).put(row)


@view.on(OpinionTakenBack)
def _taken_back(fact: Fact, page: Page) -> None:
    _undo(fact, page, fact["opinion"])


@view.on(ActRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    _undo(fact, page, fact["act"])


def _handle(row: Dealing, fact: Fact) -> None:
    _name_handler(row, *row.handlings, Handling(fact.person, fact.account, fact.version))


def _name_handler(row: Dealing, *handlings: Handling) -> None:
    row.handlings, last = handlings, handlings[-1] if handlings else Handling()
    row.handler, row.handler_account, row.handled = last.handler, last.account, last.version


def _undo(fact: Fact, page: Page, act: int) -> None:
    """Take out what was done by the act at a version: a handler's return is both."""
    for row in page.rows(dealings).of(fact.stream):
        standing = [each for each in row.handlings if each.version != act]
        if len(standing) < len(row.handlings):
            _name_handler(row, *standing)
        elif row.decided == act:
            row.leader = row.leader_account = None
        else:
            continue
        if row.decided == act:
            row.decided = row.decided_on = row.decision = None
        page.rows(dealings).put(row)


def _row(fact: Fact, page: Page) -> Dealing:
    key = (fact.stream, fact["stage"], fact["organisation"], fact["round"])
    return page.rows(dealings).get(*key) or Dealing(
        case=key[0], stage=key[1], organisation=key[2], round=key[3]
    )


def of_cases(
    connection: Connection[Any], cases: Iterable[str], theirs: Condition = ALWAYS
) -> dict[str, list[Dealt]]:
    """Who dealt with each of some cases, in the order in which they did; of ``theirs`` alone."""
    found: dict[str, list[Dealt]] = {each: [] for each in cases}
    where, given = both(('dealing."case" = ANY (%s)', [list(found)]), theirs)
    rest = f"WHERE {where} ORDER BY coalesce(handled, decided), coalesce(decided, 0)"
    for row in dealt.select(connection, rest, given):
        found[row.case].append(row)
    return found
