"""A row of the separation trail and how its verdict is found.

Written without the domain's rules on purpose: it must show a breach that got past them.

The verdict is the first of these that holds:

* ``SAME``: handler and leader, or somebody who acted and the applicant or who filed for them, are
  one person.
  A handler is compared with the leaders of all rounds at the organisation so far, and at those
  from which the stage was taken over, and the other way round.
* ``DIFFERENT``: a handler's act stands before a leader's, by different persons.
* ``NOT_REQUIRED``: the stage has other seats than these two (``basis`` is ``seats``), or no
  decision was taken there: the case was returned by one seat, withdrawn, lapsed, or ended by an
  objection or a finding of misconduct, or the stage was taken over for another organisation
  (``basis`` says which).
* ``INCOMPLETE``: the stage was passed, or the case ended by its decision, without both acts.
* ``OPEN``: still under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from projections.seats import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projections.same import Same

_DECISIONS = ("forwarded", "recognised", "referred_up", "not_accepted", "rejected")


@dataclass
class Act:
    """One act in a seat; ``act`` is its topic and ``at`` its instant in UTC as stored.

    Nobody changes one; not frozen, for the sake of a rebuild.
    ``person`` is empty where the record names none: such an act is no evidence.
    ``counts`` is false for what is no review (a judgement, a posting, an entered vote, the two
    acts of a correction) and for a review that was rescinded as a slip; these are no evidence of
    two persons, but still bar their person from the opposite seat.
    """

    seat: str
    act: str
    person: str
    account: str | None
    appointment: str | None
    sign_in: str | None
    substitute: bool
    position: int
    version: int
    at: str
    counts: bool


@dataclass(slots=True, kw_only=True)
class Trail:
    """One case × stage × organisation × round, from the moment the case comes to the stage.

    ``entered`` and ``left`` are positions; ``ended_by`` is how the stage was left.
    ``verdict`` compares persons as they were linked when the act was recorded ("as then"),
    ``corrected`` as they are linked now. ``former`` are the organisations from which the stage
    was taken over, ``helpers`` whoever filed for the applicant. ``cross_level`` marks that
    somebody of this row acted for another organisation of the same case, too.
    """

    case: str
    stage: str
    organisation: str
    round: int
    label: str
    number: str
    applicant: str
    former: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    two_seats: bool
    acts: tuple[Act, ...] = ()
    entered: int
    entered_at: datetime
    left: int | None = None
    ended_by: str | None = None
    verdict: str = "OPEN"
    corrected: str = "OPEN"
    basis: str | None = None
    cross_level: bool = False
    cross_level_corrected: bool = False

    def persons(self, seat: str | None = None) -> set[str]:
        """Who did anything here, or did it in a seat."""
        if seat is None:
            return {each.person for each in self.acts}
        return {each.person for each in self.acts if each.seat == seat}

    @property
    def leader(self) -> Act | None:
        """The leader's last act that counts."""
        for act in reversed(self.acts):
            if act.counts and act.seat == LEADER:
                return act
        return None

    @property
    def handler(self) -> Act | None:
        """The handler's last act that counts, before the leader's where there is one."""
        return self.handler_before(self.leader)

    def handler_before(self, leader: Act | None) -> Act | None:
        """The handler's last act that counts, before one of the leader's where there is one."""
        for act in reversed(self.acts):
            before = leader is None or act.position < leader.position
            if act.counts and act.seat == HANDLER and before:
                return act
        return None


def judge(row: Trail, rows: Iterable[Trail], same: Same, *, acted: bool) -> list[Trail]:
    """Find the verdicts of a row among all rows of its case, with the links that stand now.

    Answers the rows that were changed, which are others, too, where somebody acts at two levels.
    What was found "as then" is found when somebody acts (``acted``) and does not change with
    later links.
    """
    at_home, crossing = [], []
    persons = row.persons()
    for each in rows:
        if each is row:
            continue
        here = each.organisation == row.organisation
        if here or each.organisation in row.former:
            at_home.append(each)
        if not here and each.acts and same.meet(persons, each.persons()):
            crossing.append(each)
    found, otherwise = _finds_same(row, persons, at_home, same), _unless_the_same(row)
    row.corrected = "SAME" if found else otherwise
    row.cross_level_corrected = bool(crossing)
    row.verdict = "SAME" if row.verdict == "SAME" or (acted and found) else otherwise
    row.basis = _basis(row)
    if acted and crossing:
        row.cross_level = True
        for each in crossing:
            each.cross_level = each.cross_level_corrected = True
        return [row, *crossing]
    return [row]


def _unless_the_same(row: Trail) -> str:
    """The verdict where nobody acted in two seats that exclude each other."""
    leader = row.leader
    handler = row.handler_before(leader)
    if handler is not None and leader is not None and handler.person and leader.person:
        return "DIFFERENT"
    if not row.two_seats:
        return "NOT_REQUIRED"
    if row.ended_by is None:
        return "OPEN"
    return "INCOMPLETE" if row.ended_by in _DECISIONS else "NOT_REQUIRED"


def _basis(row: Trail) -> str | None:
    if "NOT_REQUIRED" not in (row.verdict, row.corrected):
        return None
    return row.ended_by if row.two_seats else "seats"


def _finds_same(row: Trail, persons: set[str], at_home: list[Trail], same: Same) -> bool:
    """Whether who filed the case acted here, or anybody in the opposite seat at this office.

    ``persons`` are all who acted here, ``at_home`` the other rows of this office.
    """
    if not persons:
        return False
    if same.meet(persons, {row.applicant, *row.helpers}):
        return True
    handled, led = row.persons(HANDLER), row.persons(LEADER)
    handlers, leaders = set(handled), set(led)
    for each in at_home:
        if each.entered <= row.entered:
            handlers |= each.persons(HANDLER)
            leaders |= each.persons(LEADER)
    return same.meet(handled, leaders) or same.meet(led, handlers)
