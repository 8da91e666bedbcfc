"""Integrity records to and from other archives: who speaks for this one, what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from api.problems import Problem
from domain.person import integrity
from domain.person.events import Effect, IntegrityRecordEntered, TermSource
from domain.person.integrity import AnnulEntry, CorrectEntry
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
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


class Exchanging:
    """The use cases of the integrity leader who speaks for their authority to other archives."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def authority(self, acting: Acting, deliberation: Deliberation | None = None) -> Organisation:
        """The authority whose integrity leader the caller is. Raises ``FORBIDDEN``."""
        looking = deliberation or self._desk.deliberate()
        own = looking.organisation(acting.actor.organisation or "")
        if own is None:
            raise Problem("FORBIDDEN")
        relations = standing.to_organisation(acting, looking, own)
        standing.require(acting, Act.EXCHANGE_INTEGRITY, relations, reading=Act.READ_ORGANISATION)
        if standing.take_seat(acting, looking, own.organisation, INTEGRITY_LEADER) is None:
            raise Problem("FORBIDDEN")
        return own

    def take_in(self, acting: Acting, archive: str, entries: Sequence[Foreign]) -> Answer:
        """Enter what another archive sent; what is known already, or about nobody, is left out."""

        def think(deliberation: Deliberation) -> None:
            self.authority(acting, deliberation)
            for foreign in {each.entry: each for each in entries}.values():
                self._take_in(deliberation, archive, foreign)

        return self._desk.act(acting, think)

    def person_of(self, foreign: Foreign) -> str | None:
        """Whom of this record a foreign entry is about, if anybody is known here."""
        return self._desk.record.person_of(foreign.document_kind, foreign.document_number)

    def _take_in(self, deliberation: Deliberation, archive: str, foreign: Foreign) -> None:
        stream = self.person_of(foreign)
        person = deliberation.person(stream) if stream is not None else None
        if person is None:
            return
        known = next((each for each in person.entries if each.entry == foreign.entry), None)
        words = Personal(f"来自{archive}", person.person, Purpose.DISCIPLINE)
        if known is None:
            self._enter(deliberation, archive, person, foreign)
        elif known.source != archive:
            return  # only who sent an entry may change it
        elif foreign.annulled and not known.annulled:
            annul = AnnulEntry(entry=known.entry, decision=foreign.decision, reason=words)
            deliberation.write(person.person, *integrity.amend(person, annul))
        elif not known.annulled and known.ends_on != foreign.ends_on:
            correct = CorrectEntry(
                entry=known.entry,
                ends_on=foreign.ends_on,
                decision=foreign.decision,
                reason=words,
            )
            deliberation.write(person.person, *integrity.amend(person, correct))

    def _enter(
        self, deliberation: Deliberation, archive: str, person: Person, foreign: Foreign
    ) -> None:
        decided = {(each.decision, each.authority) for each in person.entries}
        if foreign.annulled or (foreign.decision, foreign.authority) in decided:
            return
        deliberation.write(
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
