"""What auditors and inspectors should be told of: late acts, stale seats, findings unfinished."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, NumberInQuery
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.vocabularies import LATE_ACTS
from projections import exceptions, lateness
from projections.exceptions import IDLE_DAYS, StaleAppointment, Unfinished
from projections.lateness import LateAct

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

late = Blueprint("late-acts", prefix="/v1/late-acts", description="逾期与补录 / what was done late")
stale = Blueprint(
    "stale-appointments",
    prefix="/v1/stale-appointments",
    description="失效任职 / seats that nobody fills in truth",
)
unfinished = Blueprint(
    "unfinished-findings",
    prefix="/v1/unfinished-findings",
    description="查实未处理 / findings without outcome or record",
)


class LateQuery(PageQuery):
    """Which kind; without one, all: ``decision``, ``entry`` or ``item`` of a return."""

    kind = Word(LATE_ACTS, load_default=None)


@shows(LateAct, "position case kind act organisation person account at due_on items")
class LateActSchema(AnswerSchema):
    """One late act; ``due_on`` is when it was due or happened, ``items`` what was raised late."""


class StaleQuery(PageQuery):
    """After how many days without an act a seat counts as idle at which cases wait."""

    idle_days = NumberInQuery(load_default=IDLE_DAYS, least=1, most=3660)


@shows(
    StaleAppointment,
    "organisation appointment seat person account effective_on why waiting waiting_since"
    " last_acted_at position",
)
class StaleAppointmentSchema(AnswerSchema):
    """An open appointment; ``why``: its account is disabled or only opened, or it is idle.

    Idle is a seat at which cases have waited for so many days while its holder did nothing there.
    """


@shows(Unfinished, "code case investigation decision changed_at position")
class UnfinishedFindingSchema(AnswerSchema):
    """A finding, and what is missing after it."""


@lists(late, "LateActs", LateQuery, acts=LateActSchema)
def list_late(who: Acting, query: Query) -> Listing[LateAct]:
    """List cases decided late, things entered late, and returns that raised items late."""
    return lateness.found(scope_to_read(Act.READ_FINDINGS, who), kind=query["kind"])


@lists(stale, "StaleAppointments", StaleQuery, appointments=StaleAppointmentSchema)
def list_stale(who: Acting, query: Query) -> Listing[StaleAppointment]:
    """List open appointments that can't be used, or aren't though cases wait."""
    idle_since = who.at - timedelta(days=query["idle_days"])
    scope = scope_to_read(Act.READ_FINDINGS, who)
    return exceptions.stale_appointments(scope, on=who.today, idle_since=idle_since)


@lists(unfinished, "UnfinishedFindings", PageQuery, findings=UnfinishedFindingSchema)
def list_unfinished(who: Acting, _query: Query) -> Listing[Unfinished]:
    """List findings without revocation or disqualification, or without an integrity record."""
    return exceptions.unfinished(scope_to_read(Act.READ_FINDINGS, who))
