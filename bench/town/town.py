"""The town: every stream with its history, and its state folded as events arrive."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from domain.account import state as account
from domain.account.events import AccountOpened, Role
from domain.account.state import Account
from domain.actor import AccountActor, Actor, SystemActor
from domain.case import evolve as case
from domain.case.circumstances import Circumstances
from domain.case.state import Case
from domain.event import Event
from domain.organisation import state as organisation
from domain.organisation.events import AppointmentOpened, Kind, OrganisationRegistered, Ownership
from domain.organisation.state import Organisation
from domain.person import link
from domain.person import state as person
from domain.person.events import AccountHeld, PersonRegistered
from domain.person.link import Link
from domain.person.state import Person
from domain.personal import Personal, Purpose
from domain.refusal import Citation
from domain.separation import HANDLER, LEADER, Humans

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

EMPLOYER, DEPARTMENT, BUREAU = (
    "organisation-employer",
    "organisation-department",
    "organisation-bureau",
)
ORGANISATIONS = (EMPLOYER, DEPARTMENT, BUREAU)
PERSONS = tuple(f"person-{number}" for number in range(9))
MORNING = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
FOUNDER = SystemActor("founding")


class Choose(Protocol):
    """Chance: takes one of several things, none of which is better than another."""

    def __call__(self, of: Sequence[T], /) -> T:
        """One of ``of``, which is not empty."""


@dataclass(frozen=True)
class Entry:
    """One event as the record would keep it."""

    stream: str
    event: Event
    actor: Actor
    at: datetime


class TownLaw:
    """The law of the town: it cites itself."""

    def behind(self, code: str) -> tuple[Citation, ...]:
        """One invented rule for every code."""
        return (Citation(f"TOWN-{code}", "甲条", "虚构的规定", "town"),)


LAW = TownLaw()


@dataclass
class Town:
    """All that has happened, and what it has led to."""

    now: datetime = MORNING
    log: list[Entry] = field(default_factory=list)
    histories: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    persons: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def record(self, stream: str, events: Sequence[Event], actor: Actor) -> None:
        """Append what was decided and fold it, event by event."""
        for event in events:
            entry = Entry(stream, event, actor, self.now)
            self.log.append(entry)
            self.histories[stream].append(entry)
            self._fold(entry)

    def number(self, kind: str) -> str:
        """The next id of its kind; for a stream, the kind is its prefix."""
        self.numbers[kind] += 1
        return f"{kind}-{self.numbers[kind]}"

    def humans(self) -> Humans:
        """Who is known to be one human being now."""
        return Humans({name: each.linked for name, each in self.persons.items()})

    def actor(self, name: str) -> AccountActor:
        """Somebody acting through an account."""
        holder = self.accounts[name]
        return AccountActor(name, holder.person, holder.organisation, None, None, "-", "password")

    def around(self, name: str, where: str) -> Circumstances:
        """An account acting while an organisation has the case."""
        return Circumstances(
            actor=self.actor(name),
            at=self.now,
            humans=self.humans(),
            organisation=self.organisations[where],
            law=LAW,
            outcome_label="认定",
        )

    def _fold(self, entry: Entry) -> None:
        known, name = self.of_kind(entry.stream), entry.stream
        known[name] = evolved(known.get(name), entry)

    def of_kind(self, stream: str) -> dict[str, object]:
        """The states of all streams of the same kind as this one."""
        kind = stream.partition("-")[0]
        return getattr(self, f"{kind}s")  # type: ignore[no-any-return]


def evolved(before: object, entry: Entry) -> object:
    """The state of a stream after one more entry, by the domain's own evolve."""
    state, event, stream, actor = before, entry.event, entry.stream, entry.actor
    match stream.partition("-")[0]:
        case "case":
            return case.evolve(state, event, stream, actor)  # type: ignore[arg-type]
        case "person":
            return person.evolve(state, event, stream)  # type: ignore[arg-type]
        case "organisation":
            return organisation.evolve(state, event, stream)  # type: ignore[arg-type]
        case "account":
            return account.evolve(state, event, stream)  # type: ignore[arg-type]
        case _:
            return link.evolve(state, event, stream, actor)  # type: ignore[arg-type]


def words(owner: str) -> Personal:
    """Words about somebody; the town does not read them."""
    return Personal("…", owner, Purpose.APPLICANT)


def founded() -> Town:
    """A town of nine persons and three organisations, each with a handler and a leader."""
    town = Town()
    for number, name in enumerate(ORGANISATIONS):
        town.record(name, [_registered(name)], FOUNDER)
        for who in PERSONS[number::3]:
            town.record(who, [PersonRegistered(name=words(who))], FOUNDER)
            open_account(town, who, name)
        here = [each for each in town.accounts.values() if each.organisation == name]
        for each, seat in zip(here, (HANDLER, LEADER), strict=False):
            town.record(name, [_appointed(town, each, seat)], FOUNDER)
    return town


def open_account(town: Town, who: str, where: str) -> None:
    """A further account of a person, in the roles of applicant and official."""
    name, roles = town.number("account"), (Role.APPLICANT, Role.OFFICIAL)
    opened = AccountOpened(person=who, organisation=where, roles=roles, login=words(who))
    town.record(name, [opened], FOUNDER)
    town.record(who, [AccountHeld(account=name, organisation=where, roles=roles)], FOUNDER)


def _registered(name: str) -> OrganisationRegistered:
    return OrganisationRegistered(
        name=name,
        credit_code=None,
        kind=Kind.PUBLIC_INSTITUTION,
        ownership=Ownership.STATE,
        level="county",
        area="甲省/乙市/丙县",
        bodies=("employer",),
        traits=(),
        superior=None,
        bureau=None,
    )


def _appointed(town: Town, holder: Account, seat: str) -> AppointmentOpened:
    return AppointmentOpened(
        appointment=town.number("appointment"),
        seat=seat,
        person=holder.person,
        account=holder.account,
        effective_on=town.now.date(),
        document=None,
    )
