"""Who is who: accounts bound to persons, persons linked, seats held, as the leaves say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties import topics
from audit.duties.leaf import LeafUnreadableError
from audit.duties.matters import MATTER_STREAMS, Matter, needed_of
from audit.duties.secrets import Secrets
from audit.duties.told import Things, Told
from audit.duties.topics import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.duties.leaf import Leaf
    from audit.duties.passages import Done


_MAYBE = ("ends_on", "stands_in_for")
_APPOINTED, _CLOSED = "seats:appointment-opened:1", "seats:appointment-closed:1"
STREAMS = ("account-", "seats-", "person-", *MATTER_STREAMS)
"""How the names of the streams begin that say who is who."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An account belongs to a person, since a position."""

    account: str
    person: str
    position: int

    @classmethod
    def of(cls, leaves: Sequence[Leaf]) -> Binding | None:
        """The first that was stated of an account; None where none was."""
        if not leaves:
            return None
        first = leaves[0]
        return cls(first.stream, first.fields["person"], first.position)


def _organisation_of(seats: str) -> str:
    """The organisation whose appointments a stream tells of: ``seats-`` and the rest of its id."""
    return "organisation-" + seats.removeprefix("seats-")


@dataclass(slots=True)
class Seat:
    """An appointment: who holds which seat of which organisation.

    ``starts_on`` is a day in Beijing, the first with it, and ``opened`` the position at which that
    was entered; ``ends`` are the positions at which an end was entered, each with the first day
    without it, and ``term`` is that day where it was known from the beginning. ``absent`` is the
    appointment of who is away meanwhile, without which nobody stands in.
    """

    appointment: str
    organisation: str
    seat: str
    person: str
    account: str
    opened: int
    starts_on: str
    ends: list[tuple[int, str]] = field(default_factory=list)
    term: str | None = None
    absent: str | None = None

    @classmethod
    def of(cls, leaves: Sequence[Leaf]) -> Seat | None:
        """The first appointment of its name; None where there is none.

        An end counts wherever it stands, also before the appointment.
        """
        first = next((each for each in leaves if each.topic == _APPOINTED), None)
        if first is None:
            return None
        return cls(
            appointment=first.fields["appointment"],
            organisation=_organisation_of(first.stream),
            seat=first.fields["seat"],
            person=first.fields["person"],
            account=first.fields["account"],
            opened=first.position,
            starts_on=first.fields["effective_on"],
            ends=[
                (each.position, each.fields["effective_on"])
                for each in leaves
                if each.topic == _CLOSED
            ],
            term=first.fields.get("ends_on"),
            absent=first.fields.get("stands_in_for"),
        )

    def held(self, leaf: Leaf) -> bool:
        """Whether the seat was held when an act was recorded.

        What is entered later with an earlier day changes nothing that was done before: neither
        does a beginning make it right, nor an end void it.
        """
        if self.opened >= leaf.position or leaf.day < self.starts_on:
            return False
        if self.term is not None and leaf.day >= self.term:
            return False
        return self.goes_on(leaf)

    def goes_on(self, leaf: Leaf) -> bool:
        """Whether no end that was entered before an act had come by its day."""
        return all(leaf.position <= closed or leaf.day < day for closed, day in self.ends)


class Bindings:
    """Everything that the leaves outside a case say of persons.

    ``links`` stand under both persons: position, the other, and whether they were joined or parted.
    They are few, as two officials make each, and always at hand; the rest is not.
    """

    def __init__(self) -> None:
        told = Told()
        self.accounts = Things(told, "account", Binding.of)
        self.seats = Things(told, "seat", Seat.of)
        self.matters = Things(told, "matter", Matter.of)
        self.secrets = Things(told, "secrets", Secrets.of)
        self.links: dict[str, list[tuple[int, str, bool]]] = defaultdict(list)

    @classmethod
    def of(cls, leaves: Iterable[Leaf]) -> Bindings:
        """The bindings that these leaves state, in order of position."""
        bindings = cls()
        for leaf in leaves:
            bindings.hear(leaf)
        return bindings

    def hear(self, leaf: Leaf) -> None:
        """One more leaf; those that bind nothing change nothing.

        Raises ``LeafUnreadableError`` for one that does not say what its topic needs.
        """
        try:
            self._hear(leaf)
        except (KeyError, TypeError) as error:
            msg = f"the event at position {leaf.position} does not say what its topic needs"
            raise LeafUnreadableError(msg) from error

    def _hear(self, leaf: Leaf) -> None:
        if leaf.stream.startswith(MATTER_STREAMS):
            self._hear_of_a_matter(leaf)
        match leaf.topic:
            case "account:opened:1":
                self.accounts.hear(leaf.stream, leaf, "person")
            case topics.SECRET_GIVEN:
                giver = {"person": leaf.person}
                self.secrets.hear(leaf.stream, leaf, "means", "part", actor=giver)
            case topics.RELEASED:
                self.secrets.hear(leaf.stream, leaf)
            case "seats:appointment-opened:1":
                needed = ("appointment", "seat", "person", "account", "effective_on")
                self.seats.hear(leaf.fields["appointment"], leaf, *needed, maybe=_MAYBE)
            case "seats:appointment-closed:1":
                self.seats.hear(leaf.fields["appointment"], leaf, "effective_on")
            case "person:linked:1" | "person:unlinked:1":
                linked = leaf.topic == "person:linked:1"
                pair = (leaf.stream, leaf.fields["other"])
                for one, other in (pair, pair[::-1]):
                    self.links[one].append((leaf.position, other, linked))
            case _:
                return

    def _hear_of_a_matter(self, leaf: Leaf) -> None:
        needed = needed_of(leaf.topic)
        if needed is not None:
            actor, maybe = leaf.actor, ("organisation",)
            self.matters.hear(leaf.stream, leaf, *needed, actor=actor, maybe=maybe)

    def circle(self, person: str, until: int | None = None) -> frozenset[str]:
        """All persons of the record that are one human being, as linked until a position."""
        seen, waiting = {person}, [person]
        while waiting:
            for other in self._linked(waiting.pop(), until) - seen:
                seen.add(other)
                waiting.append(other)
        return frozenset(seen)

    def _linked(self, person: str, until: int | None) -> set[str]:
        """The persons with whom somebody was linked themselves until a position."""
        joined: set[str] = set()
        for position, other, linked in self.links.get(person, ()):
            if until is None or position <= until:
                (joined.add if linked else joined.discard)(other)
        return joined

    def same(self, one: str, other: str, until: int | None = None) -> bool:
        """Whether two persons are one human being, as linked until a position."""
        return one == other or (one in self.links and other in self.circle(one, until))

    def one_hand(self, one: Done, other: Done, until: int | None = None) -> bool:
        """Whether one of two gave the other's secret or a part of it, or somebody gave of both."""
        hands = [self.secrets.of(each.account).hands(each.position) for each in (one, other)]
        crossed = any(
            self.same(giver, person, until)
            for given, person in zip(hands, (other.person, one.person), strict=True)
            for giver in given
        )
        first, second = hands
        return crossed or any(self.same(a, b, until) for a in first for b in second)

    def evidenced(
        self,
        leaf: Leaf,
        organisation: str,
        seat: str,
        substitutes: Iterable[tuple[str, str, str]] = (),
    ) -> str | None:
        """Why an act is no evidence; None where it is.

        ``substitutes`` are (organisation, seat, account) designated before the act.
        """
        if (flaw := self._unbound(leaf)) is not None:
            return flaw
        if (organisation, seat, leaf.account) in set(substitutes):
            return None
        held = self.seats.of(str(leaf.actor.get("appointment") or ""))
        if held is None or not held.held(leaf) or not self._stood_in(held, leaf):
            return "no appointment was open"
        if (held.organisation, held.seat) != (organisation, seat):
            return "the appointment is to another seat"
        if (held.account, held.person) != (leaf.account, leaf.person):
            return "the appointment is somebody else's"
        return None

    def _stood_in(self, held: Seat, leaf: Leaf) -> bool:
        """Whether there was an appointment in which to stand in, where it was for one."""
        if held.absent is None:
            return True
        absent = self.seats.of(held.absent)
        if absent is None or absent.opened >= leaf.position:
            return False
        if absent.term is not None and leaf.day >= absent.term:
            return False
        return absent.goes_on(leaf)

    def by(self, leaf: Leaf, person: str) -> str | None:
        """Why an act is not shown to be a person's own; None where it is."""
        flaw = self._unbound(leaf)
        if flaw is None and not self.same(leaf.person, person, leaf.position):
            return "somebody else acted"
        return flaw

    def decided(self, leaf: Leaf, matter: str, involved: Iterable[str]) -> str | None:
        """Why two officers are not shown to have decided a matter so; None where they are.

        ``involved`` are the applicant of the case and whoever reviewed it: they decide none.
        """
        known = self.matters.of(matter)
        if known.case != leaf.stream:
            return "the case has no such matter"
        second = next((each for each in known.second if each.leaf.account == leaf.account), None)
        if second is None or self.evidenced(second.leaf, second.organisation, INTEGRITY_LEADER):
            return "no leader decided the matter"
        if self._unbound(leaf) or leaf.person != second.leaf.person:
            return "somebody else decided the matter"
        firsts = [
            each.leaf
            for each in known.first
            if each.leaf.position < second.leaf.position
            and self.evidenced(each.leaf, each.organisation, INTEGRITY_HANDLER) is None
        ]
        if not firsts:
            return "no handler looked into the matter"
        apart = [firsts[-1].person, *involved]
        if any(self.same(second.leaf.person, each, second.leaf.position) for each in apart):
            return "the matter was decided by somebody with a part in it"
        return None

    def _unbound(self, leaf: Leaf) -> str | None:
        """Why an act is not shown to be that of the person whom it names; None where it is."""
        if leaf.actor.get("type") != "account" or not leaf.account:
            return "no account acted"
        bound = self.accounts.of(leaf.account)
        if bound is None or bound.position >= leaf.position:
            return "the account was not open"
        if bound.person != leaf.person:
            return "the account is bound to another person"
        return None
