"""Where one act is decided: what stands there, who asks, and the law that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from api.acts import folding
from api.acts.states import States
from api.law.library import stream_of_law
from api.problems import Problem
from domain.actor import TIMEKEEPER
from domain.case import supplement
from domain.case.supplement import LawSupplemented
from domain.event import Event
from domain.law.editions_in_force import NOTHING_IN_FORCE, Force
from domain.law.events import IN_FORCE
from domain.law.texts import entered, stream_of_text
from domain.policy.loader import Document as LawText
from domain.replacing import replace
from domain.single_events import published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.acts.acting import Acting
    from api.law.book import LawBook
    from api.signin.federation import Federation
    from audit.record import History, IdentityClaim, Record
    from domain.calendar import Calendar
    from domain.case.state import Case
    from domain.case.values import LawReference, Supplement
    from domain.document import Document
    from domain.organisation.state import Organisation
    from domain.policy.law import Law


LOOK_UP = "look-up"
"""That somebody looked for a person by a document, as the record of a consultation says it."""
Events = Iterable[Event]
"""What an act leads to, in the order in which it happened."""


class Desk(States):
    """What stands in the streams that an act reads, and under which law it is done."""

    def __init__(
        self,
        record: Record,
        book: LawBook | None = None,
        acting: Acting | None = None,
        stands: Mapping[str, History] | None = None,
        federation: Federation | None = None,
    ) -> None:
        """``acting`` is whoever is signed in and asks; nobody is where Mingjian itself acts.

        ``stands`` is what was read already; ``federation`` knows whom an issuer vouches for, where
        one is configured.
        """
        caught_up = acting is not None and acting.caught_up
        super().__init__(record, caught_up=caught_up, stands=stands)
        self._book = book
        self._acting = acting
        self.federation = federation
        self._supplemented: dict[str, tuple[LawSupplemented, Law, Case]] = {}
        """The cases that go on under another law than before, and how they then stand."""
        self.identities: list[IdentityClaim] = []
        self.asked: list[tuple[str, str]] = []
        """To whom documents were found to belong, empty for nobody, and what it was asked for."""
        self.begun = ""
        """The new stream that the act begins; empty where it begins none."""
        self.seat: str | None = None
        self.appointment: str | None = None
        self.power: str | None = None
        """The grant by which the organisation that acts does so; None where it needs none."""
        self.cause: int | None = None
        """The position of the event from which the act follows; None where somebody willed it."""

    def because(self, stream: str, *kinds: type[Event]) -> None:
        """What is written follows from the last event of a stream that is of one of these kinds.

        Where none is named, from whatever anybody but the timekeeper did there last.
        """
        self.cause = next(
            (
                one.position
                for one in reversed(self.history(stream).recorded)
                if (isinstance(one.event, kinds) if kinds else one.actor != TIMEKEEPER)
            ),
            None,
        )

    def aside(self) -> Desk:
        """Another desk of the same caller, on what was read here, from which nothing is written."""
        aside = Desk(self.record, self._book, self._acting, self.at_hand, self.federation)
        aside.laws = self.laws
        return aside.knowing_what(self)

    @property
    def acting(self) -> Acting:
        """Whoever asks for the act."""
        assert self._acting is not None
        return self._acting

    @property
    def house(self) -> Organisation:
        """The organisation for which the caller acts. Raises the problem ``NOT_FOUND``."""
        return known(self.organisation(self.acting.actor.organisation or ""))

    @cached_property
    def laws(self) -> LawBook:
        """The laws as they hold now, by what is in force on record."""
        book, acting = self._book, self._acting
        assert book is not None
        return book.seen(self._force, book.today if acting is None else (lambda: acting.today))

    @property
    def own_law(self) -> Law:
        """The law of the area of the organisation for which the caller acts; see ``house``."""
        return self.laws.for_area(self.house.area)

    @property
    def calendar(self) -> Calendar:
        """The working days."""
        return self.laws.calendar

    def law_of(self, case: Case) -> Law:
        """The law under which a case was opened or filed, with what of its supplements binds it."""
        known = self._supplemented.get(case.case)
        return known[1] if known is not None else self.laws.of(case.law)

    def supplement(self, case: Case, law: Law, by: tuple[Supplement, ...]) -> Case:
        """Let a case stand under a law with its supplements, which whatever continues it says."""
        event = LawSupplemented(law=self.laws.reference(law), supplements=by)
        after = replace(supplement.evolve(case, event), version=case.version + 1)
        self._supplemented[case.case] = event, law, after
        return after

    def law_for(self, case: Case) -> Law:
        """What a draft would be filed under today; of a filed case what it was filed under."""
        if case.chain:
            return self.law_of(case)
        house = self.organisation(case.employer)
        assert house is not None
        return self.laws.for_draft(case.law.pack, house.area)

    def relying_on(self, law: Law) -> LawReference:
        """How an event names a law, whose texts stand on record with the first event that does."""
        stream = stream_of_law(law.digest)
        if self.is_new(stream):
            self.write_beside(stream, published(law))
            for (_, digest), text in zip(law.layers, law.texts, strict=True):
                self.enter(digest, LawText(*text))
        return self.laws.reference(law)

    def enter(self, digest: str, text: LawText) -> None:
        """Put a text of law on record, unless it stands there."""
        stream = stream_of_text(digest)
        if self.is_new(stream):
            self.write_beside(stream, *entered(text.name, text.text))

    def _force(self) -> Force:
        return folding.force(self.history(IN_FORCE)) or NOTHING_IN_FORCE

    def in_seat(self, seat: str, appointment: str | None) -> None:
        """Let the events say in which seat the actor acted, and by which appointment."""
        self.seat, self.appointment = seat, appointment

    def case(self, stream: str) -> Case | None:
        """The case as it stands; None where there is none."""
        known = self._supplemented.get(stream)
        return known[2] if known is not None else super().case(stream)

    def person_with(self, identity: Document, what_for: str) -> str | None:
        """The person to whom a document belongs; None where it is nobody's.

        Told to nobody without a record of the question: the act's own events, else see ``guard``.
        """
        person = self.record.person_of(identity.kind.value, identity.number)
        self.asked.append((person or "", what_for))
        return person

    def ahead(self, stream: str) -> Iterator[Event]:
        """By which law a case goes on, where that is another than before."""
        if known := self._supplemented.get(stream):
            self.relying_on(known[1])
            yield known[0]

    def bind(self, claim: IdentityClaim) -> None:
        """Claim an identity document for a person in the same append."""
        self.identities.append(claim)


Known = TypeVar("Known")


def known(thing: Known | None, code: str = "NOT_FOUND") -> Known:
    """What was looked for. Raises the problem of this code where there is no such thing."""
    if thing is None:
        raise Problem(code)
    return thing
