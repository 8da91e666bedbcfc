"""Opening real-name accounts, giving out codes, disabling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, standing
from api.acts.acting import Answer
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row, guard
from api.acts.thing import BENEATH, Thing
from api.identifiers import new_stream
from api.problems import Problem
from api.signin.credentials import LoginTakenError
from audit.record import IdentityClaim
from domain import document
from domain.account.decide import DisableAccount, OpenAccount, ReissueCode, decide
from domain.account.events import AccountOpened, Role
from domain.document import Document, DocumentKind
from domain.organisation.changes import nothing_new
from domain.organisation.creator import wrong_opener
from domain.person.events import AccountHeld, AccountReleased, DocumentBound, PersonRegistered
from domain.person.naming import names
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.competence import Concern
    from api.office import Office
    from domain.account.state import Account


@dataclass(frozen=True)
class EnteredDocument:
    """An identity document, as the officer typed it."""

    kind: DocumentKind
    number: str

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"EnteredDocument(kind={self.kind!r}, …)"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """For whom an account is to be opened: as in the document that the officer saw."""

    name: str
    document: EnteredDocument
    organisation: str | None
    roles: tuple[Role, ...]
    login: str

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"Opening(organisation={self.organisation!r}, roles={self.roles!r}, …)"


@dataclass(frozen=True)
class Opened:
    """An account with its one-time code, which is shown this once and kept by nobody.

    ``code`` is None where the request was carried out before; ``normalised`` says that the
    document number was written otherwise than it was typed (XW-27).
    """

    answer: Answer
    account: str
    person: str
    code: str | None
    normalised: bool


def open_account(desk: Desk, _caller: Acting, *, office: Office, opening: Opening) -> Events:
    """Open a real-name account; its holder is recognised by the document.

    Raises ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS`` or ``ROLES_APART``, and the problem
    ``LOGIN_TAKEN``.
    """
    area = _permitted_area(desk, opening)
    if office.sign_in.credentials.find(opening.login) is not None:
        raise Problem("LOGIN_TAKEN")
    citations = desk.laws.for_area(area).behind("ID_FORMAT")
    entered, today = opening.document, desk.acting.today
    identity = document.read(entered.kind, entered.number, today, citations)
    newcomer = new_stream("person", desk.acting.at)
    person = recognise(desk, newcomer, opening.name, identity)
    command = OpenAccount(
        person=person,
        organisation=opening.organisation,
        roles=opening.roles,
        login=Personal(opening.login, person, Purpose.OFFICIAL),
        roles_of_person=desk.roles(person),
    )
    opened, account = decide(None, command), desk.begun
    roles = tuple(sorted(opening.roles))
    held = AccountHeld(account=account, organisation=opening.organisation, roles=roles)
    desk.write(person, held)
    return opened


def open_with_code(office: Office, acting: Acting, opening: Opening) -> Opened:
    """Open an account; its code goes into the hands of whoever opens it.

    Dying between the append and the code leaves an account without one; ``reissue`` gives it.
    """
    answer = guard(office, acting, OPEN, "", office=office, opening=opening)
    account = answer.stream_of(AccountOpened.topic)
    code, normalised = None, False
    if not answer.replayed:
        code = _issue(office, acting, account, opening.login)
        entered = opening.document
        identity = document.read(entered.kind, entered.number, acting.today)
        normalised = identity.was_normalised
    person = answer.stream_of(AccountHeld.topic)
    return Opened(answer, account, person, code, normalised=normalised)


def reissue(desk: Desk, account: Account, *, reason: str) -> Events:
    """Give out a new one-time code, for a holder who lost their secret. That is recorded."""
    if login_of(desk, account) is None:
        raise Problem("ACCOUNT_UNKNOWN")
    words = Personal(reason, account.person, Purpose.OFFICIAL)
    return decide(account, ReissueCode(reason=words))


def reissue_code(
    office: Office, acting: Acting, account: str, *, reason: str
) -> tuple[Answer, str | None]:
    """The new code, which is on record before it is given out; none where it was given before.

    Sessions end.
    """
    answer = guard(office, acting, REISSUE, account, reason=reason)
    if answer.replayed:
        return answer, None
    desk = office.desk()
    login = login_of(desk, known(desk.account(account)))
    return answer, _issue(office, acting, account, login or "")


def disable(desk: Desk, account: Account, *, reason: str) -> Events:
    """Stop an account from being used; its sessions end."""
    words = Personal(reason, account.person, Purpose.OFFICIAL)
    events = decide(account, DisableAccount(reason=words))
    desk.write(account.account, *events)
    if events:
        desk.write(account.person, AccountReleased(account=account.account))
    return ()


def disable_and_end(office: Office, acting: Acting, account: str, *, reason: str) -> Answer:
    """Disable an account, and end its sessions."""
    answer = guard(office, acting, DISABLE, account, reason=reason)
    office.sign_in.sessions.end_all(account, "account disabled", acting.at)
    return answer


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


def login_of(desk: Desk, account: Account) -> str | None:
    """The login under which an account was opened; None once that is erased."""
    opened = desk.history(account.account).recorded[0].event
    assert isinstance(opened, AccountOpened)
    return opened.login.text


def _issue(office: Office, acting: Acting, account: str, login: str) -> str:
    try:
        return office.sign_in.issue_one_time_code(account, login, acting.at)
    except LoginTakenError as taken:
        raise Problem("LOGIN_TAKEN") from taken


def _permitted_area(desk: Desk, opening: Opening) -> str:
    """Where the account will act, if the caller may open one there for these roles."""
    relations, area, house = set[Relation](), "", None
    if opening.organisation is not None:
        house = desk.organisation(opening.organisation)
        if house is None:
            raise Problem("ORGANISATION_UNKNOWN")
        relations, area = standing.to_organisation(desk, house), house.area
    standing.require(desk, (Act.OPEN_ACCOUNT,), relations)
    if house is not None:
        concern = competence.managing(desk, house)
        competence.require(desk, (Act.OPEN_ACCOUNT,), relations, concern)
    if Role.SYSTEM_ADMINISTRATOR not in desk.acting.roles and _beyond(opening.roles):
        raise Problem("FORBIDDEN")
    if house is not None and Role.APPLICANT in opening.roles:
        own = desk.acting.actor.organisation or ""
        if refusals := wrong_opener(desk.laws.for_area(area), house, own):
            raise Refused(*refusals)
    if house is not None and (no_more := nothing_new(house, "/organisation")):
        raise Refused(*no_more)
    return area


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
    if known and name not in known:
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


def _stands(desk: Desk, account: Account) -> set[Relation]:
    if account.organisation is not None:
        return standing.to_office(desk, account.organisation)
    return {Relation.JURISDICTION} if standing.watches_over(desk, "") else set()


def _concern(desk: Desk, account: Account) -> Concern | None:
    house = desk.organisation(account.organisation or "")
    return None if house is None else competence.managing(desk, house)


def _invites(_desk: Desk, account: Account) -> tuple[Act, ...]:
    managed = (Act.REISSUE_CODE, Act.BIND_ACCOUNT, Act.DISABLE_ACCOUNT)
    return () if account.disabled else managed


ACCOUNT = Thing(
    find=Desk.account,
    stands=_stands,
    reading=Act.READ_ACCOUNT,
    invites=_invites,
    concern=_concern,
)
OPEN = Row(BENEATH, Act.OPEN_ACCOUNT, open_account, begins=AccountOpened, changes=False)
REISSUE = Row(ACCOUNT, Act.REISSUE_CODE, reissue)
DISABLE = Row(ACCOUNT, Act.DISABLE_ACCOUNT, disable)
