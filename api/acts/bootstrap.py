"""Setting a record up: its first two administrators, and who takes their place.

They open every other account. Their streams have names that follow from the record, so two who try
at once can't both succeed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import structlog

from api.acts.account_opening import Opening, login_taken, recognise
from api.acts.desk import Desk, known
from api.acts.guard import act_as
from api.identifiers import new_id, new_stream
from domain import beijing, document
from domain.account.decide import OpenAccount, decide
from domain.account.events import (
    AccountDisabled,
    AccountOpened,
    Means,
    Part,
    Role,
    SecretGiven,
)
from domain.actor import CONSOLE, SystemActor
from domain.area import LEVELS
from domain.authority.events import AdministratorsReplaced, AuthorityRooted
from domain.authority.state import ROOT
from domain.organisation.events import Kind, OrganisationRegistered, Ownership
from domain.organisation.registering import RegisterOrganisation, register
from domain.person.events import AccountHeld, AccountReleased
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import two_officers

if TYPE_CHECKING:
    from datetime import datetime

    from api.office import Office
    from audit.record import Record
    from domain.authority.state import Root

_log = structlog.get_logger()


class AdministratorStandsError(Exception):
    """The record has been set up; the message says how others are made."""

    def __init__(self) -> None:
        super().__init__(
            "本记录已设立，首批两名系统管理员已存在；其他账号由其通过接口开立。"
            " / The record is set up: its first two administrators open every other account."
        )


@dataclass(frozen=True, kw_only=True)
class SettingUp:
    """Two persons set up a record: for which organisation, by which document (文号)."""

    organisation: str
    document: str
    first: Opening
    second: Opening


def administrator_stands(office: Office) -> bool:
    """Whether the record was set up."""
    return office.desk().root() is not None


def set_up(office: Office, by: SettingUp, at: datetime) -> tuple[str, str]:
    """Set the record up: its organisation, the root of all powers, its first two administrators.

    What this release offers as law is entered, too, so that no file is needed to read it later.

    Answers the one-time codes of the two, each of whom needs to be told their own.
    Dying between the append and the codes leaves the accounts without them: doing it again with
    the same logins then gives the codes, and only then.
    Raises ``AdministratorStandsError``; ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS``,
    ``ROLES_APART`` or ``TWO_OFFICERS``.
    """
    first, second, house = _first_streams(office.record)
    newcomers = (new_stream("person", at), new_stream("person", at))

    def decide_(desk: Desk) -> None:
        if desk.root() is not None:
            return
        _refuse_one_document((by.first, by.second), at)
        pairs = zip((first, second), (by.first, by.second), newcomers, strict=True)
        persons = [_open(desk, house, *each, at=at) for each in pairs]
        if desk.humans(persons).same(*persons):
            raise Refused(two_officers())
        desk.write(house, _registered(by.organisation))
        rooted = AuthorityRooted(
            organisation=house, first=persons[0], second=persons[1], document=by.document
        )
        desk.write(ROOT, rooted)
        for law in desk.laws:
            desk.relying_on(law)

    answer = act_as(office.desk, SystemActor("bootstrap"), new_id(at), at, decide_)
    accounts = ((first, by.first), (second, by.second))
    if not answer.happened:
        _refuse_unless_interrupted(office, accounts)
    return _codes(office, accounts, at)


@dataclass(frozen=True, kw_only=True)
class Replacing:
    """Two persons take the place of the administrators, by a decision (文号)."""

    document: str
    first: Opening
    second: Opening


def replace_administrators(office: Office, by: Replacing, at: datetime) -> tuple[str, str]:
    """Let two persons at the console take the place of the root's administrators, on record.

    Answers their one-time codes; the accounts before theirs are disabled, their sessions end.
    Raises ``Refused`` with ``NOT_SET_UP``, ``LOGIN_TAKEN`` or what ``set_up`` refuses with.
    """
    openings = (by.first, by.second)
    streams = (new_stream("account", at), new_stream("account", at))
    newcomers = (new_stream("person", at), new_stream("person", at))
    disabled: list[str] = []

    def decide_(desk: Desk) -> None:
        root = desk.root()
        if root is None:
            raise Refused(_not_set_up())
        _refuse_one_document(openings, at)
        disabled[:] = _administering(desk, root)
        for account in disabled:
            _disable(desk, account, by.document)
        pairs = zip(streams, openings, newcomers, strict=True)
        persons = [_open(desk, root.organisation, *each, at=at) for each in pairs]
        if desk.humans(persons).same(*persons):
            raise Refused(two_officers())
        replaced = AdministratorsReplaced(
            first=persons[0], second=persons[1], document=by.document, disabled=tuple(disabled)
        )
        desk.write(ROOT, replaced)

    for opening in openings:
        if office.sign_in.credentials.find(opening.login) is not None:
            raise Refused(login_taken(opening.login))
    act_as(office.desk, CONSOLE, new_id(at), at, decide_)
    for account in disabled:
        office.sign_in.sessions.end_all(account, "administrators replaced", at)
    _log.warning("administrators replaced at the console", disabled=len(disabled))
    return _codes(office, tuple(zip(streams, openings, strict=True)), at)


def _administering(desk: Desk, root: Root) -> list[str]:
    """The accounts by which the root's administrators administer, under whatever document."""
    found = {
        account
        for person in root.administrators
        for each in desk.circle(person)
        for account, _, roles in each.accounts
        if Role.SYSTEM_ADMINISTRATOR in roles
    }
    return sorted(found)


def _disable(desk: Desk, account: str, document: str) -> None:
    known_ = known(desk.account(account))
    words = Personal(document, known_.person, Purpose.OFFICIAL)
    desk.write(account, AccountDisabled(reason=words))
    desk.write(known_.person, AccountReleased(account=account))


def _codes(
    office: Office, accounts: tuple[tuple[str, Opening], ...], at: datetime
) -> tuple[str, str]:
    first, second = (
        office.sign_in.give_code(account, opening.login, Part.WHOLE, at)
        for account, opening in accounts
    )
    return first, second


def _refuse_one_document(openings: tuple[Opening, ...], at: datetime) -> None:
    documents = {
        (read.kind, read.number)
        for each in openings
        for read in [document.read(each.document.kind, each.document.number, beijing.day(at))]
    }
    if len(documents) < len(openings):
        raise Refused(two_officers())


def _not_set_up() -> Refusal:
    return Refusal(
        "NOT_SET_UP",
        "本记录尚未设立，没有可更换的系统管理员。请先设立：mingjian accounts bootstrap。",
        "The record is not set up, so nobody administers it yet; set it up first: mingjian"
        " accounts bootstrap.",
    )


def _open(
    desk: Desk, house: str, account: str, opening: Opening, newcomer: str, *, at: datetime
) -> str:
    """Open an administrator's account; answers the person."""
    entered = opening.document
    identity = document.read(entered.kind, entered.number, beijing.day(at))
    person = recognise(desk, newcomer, opening.name, identity)
    roles = (Role.SYSTEM_ADMINISTRATOR,)
    command = OpenAccount(
        person=person,
        organisation=house,
        roles=roles,
        login=Personal(opening.login, person, Purpose.OFFICIAL),
        roles_of_person=desk.roles(person),
    )
    held = AccountHeld(account=account, organisation=house, roles=roles, unclaimed=False)
    desk.write(person, held)
    given = SecretGiven(part=Part.WHOLE, means=Means.CODE, issuer=None, reason=None)
    desk.write(account, *decide(None, command), given)
    return person


def _registered(name: str) -> OrganisationRegistered:
    return register(
        RegisterOrganisation(
            name=name,
            credit_code=None,
            kind=Kind.GOVERNMENT,
            ownership=Ownership.STATE,
            level=LEVELS[0],
            area="",
            traits=(),
            superior=None,
            bureau=None,
        )
    )


def _first_streams(record: Record) -> tuple[str, str, str]:
    """The accounts of the first two administrators, and their organisation."""

    def of(kind: str, what: str) -> str:
        return f"{kind}-{uuid5(NAMESPACE_URL, f'{record.origin}/{what}')}"

    first, second = of("account", "first-administrator"), of("account", "second-administrator")
    return first, second, of("organisation", "administration")


def _refuse_unless_interrupted(office: Office, accounts: tuple[tuple[str, Opening], ...]) -> None:
    for account, opening in accounts:
        opened = office.record.load(account).recorded[0].event
        assert isinstance(opened, AccountOpened)
        known = office.sign_in.credentials.of_account(account) is not None
        if opened.login.text != opening.login or known:
            raise AdministratorStandsError
