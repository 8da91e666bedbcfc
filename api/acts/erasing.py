"""Erasure: asked for, approved, ordered or declined; and the holds that stand against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import invitations, standing
from api.acts.registers import seen, to_person
from api.acts.retaining import affairs_of
from api.identifiers import new_stream
from api.problems import Problem
from domain.case.circumstances import Circumstances
from domain.case.events import MaterialAttached
from domain.erasure.decide import Approve, Decline, Order, Request, decide
from domain.erasure.events import ErasureOrdered
from domain.person.hold import HoldPlaced, PersonErased, lift
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.acts.registers import Seen
    from api.law.book import LawBook
    from domain.erasure.decide import Command
    from domain.erasure.state import Erasure
    from domain.organisation.state import Organisation
    from domain.person.state import Person

_KEYS_AT_ONCE = 500
"""Keys that one event names: an event has its largest size."""


@dataclass(frozen=True)
class Concerned:
    """Streams that the views know of: cases of a person, and matters about these cases."""

    cases: tuple[str, ...]
    matters: tuple[str, ...]


class Erasing:
    """The use cases about erasure."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def request(
        self,
        acting: Acting,
        person: str,
        purposes: tuple[Purpose, ...],
        organisation: str,
        basis: str,
        reason: str,
    ) -> Answer:
        """Ask for the erasure of a person, of an authority that decides."""
        stream = new_stream("erasure", acting.at)

        def think(deliberation: Deliberation) -> None:
            known = deliberation.person(person)
            if known is None:
                raise Problem("NOT_FOUND")
            relations = to_person(acting, deliberation, known)
            standing.require(acting, Act.REQUEST_ERASURE, relations, reading=Act.READ_PERSON)
            around = self._around(acting, deliberation, organisation, person)
            words = Personal(reason, stream, Purpose.DISCIPLINE)
            command = Request(person=person, purposes=purposes, basis=basis, reason=words)
            affairs = affairs_of(deliberation, self._laws, person, (), ())
            deliberation.write(stream, *decide(None, command, affairs, around))

        return self._desk.act(acting, think)

    def approve(self, acting: Acting, erasure: str, grounds: str, concerned: Concerned) -> Answer:
        """The first officer approves."""
        command = Approve(grounds=Personal(grounds, erasure, Purpose.DISCIPLINE))
        return self._conduct(acting, erasure, INTEGRITY_HANDLER, command, concerned)

    def order(self, acting: Acting, erasure: str, decision: str, concerned: Concerned) -> Answer:
        """The second officer orders it; the same append names the keys in the person's stream."""
        command = Order(decision=decision)
        return self._conduct(acting, erasure, INTEGRITY_LEADER, command, concerned)

    def decline(self, acting: Acting, erasure: str, decision: str, reason: str) -> Answer:
        """The second officer declines it."""
        words = Personal(reason, erasure, Purpose.DISCIPLINE)
        command = Decline(decision=decision, reason=words)
        return self._conduct(acting, erasure, INTEGRITY_LEADER, command, Concerned((), ()))

    def read(self, acting: Acting, erasure: str) -> Seen[Erasure]:
        """An erasure, for the authority that decides, for watchers, and for whom it is about."""
        deliberation = self._desk.deliberate()
        known = deliberation.erasure(erasure)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = standing.to_organisation(
            acting, deliberation, self._authority(deliberation, known.organisation)
        )
        if standing.same_human(acting, deliberation, known.person):
            relations.add(Relation.OWN)
        return seen(
            acting,
            deliberation.history(erasure),
            known,
            relations,
            Act.READ_ERASURE,
            invitations.to_erasure(acting, deliberation, known),
        )

    def place_hold(self, acting: Acting, person: str, mandate: str, reason: str) -> Answer:
        """An inspector asks to keep what is known of a person."""
        hold = new_stream("hold", acting.at)

        def think(deliberation: Deliberation) -> None:
            self._require_hold(acting, deliberation, person)
            words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
            deliberation.write(person, HoldPlaced(hold=hold, mandate=mandate, reason=words))

        return self._desk.act(acting, think, named=person)

    def lift_hold(self, acting: Acting, person: str, hold: str, reason: str) -> Answer:
        """An inspector lifts a hold."""

        def think(deliberation: Deliberation) -> None:
            self._require_hold(acting, deliberation, person)
            known = deliberation.person(person)
            assert known is not None
            words = Personal(reason, acting.actor.person, Purpose.OFFICIAL)
            deliberation.write(person, *lift(known, hold, words))

        return self._desk.act(acting, think, named=person)

    def _conduct(
        self, acting: Acting, erasure: str, seat: str, command: Command, concerned: Concerned
    ) -> Answer:
        def think(deliberation: Deliberation) -> None:
            known = deliberation.erasure(erasure)
            if known is None:
                raise Problem("NOT_FOUND")
            authority = self._authority(deliberation, known.organisation)
            relations = standing.to_organisation(acting, deliberation, authority)
            if standing.same_human(acting, deliberation, known.person):
                relations.add(Relation.OWN)
            standing.require(acting, Act.APPROVE_ERASURE, relations, reading=Act.READ_ERASURE)
            circle = deliberation.circle(known.person)
            cases = _own(deliberation, circle, concerned.cases)
            affairs = affairs_of(deliberation, self._laws, known.person, cases, concerned.matters)
            persons = (known.approver or "", *affairs.reviewers)
            around = self._around(
                acting, deliberation, acting.actor.organisation or "", known.person, *persons
            )
            standing.take_seat(acting, deliberation, around.seats.organisation, seat)
            events = decide(known, command, affairs, around)
            deliberation.write(erasure, *events)
            if any(isinstance(event, ErasureOrdered) for event in events):
                _name_keys(deliberation, known, circle, cases)

        return self._desk.act(acting, think, named=erasure)

    def _require_hold(self, acting: Acting, deliberation: Deliberation, person: str) -> None:
        known = deliberation.person(person)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = to_person(acting, deliberation, known)
        standing.require(acting, Act.HOLD_PERSON, relations, reading=Act.READ_PERSON)

    def _authority(self, deliberation: Deliberation, organisation: str) -> Organisation:
        known = deliberation.organisation(organisation)
        if known is None:
            raise Problem("ORGANISATION_UNKNOWN")
        return known

    def _around(
        self, acting: Acting, deliberation: Deliberation, organisation: str, *persons: str
    ) -> Circumstances:
        own = self._authority(deliberation, organisation)
        law = self._laws.for_area(own.area)
        known = [each for each in persons if each]
        return Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans([acting.actor.person, *known]),
            organisation=own,
            seats=deliberation.seats(own.organisation),
            law=law,
            outcome_label=law.outcome_label(None),
        )


def _name_keys(
    deliberation: Deliberation, known: Erasure, circle: tuple[Person, ...], cases: tuple[str, ...]
) -> None:
    """The streams of whom it is about, under whatever document, order that these keys go."""
    for person in circle:
        if person.forgotten:
            continue
        keys = [
            f"{person.person}/{purpose.value}/{person.generation(purpose)}"
            for purpose in known.purposes
        ]
        if Purpose.APPLICANT in known.purposes:
            keys += _keys_of_files(deliberation, _own(deliberation, (person,), cases))
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            some = tuple(keys[start : start + _KEYS_AT_ONCE])
            purposes = known.purposes if start == 0 else ()
            deliberation.write(
                person.person,
                PersonErased(erasure=known.erasure, purposes=purposes, keys=some),
            )


def _own(
    deliberation: Deliberation, circle: tuple[Person, ...], cases: tuple[str, ...]
) -> tuple[str, ...]:
    """The cases in which one of these persons is the applicant, and not somebody who stood in."""
    own = {each.person for each in circle}
    known = ((each, deliberation.case(each)) for each in cases)
    return tuple(each for each, case in known if case is not None and case.applicant in own)


def _keys_of_files(deliberation: Deliberation, cases: tuple[str, ...]) -> Iterator[str]:
    """The key of every file that was ever attached to a case."""
    for case in cases:
        for event in deliberation.history(case).events:
            if isinstance(event, MaterialAttached):
                yield f"{event.material}/{Purpose.MATERIAL.value}/1"
