"""A window extended for one case (延期), by an authority above.

For all cases of an authority: see ``domain.organisation.window_extension``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain import beijing
from domain.case.seats import kept_out
from domain.event import Event
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_above, not_in_seat
from domain.refusals.two_persons import own_affair
from domain.replacing import replace
from domain.separation import LEADER

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


@dataclass(frozen=True, kw_only=True)
class WindowExtended(Event, topic="case:window-extended:1", chinese="延期"):
    """A window was extended for this case; ``bound`` is the actor or stage that it binds."""

    bound: str
    until: date
    organisation: str
    reason: Personal


def extend_window(
    case: Case,
    bound: str,
    until: date,
    reason: Personal,
    around: Circumstances,
    *,
    above: Collection[str],
) -> tuple[WindowExtended, ...]:
    """A leader of an authority above lets this one case be in time until a later day.

    ``above`` are the organisations above the employer, and the one that decides the case.
    """
    refused = []
    if around.organisation.organisation not in above:
        refused.append(not_above())
    if not around.sits(LEADER):
        refused.append(not_in_seat(LEADER))
    if around.humans.same(around.actor.person, case.applicant):
        cited = around.law.behind("SELF_REVIEW")
        refused.append(own_affair("涉及本人的延期", "an extension for themselves", cited))
    refused += kept_out(case, around.actor.person, around)
    if until < around.today:
        refused.append(due_in_the_past(until, "/until"))
    if refused:
        raise Refused(*refused)
    return (
        WindowExtended(
            bound=bound,
            until=until,
            organisation=around.organisation.organisation,
            reason=reason,
        ),
    )


def evolve(state: Case, event: WindowExtended) -> Case:
    """The case with one more day until which it is in time."""
    return replace(state, extensions=state.extensions.added((event.bound, event.until)))


def due_in_the_past(due: date, pointer: str) -> Refusal:
    """A term, to the last day or to the moment, that has passed already."""
    told = beijing.told(due) if isinstance(due, datetime) else str(due)
    return Refusal(
        "DUE_IN_THE_PAST",
        f"期限（北京时间 {told}）已过，请另定期限。",
        f"The term {told} (Beijing) has passed already; set a later one.",
        pointer=pointer,
    )
