"""An invented province: organisations, officials and applicants, and all that happens there.

Happenings look valid, in the order of real ones and interleaved as in a busy office; a few break
the rules of separation on purpose, so that what looks for breaches has something to find.
The same seed gives the same province.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from domain.account.events import AccountActivated, AccountOpened, Role
from domain.actor import AccountActor, Actor, SystemActor
from domain.authority.events import AuthorityRooted, GrantProposed, PowerGranted
from domain.authority.power import AFFAIRS, EMPLOYER, Power
from domain.authority.state import ROOT
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.organisation.seats import AppointmentClosed, AppointmentOpened
from domain.organisation.state import stream_of
from domain.person.events import AccountHeld, DocumentBound, PersonRegistered
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.event import Event

Happening = tuple[str, "Event", Actor]
"""A stream, what happened there, and who did it."""

_FIRST_DAY = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
_SYSTEM = SystemActor(job="generator")
_ROOT, _FOUNDERS = "organisation-root", ("person-founder", "person-co-founder")


def _founder(which: int) -> AccountActor:
    person = _FOUNDERS[which]
    account = person.replace("person", "account")
    return AccountActor(account, person, _ROOT, None, None, "session", "password")


@dataclass(frozen=True)
class Official:
    """A person with an account and, through it, a seat."""

    person: str
    account: str
    organisation: str
    seat: str
    appointment: str
    power: str | None

    @property
    def acting(self) -> AccountActor:
        """The official in office."""
        return AccountActor(
            account=self.account,
            person=self.person,
            organisation=self.organisation,
            seat=self.seat,
            appointment=self.appointment,
            power=self.power,
            sign_in=f"session-of-{self.account}",
            method="password",
        )


@dataclass
class Province:
    """Who is there: ``officials`` by organisation and seat; ids grow with time.

    ``versions`` says how many events each stream has by now.

    Few counties with few employers make people meet often; ``calm`` says how rare it is that
    somebody is replaced, or that anything happens beside the cases.
    """

    seed: int = 1
    counties: int = 2
    employers: int = 3
    calm: int = 100
    random: random.Random = field(init=False)
    officials: dict[tuple[str, str], list[Official]] = field(default_factory=dict)
    powers: dict[str, str] = field(default_factory=dict)
    chains: list[tuple[str, str, str]] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    linked: list[tuple[str, str]] = field(default_factory=list)
    versions: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Nothing has happened yet."""
        self.random = random.Random(self.seed)  # noqa: S311 -- invented, not secret
        self._numbers = count(1)

    def new(self, kind: str) -> str:
        """The id of a new stream, or of anything else."""
        return f"{kind}-{UUID(int=next(self._numbers))}"

    def chance_chain(self) -> tuple[str, str, str]:
        """An employer, its department and its bureau."""
        return self.random.choice(self.chains)

    def settle(self) -> Iterator[Happening]:
        """Organisations are registered, and two persons appointed to each seat of each."""
        rooted = AuthorityRooted(
            organisation=_ROOT, first=_FOUNDERS[0], second=_FOUNDERS[1], document="设〔2024〕1号"
        )
        yield ROOT, rooted, _SYSTEM
        for number in range(self.counties):
            area = f"甲省/乙市/丙{number}县"
            bureau = self.new("organisation")
            yield from self._organisation(bureau, area, "county_hr", None, None)
            department = self.new("organisation")
            yield from self._organisation(department, area, "competent_department", None, bureau)
            for _ in range(self.employers):
                employer = self.new("organisation")
                yield from self._organisation(employer, area, "employer", department, bureau)
                self.chains.append((employer, department, bureau))

    def person(self) -> tuple[str, str, list[Happening]]:
        """A new person with an account: their ids, and what happens."""
        person, account = self.new("person"), self.new("account")
        self.persons.append(person)
        name = words(person, f"某人{len(self.persons)}", Purpose.OFFICIAL)
        number = f"36073419000101{len(self.persons) % 1000:03d}X"
        roles = (Role.APPLICANT,)
        return (
            person,
            account,
            [
                (person, PersonRegistered(name=name), _SYSTEM),
                (
                    person,
                    DocumentBound(kind="resident", number=words(person, number), as_entered=None),
                    _SYSTEM,
                ),
                (
                    account,
                    AccountOpened(
                        person=person,
                        organisation=None,
                        roles=roles,
                        login=words(person, f"user{len(self.persons)}"),
                        unclaimed=False,
                    ),
                    _SYSTEM,
                ),
                (
                    person,
                    AccountHeld(account=account, organisation=None, roles=roles, unclaimed=False),
                    _SYSTEM,
                ),
                (account, AccountActivated(method="password"), _SYSTEM),
            ],
        )

    def official(self, organisation: str, seat: str) -> Iterator[Happening]:
        """A new person is appointed to a seat."""
        person, account, happened = self.person()
        yield from happened
        power = self.powers.get(organisation)
        appointed = Official(person, account, organisation, seat, self.new("appointment"), power)
        self.officials.setdefault((organisation, seat), []).append(appointed)
        yield (
            stream_of("seats", organisation),
            AppointmentOpened(
                appointment=appointed.appointment,
                seat=seat,
                person=person,
                account=account,
                effective_on=date(2024, 10, 1),
                document="任〔2024〕1号",
                ends_on=None,
                stands_in_for=None,
                reason=None,
                late_entry=True,
            ),
            _SYSTEM,
        )

    def replace(self) -> Iterator[Happening]:
        """Somebody leaves a seat, and somebody new takes it."""
        organisation, seat = self.random.choice(sorted(self.officials))
        leaving = self.officials[organisation, seat].pop(0)
        yield (
            stream_of("seats", organisation),
            AppointmentClosed(
                appointment=leaving.appointment,
                reason="transfer",
                effective_on=date(2024, 11, 1),
                late_entry=False,
            ),
            _SYSTEM,
        )
        yield from self.official(organisation, seat)

    def _organisation(
        self, stream: str, area: str, body: str, superior: str | None, bureau: str | None
    ) -> Iterator[Happening]:
        yield (
            stream,
            OrganisationRegistered(
                name=f"{area.rpartition('/')[2]}{body}{stream[-4:]}",
                credit_code=None,
                kind=Kind.PUBLIC_INSTITUTION,
                ownership=Ownership.STATE,
                level="county",
                area=area,
                traits=(),
                superior=superior,
                bureau=bureau,
            ),
            _SYSTEM,
        )
        if body != EMPLOYER:
            yield from self._granted(stream, area, body)
        for seat in ("handler", "handler", "leader", "leader"):
            yield from self.official(stream, seat)

    def _granted(self, stream: str, area: str, body: str) -> Iterator[Happening]:
        grant, powers = self.new("grant"), stream_of("authority", stream)
        self.powers[stream] = grant
        power = Power(
            bodies=(body,),
            affairs=AFFAIRS,
            area=area,
            levels=(),
            series=(),
            exercises=True,
            passes_on=False,
            in_name_of=None,
            starts_on=date(2024, 10, 1),
            last_day=None,
        )
        proposed = GrantProposed(
            grant=grant, source=ROOT, by=_ROOT, power=power, document="授〔2024〕1号"
        )
        yield powers, proposed, _founder(0)
        yield powers, PowerGranted(grant=grant), _founder(1)


def words(owner: str, text: str, purpose: Purpose = Purpose.APPLICANT) -> Personal:
    """Words about somebody, marked so that tests can look for them where they must not be."""
    return Personal(f"密语{text}", owner, purpose)


def moment(number: int) -> datetime:
    """When the ``number``-th event is recorded: one a second from the first day on."""
    return _FIRST_DAY + timedelta(seconds=number)
