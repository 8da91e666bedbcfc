"""Integrity records to and from other archives: who speaks for this one, what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import relation
from api.acts.consultation import DELIVERY
from api.acts.guard import Row
from api.acts.thing import own_house
from api.identifiers import new_stream
from api.problems import Problem
from domain.person import integrity
from domain.person.integrity import (
    AnnulEntry,
    CorrectEntry,
    Effect,
    IntegrityRecordEntered,
    TermSource,
)
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_LEADER
from domain.single_events import RecordConsulted, RecordExported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from api.acts.desk import Desk, Events
    from api.office import Office
    from audit.record import Record
    from domain.organisation.state import Organisation
    from domain.person.state import Person


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """One entry of another archive; first and last day in Beijing."""

    entry: str
    document_kind: str
    document_number: str
    ground: str
    decision: str
    authority: str
    scope: str
    area: str
    starts_on: date
    ends_on: date
    months: int
    term_source: TermSource
    effect: Effect
    rules: tuple[str, ...]
    particulars: str
    annulled: bool

    def __repr__(self) -> str:
        """Never the document: reprs end up in logs."""
        return f"Foreign({self.entry!r}, …)"


def speak(desk: Desk, authority: Organisation) -> None:
    """Raises ``FORBIDDEN`` for who is not the integrity leader of their authority."""
    if desk.appointment is None:
        raise Problem("FORBIDDEN")
    assert authority.organisation == desk.acting.actor.organisation


def hand_out(
    desk: Desk, authority: Organisation, *, event: RecordExported
) -> tuple[RecordExported]:
    """Hand out the entries that the caller's authority decided, signed; it is recorded."""
    speak(desk, authority)
    return (event,)


def take_in(
    desk: Desk, authority: Organisation, *, archive: str, entries: Sequence[Foreign]
) -> Events:
    """Take in what a trusted archive sent.

    What is known already, or about nobody, is left out. Whoever sends it learns of whom this record
    knows, so that they asked is on record whatever becomes of it.
    """
    speak(desk, authority)
    for foreign in {each.entry: each for each in entries}.values():
        _take_in(desk, archive, foreign)
    acting = desk.acting
    words = Personal(f"接收{archive}", acting.actor.person, Purpose.OFFICIAL)
    asked = RecordConsulted(subject="", extent=DELIVERY, mandate=None, reason=words)
    desk.write(new_stream("consultation", acting.at), asked)
    return ()


def authority_of(office: Office, acting: Acting) -> Organisation:
    """The authority whose integrity leader the caller is. Raises ``FORBIDDEN``."""
    desk = office.desk(acting)
    own = _HOUSE.find(desk, "")
    if own is None:
        raise Problem("FORBIDDEN")
    relation.require(desk, HAND_OUT.any_of, _HOUSE.stands(desk, own))
    _HOUSE.seat(desk, own, HAND_OUT.seats)
    speak(desk, own)
    return own


def person_of(record: Record, foreign: Foreign) -> str | None:
    """Whom of this record a foreign entry is about, if anybody is known here."""
    return record.person_of(foreign.document_kind, foreign.document_number)


def _take_in(desk: Desk, archive: str, foreign: Foreign) -> None:
    stream = person_of(desk.record, foreign)
    person = desk.person(stream) if stream is not None else None
    if person is None:
        return
    known = next((each for each in person.entries if each.entry == foreign.entry), None)
    words = Personal(f"来自{archive}", person.person, Purpose.DISCIPLINE)
    if known is None:
        _enter(desk, archive, person, foreign)
    elif known.source != archive:
        return  # only who sent an entry may change it
    elif foreign.annulled and not known.annulled:
        annul = AnnulEntry(entry=known.entry, decision=foreign.decision, reason=words)
        desk.write(person.person, *integrity.amend(person.entries, annul))
    elif not known.annulled and known.ends_on != foreign.ends_on:
        correct = CorrectEntry(
            entry=known.entry, ends_on=foreign.ends_on, decision=foreign.decision, reason=words
        )
        desk.write(person.person, *integrity.amend(person.entries, correct, by_review=False))


def _enter(desk: Desk, archive: str, person: Person, foreign: Foreign) -> None:
    decided = {(each.decision, each.authority) for each in person.entries}
    if foreign.annulled or (foreign.decision, foreign.authority) in decided:
        return
    desk.write(
        person.person,
        IntegrityRecordEntered(
            entry=foreign.entry,
            case=None,
            investigation=None,
            ground=foreign.ground,
            decision=foreign.decision,
            authority=foreign.authority,
            scope=foreign.scope,
            area=foreign.area,
            starts_on=foreign.starts_on,
            ends_on=foreign.ends_on,
            months=foreign.months,
            term_source=foreign.term_source,
            effect=foreign.effect,
            rules=foreign.rules,
            particulars=Personal(foreign.particulars, person.person, Purpose.DISCIPLINE),
            source=archive,
        ),
    )


_HOUSE = own_house(None)
HAND_OUT = Row(
    _HOUSE,
    Act.EXCHANGE_INTEGRITY,
    hand_out,
    (INTEGRITY_LEADER,),
    fresh=True,
    begins=RecordExported,
    changes=False,
)
TAKE_IN = Row(
    _HOUSE, Act.EXCHANGE_INTEGRITY, take_in, (INTEGRITY_LEADER,), fresh=True, changes=False
)
