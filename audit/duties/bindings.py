"""Who is who: accounts bound to persons, persons linked, seats held, as the leaves say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.duties import topics
from audit.duties.leaf import LeafUnreadableError, one_of
from audit.duties.matters import MATTER_STREAMS, Matter
from audit.duties.secrets import Secrets
from audit.duties.topics import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.duties.leaf import Leaf
    from audit.duties.passages import Done


STREAMS = ("account-", "seats-", "person-", *MATTER_STREAMS)
"""How the names of the streams begin that say who is who."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An account belongs to a person, since a position."""

    account: str
    person: str
    position: int


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


@dataclass
class Bindings:
    """Everything that the leaves outside a case say of persons.

    ``ends`` are those of the seats, by appointment: an end counts wherever it stands, also before
    the appointment that it names. ``links`` stand under both persons: position, the other, and
    whether they were joined or parted.
    """

    accounts: dict[str, Binding] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    ends: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[tuple[int, str, bool]]] = field(default_factory=lambda: defaultdict(list))
    matters: dict[str, Matter] = field(default_factory=lambda: defaultdict(Matter))
    secrets: dict[str, Secrets] = field(default_factory=lambda: defaultdict(Secrets))

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
            self.matters[leaf.stream].hear(leaf)
        match leaf.topic:
            case "account:opened:1":
                account, person = one_of(leaf.stream), one_of(leaf.fields["person"])
                self.accounts.setdefault(account, Binding(account, person, leaf.position))
            case topics.SECRET_GIVEN | topics.RELEASED:
                self.secrets[one_of(leaf.stream)].hear(leaf)
            case "seats:appointment-opened:1":
                appointment = one_of(leaf.fields["appointment"])
                opened = Seat(
                    appointment=appointment,
                    organisation=one_of(_organisation_of(leaf.stream)),
                    seat=one_of(leaf.fields["seat"]),
                    person=one_of(leaf.fields["person"]),
                    account=one_of(leaf.fields["account"]),
                    opened=leaf.position,
                    starts_on=one_of(leaf.fields["effective_on"]),
                    ends=self.ends[appointment],
                    term=one_of(leaf.fields.get("ends_on")),
                    absent=one_of(leaf.fields.get("stands_in_for")),
                )
                self.seats.setdefault(opened.appointment, opened)
            case "seats:appointment-closed:1":
                ended = (leaf.position, one_of(leaf.fields["effective_on"]))
                self.ends[one_of(leaf.fields["appointment"])].append(ended)
            case "person:linked:1" | "person:unlinked:1":
                linked = leaf.topic == "person:linked:1"
                pair = (leaf.stream, leaf.fields["other"])
                for one, other in (pair, pair[::-1]):
                    self.links[one].append((leaf.position, other, linked))
            case _:
                return

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
        hands = [self.secrets[each.account].hands(each.position) for each in (one, other)]
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
        held = self.seats.get(str(leaf.actor.get("appointment") or ""))
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
        absent = self.seats.get(held.absent)
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
        known = self.matters.get(matter)
        if known is None or known.case != leaf.stream:
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
        bound = self.accounts.get(leaf.account)
        if bound is None or bound.position >= leaf.position:
            return "the account was not open"
        if bound.person != leaf.person:
            return "the account is bound to another person"
        return None
