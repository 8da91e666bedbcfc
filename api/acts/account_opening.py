"""Opening one real-name account: for whom, by whom, and whose document it is.

Whoever opens one, and whoever opens many at once, does so through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import known
from api.acts.secret_hands import managing
from api.identifiers import new_stream
from api.problems import Problem
from audit.record import IdentityClaim
from domain import document
from domain.account.decide import OpenAccount, decide
from domain.account.events import Means, Role
from domain.account.secret_hands import GiveSecret, give
from domain.account.state import Account
from domain.document import Document, DocumentKind
from domain.organisation.changes import nothing_new
from domain.organisation.creator import wrong_opener
from domain.person.events import AccountHeld, DocumentBound, PersonRegistered
from domain.person.naming import alike, names
from domain.personal import Personal, Purpose, tells_only
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from api.acts.desk import Desk, Events


LONGEST_NAME, LONGEST_NUMBER = 100, 40
SHORTEST_LOGIN, LONGEST_LOGIN = 3, 100
"""Characters of what is entered about the holder of an account."""


@tells_only("kind")
@dataclass(frozen=True)
class EnteredDocument:
    """An identity document, as the officer typed it."""

    kind: DocumentKind
    number: str


@tells_only("organisation", "roles")
@dataclass(frozen=True, kw_only=True)
class Opening:
    """For whom an account is to be opened: as in the document that the officer saw.

    Without a code it is opened by an issuer elsewhere alone.
    """

    name: str
    document: EnteredDocument
    organisation: str | None
    roles: tuple[Role, ...]
    login: str
    with_code: bool = True


@dataclass(frozen=True)
class Holder:
    """To whom a document belongs, and whether the record knew them before this act."""

    person: str
    known_before: bool


def permitted_area(desk: Desk, organisation: str | None, roles: tuple[Role, ...]) -> str:
    """Where an account will act, if the caller may open one there for these roles."""
    relations, area, house = set[Relation](), "", None
    if organisation is not None:
        house = known(desk.organisation(organisation), "ORGANISATION_UNKNOWN")
        relations, area = relation.to_organisation(desk, house), house.area
    relation.require(desk, (Act.OPEN_ACCOUNT,), relations)
    if house is not None:
        concern = competence.managing(desk, house)
        competence.require(desk, (Act.OPEN_ACCOUNT,), relations, concern)
    if Role.SYSTEM_ADMINISTRATOR not in desk.acting.roles and _beyond(roles):
        raise Problem("FORBIDDEN")
    if house is not None and Role.APPLICANT in roles:
        own = desk.acting.actor.organisation or ""
        if refusals := wrong_opener(desk.laws.for_area(area), house, own):
            raise Refused(*refusals)
    if house is not None and (no_more := nothing_new(house, "/organisation")):
        raise Refused(*no_more)
    return area


def read_document(desk: Desk, entered: EnteredDocument, area: str) -> Document:
    """The document as it was entered. Raises ``Refused`` with ``ID_FORMAT``, by the area's law."""
    citations = desk.laws.for_area(area).behind("ID_FORMAT")
    return document.read(entered.kind, entered.number, desk.acting.today, citations)


def recognise_holder(desk: Desk, name: str, identity: Document) -> Holder:
    """The holder of a document, who is registered where nobody knew it.

    Raises ``Refused`` with ``NAME_DIFFERS``.
    """
    newcomer = new_stream("person", desk.acting.at)
    person = recognise(desk, newcomer, name, identity)
    before = None if person == newcomer else desk.person(person)
    return Holder(person, before is not None and not before.forgotten)


def open_for(desk: Desk, account: str, opening: Opening, holder: Holder) -> Events:
    """What begins the stream ``account``; that they hold it is written to that of the holder.

    Raises ``Refused`` with ``ROLES_APART`` or ``OWN_SECRET``.
    """
    person, known_before = holder.person, holder.known_before
    command = OpenAccount(
        person=person,
        organisation=opening.organisation,
        roles=opening.roles,
        login=Personal(opening.login, person, Purpose.OFFICIAL),
        roles_of_person=desk.roles(person),
        unclaimed=known_before,
    )
    opened = decide(None, command)
    roles = tuple(sorted(opening.roles))
    held = AccountHeld(
        account=account,
        organisation=opening.organisation,
        roles=roles,
        unclaimed=known_before,
    )
    desk.write(person, held)
    if not opening.with_code:
        return opened
    state = Account(account, person, opening.organisation, frozenset(roles))
    return (*opened, *give(state, GiveSecret(means=Means.CODE), managing(desk, state)))


def recognise(desk: Desk, newcomer: str, name: str, identity: Document) -> str:
    """The person to whom a document belongs; nobody yet: ``newcomer`` is registered.

    Raises ``Refused`` with ``NAME_DIFFERS``.
    """
    person = desk.person_with(identity, "开立账号")
    if person is None:
        _register(desk, newcomer, name, identity)
        return newcomer
    _refuse_other_name(desk, person, name)
    return person


def _beyond(roles: tuple[Role, ...]) -> bool:
    """Roles that only the system's administrator gives."""
    ordinary = {Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR}
    return not set(roles) <= ordinary


def _register(desk: Desk, person: str, name: str, identity: Document) -> None:
    as_entered = Personal(identity.as_entered, person, Purpose.OFFICIAL)
    desk.write(
        person,
        PersonRegistered(name=Personal(name, person, Purpose.OFFICIAL)),
        DocumentBound(
            kind=identity.kind.value,
            number=Personal(identity.number, person, Purpose.OFFICIAL),
            as_entered=as_entered if identity.was_normalised else None,
        ),
    )
    desk.bind(IdentityClaim(identity.kind.value, identity.number, person))


def _refuse_other_name(desk: Desk, person: str, name: str) -> None:
    """A known document belongs to who has or had one name; another is a slip or worse (XW-26).

    Of whose names nobody knows any more, none is another.
    """
    known = {each.text for each in names(desk.history(person).events)} - {None}
    if known and not any(alike(each, name) for each in known if each is not None):
        raise Refused(
            Refusal(
                "NAME_DIFFERS",
                "该证件已登记在另一姓名之下。请核对姓名与证件原件；确属更名的，请持户口簿等证明，由"
                "有人员身份核定职权的机关两名工作人员先办理人员更名。",
                "The document is registered under another name. Compare both with the original;"
                " if the name has changed, two officers of an authority with the power over"
                " identity enter the new one first, by a document.",
                pointer="/name",
            )
        )


def login_taken(login: str = "", pointer: str = "") -> Refusal:
    """Another account has the login, which is repeated to who typed it at the console alone."""
    named = f" {login} " if login else ""
    return Refusal(
        "LOGIN_TAKEN",
        f"登录名{named}已被其他账号使用，请另选一个。",
        f"Another account has the login{named.rstrip()}; choose a different one.",
        pointer=pointer,
    )
