"""Somebody's own record of achievements (业绩档案库): they enter, an employer confirms.

Known to whose it is, and to who sits as handler or leader with the employer that they have now, or
with one through which something was entered: the latter sees and confirms that alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import relation
from api.acts.desk import Desk, known
from api.acts.guard import Row
from api.acts.person import PERSON
from api.acts.seats import acting_officer, seats_at_home
from api.acts.thing import Thing
from api.identifiers import new_stream
from domain.person import achievements
from domain.person.achievements import REVIEWERS, EnterAchievement, ReviewAchievement
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.desk import Events
    from api.office import Office
    from domain.person.achievements import AchievementEntered
    from domain.person.state import Person


def enter_achievement(desk: Desk, person: Person, /, *, command: EnterAchievement) -> Events:
    """Enter an achievement with its proof in one's own record, or in place of an entry there."""
    house = desk.house
    return achievements.enter(
        person.achievements,
        command,
        entry=new_stream("achievement", desk.acting.at),
        organisation=house.organisation,
        today=desk.acting.today,
    )


def withdraw_achievement(_desk: Desk, person: Person, /, *, entry: str) -> Events:
    """Take an entry out of one's own record; that it was there stays on record."""
    return achievements.withdraw(person.achievements, entry)


def review_achievement(
    desk: Desk, person: Person, /, *, entry: str, in_favour: bool, reason: str | None
) -> Events:
    """Confirm an entry as the employer's handler or leader, by its proof, or say why not."""
    house = desk.house
    words = None if reason is None else Personal(reason, person.person, Purpose.APPLICANT)
    return achievements.review(
        person.achievements,
        ReviewAchievement(entry=entry, in_favour=in_favour, reason=words),
        acting_officer(desk, house.organisation, [person.person]),
        desk.own_law,
        persons=[person.person],
        employs=_employs(person, house.organisation),
    )


def shown_to(office: Office, acting: Acting, person: Person, entered: AchievementEntered) -> bool:
    """Whether somebody who may read the record sees an entry: a former employer sees its own."""
    own = acting.actor.organisation or ""
    here = _employs(person, own) or entered.organisation == own
    return here or relation.owns(office.desk(acting), person.person)


def may_enter(office: Office, acting: Acting, person_id: str) -> None:
    """Say, before much is sent, whether the caller may enter anything there.

    Raises ``Refused``, or the problems ``NOT_FOUND`` and ``FORBIDDEN``.
    """
    desk = office.desk(acting)
    person = known(desk.person(person_id))
    relation.require(
        desk,
        (Act.KEEP_ACHIEVEMENTS,),
        _stands(desk, person),
        reading=Act.READ_ACHIEVEMENTS,
    )


def _employs(person: Person, organisation: str) -> bool:
    return any(where == organisation for _, where, _ in person.accounts)


def _stands(desk: Desk, person: Person) -> set[Relation]:
    relations: set[Relation] = set()
    own = desk.acting.actor.organisation or ""
    entered_here = any(each.organisation == own for each in person.achievements.kept)
    here = _employs(person, own) or entered_here
    if here and seats_at_home(desk, *REVIEWERS):
        relations.add(Relation.ORGANISATION)
    if relation.owns(desk, person.person):
        relations.add(Relation.OWN)
    return relations


def _invites(desk: Desk, person: Person) -> Iterator[Act]:
    if relation.owns(desk, person.person):
        yield Act.KEEP_ACHIEVEMENTS
    elif len(person.achievements.kept):
        yield Act.REVIEW_ACHIEVEMENT


ACHIEVEMENTS = Thing(
    find=Desk.person,
    stands=_stands,
    reading=Act.READ_ACHIEVEMENTS,
    invites=_invites,
    concern=PERSON.concern,
)
"""Somebody's own record of achievements, which their stream tells."""


def _has_any(person: Person) -> bool:
    return bool(len(person.achievements.kept))


ENTER = Row(ACHIEVEMENTS, Act.KEEP_ACHIEVEMENTS, enter_achievement)
WITHDRAW = Row(ACHIEVEMENTS, Act.KEEP_ACHIEVEMENTS, withdraw_achievement, when=_has_any)
REVIEW = Row(ACHIEVEMENTS, Act.REVIEW_ACHIEVEMENT, review_achievement, REVIEWERS, fresh=True)
