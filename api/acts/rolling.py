"""Filing the yearly roll of those whom an office recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from api.problems import Problem
from domain import beijing
from domain.actor import TIMEKEEPER
from domain.organisation.roll import FileRoll, RollDue, file_roll, flag_overdue
from domain.organisation.state import stream_of
from domain.separation import HANDLER

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.organisation.state import Organisation
    from domain.policy.duties import AnnualRoll


@dataclass(frozen=True)
class DueRoll:
    """What roll the law wants, None where it wants none; ``version`` is that of all the rolls."""

    due: RollDue | None
    offers: tuple[Act, ...]
    version: int


class Rolling:
    """The use cases about yearly rolls."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def file(self, acting: Acting, organisation: str, year: int, cases: tuple[str, ...]) -> Answer:
        """File the roll of a year; ``cases`` are those that the office recognised in it."""

        def think(deliberation: Deliberation) -> None:
            known = self._known(acting, deliberation, organisation, Act.FILE_ROLL)
            standing.take_seat(acting, deliberation, organisation, HANDLER)
            command = FileRoll(year=year, cases=cases, due=self._due(deliberation, known, year))
            officer = standing.officer(acting, deliberation, organisation)
            events = file_roll(deliberation.rolls(organisation), command, officer)
            deliberation.write(stream_of("rolls", organisation), *events)

        return self._desk.act(acting, think, named=stream_of("rolls", organisation))

    def flag_overdue(self, organisation: str, year: int, command: str, at: datetime) -> Answer:
        """The timekeeper's act: note that the roll of a year was not there on its day (LH-07)."""

        def think(deliberation: Deliberation) -> None:
            known = deliberation.organisation(organisation)
            if known is None:
                return
            due = self._due(deliberation, known, year)
            events = flag_overdue(deliberation.rolls(organisation), year, due, beijing.day(at))
            deliberation.write(stream_of("rolls", organisation), *events)

        return self._desk.act_as(TIMEKEEPER, command, at, think)

    def due(self, acting: Acting, organisation: str, year: int) -> DueRoll:
        """What roll the law wants of an organisation, and what is next.

        Raises the problems ``NOT_FOUND`` and ``FORBIDDEN``.
        """
        deliberation = self._desk.deliberate()
        known = self._known(acting, deliberation, organisation, Act.READ_ROLL)
        due = self._due(deliberation, known, year)
        seats, rolls = deliberation.seats(organisation), deliberation.rolls(organisation)
        handles = seats.holder(acting.actor.account, HANDLER, acting.today) is not None
        ripe = due is not None and year < acting.today.year and year not in rolls.filed
        version = deliberation.history(stream_of("rolls", organisation)).version
        return DueRoll(due, (Act.FILE_ROLL,) if handles and ripe else (), version)

    def _known(
        self, acting: Acting, deliberation: Deliberation, organisation: str, act: Act
    ) -> Organisation:
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_ORGANISATION)
        return known

    def _due(self, deliberation: Deliberation, known: Organisation, year: int) -> RollDue | None:
        law = self._laws.for_area(known.area)
        rule = law.annual_roll()
        if rule is None or not _sends(rule, known, law.stands_in()):
            return None
        accepted = {rule.receiver, law.stands_in().get(rule.receiver)}
        for upper in standing.above(deliberation, known):
            if accepted.intersection(upper.bodies):
                return RollDue(
                    receiver=upper.organisation,
                    due_on=rule.due_on(year),
                    rules=tuple(each.rule for each in rule.citations),
                )
        return None


def _sends(rule: AnnualRoll, known: Organisation, stands_in: dict[str, str]) -> bool:
    """Whether the organisation is the body that sends the roll, or stands in for it."""
    return not {rule.sender, stands_in.get(rule.sender)}.isdisjoint(known.bodies)
