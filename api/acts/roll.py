"""Filing the yearly roll of those whom an office recognised."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.guard import Row, act_as
from api.acts.organisation import ORGANISATION
from api.acts.seats import acting_officer, unseated
from api.acts.thing import Offer
from domain import beijing
from domain.actor import TIMEKEEPER
from domain.organisation import roll
from domain.organisation.roll import FileRoll, RollDue
from domain.organisation.state import stream_of
from domain.refusal import rules_of
from domain.separation import HANDLER

if TYPE_CHECKING:
    from datetime import date, datetime

    from api.acts.acting import Answer
    from api.acts.desk import Desk, Events
    from api.office import Office
    from domain.organisation.state import Organisation
    from domain.policy.duties import AnnualRoll


def file_roll(desk: Desk, house: Organisation, *, year: int, cases: tuple[str, ...]) -> Events:
    """File the roll of a year that is over with the office above, as the handler.

    Nobody can be recognised in a year that is over, so what the view lists then is all.
    """
    command = FileRoll(year=year, cases=cases, due=due(desk, house, year, desk.acting.today))
    officer = acting_officer(desk, house.organisation)
    return roll.file_roll(desk.rolls(house.organisation), command, officer)


def flag_overdue(
    office: Office, organisation: str, year: int, command: str, at: datetime
) -> Answer:
    """The timekeeper's act: note that the roll of a year was not there on its day (LH-07)."""

    def decide(desk: Desk) -> None:
        house = desk.organisation(organisation)
        if house is None:
            return
        wanted = due(desk, house, year, beijing.day(at))
        rolls = desk.rolls(organisation)
        events = roll.flag_overdue(rolls, year, wanted, beijing.day(at))
        desk.write(stream_of("rolls", organisation), *events)

    return act_as(office.desk, TIMEKEEPER, command, at, decide)


def due(desk: Desk, house: Organisation, year: int, on: date) -> RollDue | None:
    """What roll the law wants of what an organisation is on a day; None where it wants none."""
    law = desk.laws.for_area(house.area)
    rule = law.annual_roll()
    if rule is None or not _sends(rule, desk.bodies(house.organisation, on), law.stands_in()):
        return None
    accepted = {rule.receiver, law.stands_in().get(rule.receiver)}
    for upper in relation.above(desk, house):
        if accepted.intersection(desk.bodies(upper.organisation, on)):
            return RollDue(
                receiver=upper.organisation,
                due_on=rule.due_on(year),
                rules=rules_of(rule.citations),
            )
    return None


def may_file(desk: Desk, house: Organisation, year: int) -> tuple[Offer, ...]:
    """What is next about the roll of a year, for its reader."""
    own, today = house.organisation, desk.acting.today
    ripe = year < today.year and year not in desk.rolls(own).filed
    if not ripe or due(desk, house, year, today) is None:
        return ()
    return (Offer(Act.FILE_ROLL, unseated(desk, own, HANDLER)),)


def _sends(rule: AnnualRoll, bodies: frozenset[str], stands_in: dict[str, str]) -> bool:
    """Whether the organisation is the body that sends the roll, or stands in for it."""
    return not {rule.sender, stands_in.get(rule.sender)}.isdisjoint(bodies)


ROLLS = replace(ORGANISATION, stream=partial(stream_of, "rolls"))
"""The yearly rolls of an organisation."""
FILE = Row(ROLLS, Act.FILE_ROLL, file_roll, (HANDLER,))
