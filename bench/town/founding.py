"""How the town is founded: its organisations, its people and accounts, and the first seats."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from api.acts import power_grant
from api.acts.account_opening import Opening
from api.acts.appointment import APPOINT, Appointing
from api.acts.organisation import REGISTER
from api.identifiers import derived_stream
from audit.record import AppendRequest, Write
from bench.town.memory import MemoryRecord
from bench.town.town import Town
from domain.account.events import AccountOpened, Role
from domain.actor import SystemActor
from domain.authority.events import AuthorityRooted
from domain.authority.power import AFFAIRS, COMPETENT_DEPARTMENT, WATCH
from domain.authority.state import ROOT
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.organisation.registering import RegisterOrganisation
from domain.person.events import AccountHeld, PersonRegistered
from domain.personal import Personal, Purpose
from domain.separation import (
    DUTY_OFFICER,
    HANDLER,
    INTEGRITY_HANDLER,
    INTEGRITY_LEADER,
    LEADER,
)

if TYPE_CHECKING:
    from audit.record import Record
    from domain.actor import Actor
    from domain.event import Event

FOUNDER = SystemActor("founding")
CLERK, SECOND, THIRD, FOURTH = ADMINISTRATORS = (
    derived_stream("account", "founding", "clerk"),
    derived_stream("account", "founding", "second"),
    derived_stream("account", "founding", "third"),
    derived_stream("account", "founding", "fourth"),
)
"""The administrators of the whole system, two of whom set it up."""
HANDS = ((CLERK, SECOND), (THIRD, FOURTH))
"""Who gives secrets together: nobody to both of two who sit across from one another."""
INSPECTOR = derived_stream("account", "founding", "inspector")
"""An inspector of the whole record."""
_ROOT, WATCHING = (
    derived_stream("organisation", "founding", each) for each in ("administration", "watch")
)
_ABOVE = ("系统管理单位", "监督机关")
"""Who takes no part in the town: whoever administers the system, and whoever watches."""
HUMANS = 28
"""So many people live here at first, a few to each organisation."""
IN_CASES = (Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR)
REVIEWING = (HANDLER, LEADER)
INTEGRITY = (INTEGRITY_HANDLER, INTEGRITY_LEADER, DUTY_OFFICER)

NEAR, FAR = "甲省/乙市", "甲省/丁市"


def founded() -> Town:
    """A town with seven organisations, in memory."""
    record = _first().copy()
    town = Town.over(cast("Record", record))
    town.hear()
    town.numbers.update(login=record.head(), document=record.head())
    return town


@cache
def _first() -> MemoryRecord:
    """How every town in memory begins; founded once, because that takes as long as many steps."""
    record = MemoryRecord()
    founded_over(cast("Record", record))
    return record


def founded_over(record: Record) -> Town:
    """A town with seven organisations, over an empty record."""
    town = Town.over(record)
    set_up(town)
    settle(town)
    return town


def set_up(town: Town) -> None:
    """The record is set up by two persons; an office watches over all of it."""
    for stream, name in zip((_ROOT, WATCHING), _ABOVE, strict=True):
        write(town, (stream, _registered(name)))
    for administrator in ADMINISTRATORS:
        officer(town, administrator, Role.SYSTEM_ADMINISTRATOR, _ROOT)
    officer(town, INSPECTOR, Role.INSPECTOR, WATCHING)
    persons = (CLERK.replace("account", "person"), SECOND.replace("account", "person"))
    rooted = AuthorityRooted(
        organisation=_ROOT, first=persons[0], second=persons[1], document="某职改〔2024〕1号"
    )
    write(town, (ROOT, rooted))
    grant(town, WATCHING, "", affairs=(WATCH,))


def grant(
    town: Town,
    holder: str,
    area: str,
    bodies: tuple[str, ...] = (),
    affairs: tuple[str, ...] = (),
) -> None:
    """The root grants a power, to exercise and to pass on."""
    town.act(
        town.acting(CLERK),
        power_grant.PROPOSE,
        holder,
        source=ROOT,
        bodies=bodies,
        affairs=affairs,
        area=area,
        levels=(),
        series=(),
        exercises=True,
        passes_on=True,
        in_name_of=None,
        starts_on=None,
        last_day=None,
        document="某职改〔2024〕2号",
    )
    powers = town.office.desk().authority(holder).grants
    town.act(town.acting(SECOND), power_grant.DECIDE, holder, grant_id=powers[-1].grant, grant=True)
    town.hear()


def settle(town: Town, near: str = NEAR, far: str = FAR) -> None:
    """Seven organisations in two cities with their people, by who administers the whole system."""
    may_take_over = ("city_hr", "county_hr", "competent_department")
    city = register(town, "市人社局", near, bodies=may_take_over, level="city")
    here = f"{near}/丙县"
    bureau = register(town, "县人社局", here, bodies=("county_hr",), bureau=city)
    bodies = ("competent_department",)
    department = register(town, "教育局", here, bodies=bodies, bureau=bureau)
    unit: dict[str, Any] = {"kind": Kind.PUBLIC_INSTITUTION}
    for name in ("中学", "医院"):
        register(town, name, here, **unit, superior=department, bureau=bureau)
    both = ("competent_department", "county_hr")
    there = f"{far}/戊县"
    office = register(town, "戊县人社局", there, bodies=both)
    register(town, "戊县中学", there, **unit, superior=office, bureau=office)
    _people(town)


def open_account(
    town: Town,
    document: int,
    where: str | None,
    roles: tuple[Role, ...] = IN_CASES,
    hands: tuple[str, str] = HANDS[0],
) -> None:
    """An account for whoever has that document; one that nobody knows yet makes a new person.

    Its code comes out of the hands of two, the first of whom opens it.
    """
    opening = Opening(
        name="某人",
        document=town.document(document),
        organisation=where,
        roles=roles,
        login=town.number("login"),
    )
    account = town.open_account(town.acting(hands[0]), opening)
    town.hear()
    town.give_code(town.acting(hands[1]), account)


def write(town: Town, *writes: tuple[str, Event], actor: Actor = FOUNDER) -> None:
    """Write events into streams in one append, by somebody's hand, whatever the law says."""
    together: dict[str, list[Event]] = {}
    for stream, event in writes:
        together.setdefault(stream, []).append(event)
    request = AppendRequest(
        writes=tuple(
            Write(town.record.load(stream).head, tuple(events))
            for stream, events in together.items()
        ),
        actor=actor,
        at=town.now,
        command=town.number("command"),
    )
    town.record.append(request)
    town.hear()


def _registered(name: str) -> OrganisationRegistered:
    return OrganisationRegistered(
        name=name,
        credit_code=None,
        kind=Kind.GOVERNMENT,
        ownership=Ownership.STATE,
        level="province",
        area="",
        traits=(),
        superior=None,
        bureau=None,
    )


def officer(town: Town, name: str, role: Role, where: str) -> None:
    """Somebody of an office of their own, with an account that is called so."""
    person = name.replace("account", "person")
    words = Personal("某人", person, Purpose.OFFICIAL)
    opened = AccountOpened(
        person=person, organisation=where, roles=(role,), login=words, unclaimed=False
    )
    held = AccountHeld(account=name, organisation=where, roles=(role,), unclaimed=False)
    write(town, (person, PersonRegistered(name=words)), (person, held), (name, opened))


def register(
    town: Town,
    name: str,
    area: str,
    bodies: tuple[str, ...] = (),
    by: str = CLERK,
    **members: Any,  # noqa: ANN401 -- of the command
) -> str:
    """An organisation of the state, which an account registers; ``members`` distinguish it.

    With being a bureau come all affairs.
    """
    stated = {
        "kind": Kind.GOVERNMENT,
        "ownership": Ownership.STATE,
        "level": "county",
        "superior": None,
        "bureau": None,
        "traits": (),
        **members,
    }
    command = RegisterOrganisation(
        name=name,
        area=area,
        credit_code=None,
        **stated,
    )
    answer = town.act(town.acting(by), REGISTER, "", command=command)
    town.hear()
    organisation = answer.stream_of("organisation:registered:1")
    if bodies:
        affairs = AFFAIRS if set(bodies) - {COMPETENT_DEPARTMENT} else ()
        grant(town, organisation, area, bodies, affairs)
    return organisation


def _people(town: Town) -> None:
    """Everybody has an account where they work; each seat is filled by somebody of the house."""
    places = tuple(n for n, each in town.organisations.items() if each.name not in _ABOVE)
    for human in range(HUMANS):
        number, where = divmod(human, len(places))
        open_account(town, human, places[where], hands=HANDS[number % 2])
        town.hear()
    authorities = [p for p in places if town.organisations[p].kind is Kind.GOVERNMENT]
    for place in authorities:  # who looks into misconduct reviews nothing
        for number, _ in enumerate(INTEGRITY):
            town.numbers["document"] += 1
            document = HUMANS + town.numbers["document"]
            open_account(town, document, place, (Role.OFFICIAL,), HANDS[number % 2])
            town.hear()
    for place in places:
        here = [name for name, each in town.accounts.items() if each.organisation == place]
        seats = [*REVIEWING, *(INTEGRITY if place in authorities else ())]
        staff = [name for name in here if Role.APPLICANT in town.accounts[name].roles]
        sitting = [*staff[1:3], *here[len(staff) :]]
        for seat, holder in zip(seats, sitting, strict=False):
            town.act(
                town.acting(here[0]),
                APPOINT,
                place,
                command=Appointing(seat=seat, account=holder),
            )
            town.hear()
