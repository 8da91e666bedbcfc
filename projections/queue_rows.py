"""Rows of what waits for whom, and their view: a case as its queue knows it, and what else waits.

How they follow the record, and which lists show them: see ``projections.work_queue``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from projections import people
from projections.chain import Former, Stage
from projections.course import DRAFT, Stand
from projections.fact import Sealed  # noqa: TC001 -- the columns are read from the hints
from projections.table import Part, Table
from projections.view import View


@dataclass(frozen=True)
class Acted:
    """A person acted in a seat of an organisation."""

    organisation: str
    seat: str
    person: str


@dataclass(frozen=True)
class Substitute:
    """A person stands in for a seat of a stage in this case; ``home`` is where they come from."""

    stage: str
    seat: str
    person: str
    account: str
    home: str


@dataclass(frozen=True)
class Asked:
    """An application for a person's recusal, and the seat that decides it."""

    application: str
    stage: str
    organisation: str
    seat: str
    person: str


@dataclass(slots=True)
class Undecided:
    """An application for recusal that waits for a seat."""

    application: str
    case: str
    organisation: str
    seat: str


@dataclass(slots=True)
class Matter:
    """An objection or an investigation, and the case that it is about."""

    stream: str
    case: str


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One case; ``since_position`` and ``since`` (UTC) say when it came to the seat.

    ``phase``, ``stage``, ``organisation`` and ``seat`` are those of ``projections.course``;
    rows with ``waiting`` false are in no queue, but for what is to be decided beside the case.
    ``open_objections`` are those that nobody has settled, screened or not. ``urged_on`` is when
    whoever it waits for was told, ``urged_above`` the office above that was told, ``due_on`` the
    last day that they were told of.
    """

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str
    waiting: bool = False
    phase: str = DRAFT.phase
    round: int = 0
    stage: str | None = None
    label: str | None = None
    organisation: str | None = None
    seat: str | None = None
    since_position: int = 0
    since: datetime | None = None
    complete_by: date | None = None
    urged_on: date | None = None
    urged_above: str | None = None
    due_on: date | None = None
    substitute: str | None = None
    substitute_account: str | None = None
    barred: tuple[str, ...] = ()
    chain: tuple[Stage, ...] = ()
    acted: tuple[Acted, ...] = ()
    former: tuple[Former, ...] = ()
    officers: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    applications: tuple[Asked, ...] = ()
    open_objections: tuple[str, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    stand: Stand = DRAFT
    undo: Stand | None = None


class Standing(NamedTuple):
    """A case as far as who looks after an office is told of what waits there."""

    case: str
    number: str
    employer: str
    stage: str | None
    label: str | None
    organisation: str | None
    seat: str | None
    since_position: int
    since: datetime | None
    urged_on: date | None
    urged_above: str | None
    due_on: date | None


class Queued(NamedTuple):
    """A row of a queue, as far as who waits there is told of it.

    ``names`` are all that its applicant has or had, the oldest first.
    """

    case: str
    number: str
    applicant: str
    employer: str
    series: str
    specialty: str
    level: str
    waiting: bool
    round: int
    stage: str | None
    label: str | None
    organisation: str | None
    seat: str | None
    since_position: int
    since: datetime | None
    complete_by: date | None
    urged_on: date | None
    due_on: date | None
    substitute: str | None
    substitute_account: str | None
    barred: tuple[str, ...]
    helpers: tuple[str, ...]
    recused: tuple[str, ...]
    applications: tuple[Asked, ...]
    names: tuple[Sealed, ...]


queue = Table(
    "queue",
    Waiting,
    key=("case",),
    indexes=(
        "(organisation, seat, since_position) WHERE waiting",
        "(since_position) WHERE waiting",
        "(substitute_account, since_position) WHERE waiting AND substitute_account IS NOT NULL",
    ),
)
standing = Part(queue, Standing)
queued = Part(queue, Queued, names=people.names_of_each("queue.applicant"))
matters = Table("queue_matter", Matter, key=("stream",))
undecided = Table(
    "queue_recusal", Undecided, key=("application",), indexes=("(organisation, seat)",)
)
view = View("queue", 13, (queue, matters, undecided))
