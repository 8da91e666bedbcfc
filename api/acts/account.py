"""Opening real-name accounts, giving what opens them, disabling.

A secret that is for more than applying comes from two persons: ``domain.account.hands`` says who.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, standing
from api.acts.acting import Answer
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row, guard
from api.acts.hands import Code, issue, managing
from api.acts.thing import BENEATH, Thing
from api.identifiers import new_stream
from api.problems import Problem
from audit.record import IdentityClaim
from domain import document
from domain.account.decide import OpenAccount, decide
from domain.account.events import AccountDisabled, AccountOpened, Means, Part, Role
from domain.account.hands import GiveSecret, give, stop
from domain.account.state import Account
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
    """For whom an account is to be opened: as in the document that the officer saw.

    Without a code it is opened by an issuer elsewhere alone.
    """

    name: str
    document: EnteredDocument
    organisation: str | None
    roles: tuple[Role, ...]
    login: str
    with_code: bool = True

    def __repr__(self) -> str:
        """Say nothing personal: reprs end up in logs."""
        return f"Opening(organisation={self.organisation!r}, roles={self.roles!r}, …)"


@dataclass(frozen=True)
class Opened:
    """An account with its code; none where it has none, or the request was carried out before.

    ``normalised`` says that the document number was written otherwise than it was typed (XW-27).
    """

    answer: Answer
    account: str
    person: str
    code: Code | None
    normalised: bool


def open_account(desk: Desk, _caller: Acting, *, office: Office, opening: Opening) -> Events:
    """Open a real-name account; its holder is recognised by the document.

    Raises ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS``, ``ROLES_APART`` or ``OWN_SECRET``, and
    the problems ``LOGIN_TAKEN`` and ``ISSUER_NOT_CONFIGURED``.
    """
    area = _permitted_area(desk, opening)
    if not opening.with_code and office.sign_in.federation is None:
        raise Problem("ISSUER_NOT_CONFIGURED")
    if office.sign_in.credentials.find(opening.login) is not None:
        raise Problem("LOGIN_TAKEN")
    citations = desk.laws.for_area(area).behind("ID_FORMAT")
    entered, today = opening.document, desk.acting.today
    identity = document.read(entered.kind, entered.number, today, citations)
    newcomer = new_stream("person", desk.acting.at)
    person = recognise(desk, newcomer, opening.name, identity)
    before = None if person == newcomer else desk.person(person)
    known_before = before is not None and not before.forgotten
    command = OpenAccount(
        person=person,
        organisation=opening.organisation,
        roles=opening.roles,
        login=Personal(opening.login, person, Purpose.OFFICIAL),
        roles_of_person=desk.roles(person),
        unclaimed=known_before,
    )
    opened, account = decide(None, command), desk.begun
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
    holder = Account(account, person, opening.organisation, frozenset(roles))
    return (*opened, *give(holder, GiveSecret(means=Means.CODE), managing(desk, holder)))


def open_with_code(office: Office, acting: Acting, opening: Opening) -> Opened:
    """Open an account; its code, or the first part of it, goes through the hands of the caller.

    Dying between the append and the code leaves an account without one; ``give_code`` gives it.
    """
    answer = guard(office, acting, OPEN, "", office=office, opening=opening)
    account = answer.stream_of(AccountOpened.topic)
    code, normalised = None, False
    if not answer.replayed:
        code = issue(office, acting, answer, account, opening.login)
        entered = opening.document
        identity = document.read(entered.kind, entered.number, acting.today)
        normalised = identity.was_normalised
    person = answer.stream_of(AccountHeld.topic)
    return Opened(answer, account, person, code, normalised=normalised)


def give_code(desk: Desk, account: Account, *, office: Office, reason: str) -> Events:
    """Give a new one-time code, or a part of it, for a holder who lost theirs or has none yet.

    Raises ``Refused``; the problem ``FIRST_PART_MISSING`` where it was never told to anybody.
    """
    if login_of(desk, account) is None:
        raise Problem("ACCOUNT_UNKNOWN")
    words = Personal(reason, account.person, Purpose.OFFICIAL)
    given = give(account, GiveSecret(means=Means.CODE, reason=words), managing(desk, account))
    second = any(each.part is Part.SECOND for each in given)
    if second and not office.sign_in.credentials.waits(account.account):
        raise Problem("FIRST_PART_MISSING")
    return given


def give_code_out(
    office: Office, acting: Acting, account: str, *, reason: str
) -> tuple[Answer, Code | None]:
    """The code, which is on record before it is given out; none where it was given before.

    With the last part of it sessions end.
    """
    answer = guard(office, acting, GIVE_CODE, account, office=office, reason=reason)
    if answer.replayed:
        return answer, None
    desk = office.desk()
    login = login_of(desk, known(desk.account(account)))
    return answer, issue(office, acting, answer, account, login or "")


def disable(desk: Desk, account: Account, *, reason: str) -> Events:
    """Stop an account from being used; who watches is stopped by two persons."""
    words = Personal(reason, account.person, Purpose.OFFICIAL)
    events = stop(account, words, managing(desk, account))
    desk.write(account.account, *events)
    if any(isinstance(each, AccountDisabled) for each in events):
        desk.write(account.person, AccountReleased(account=account.account))
    return ()


def disable_and_end(office: Office, acting: Acting, account: str, *, reason: str) -> Answer:
    """Disable an account, and end its sessions once it is."""
    answer = guard(office, acting, DISABLE, account, reason=reason)
    if any(each.topic == AccountDisabled.topic for each in answer.happened):
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
    own = account.organisation
    house = None if own is None else desk.organisation(own)
    return None if house is None else competence.managing(desk, house)


def _invites(_desk: Desk, account: Account) -> tuple[Act, ...]:
    managed = (Act.GIVE_CODE, Act.BIND_ACCOUNT, Act.DISABLE_ACCOUNT)
    return () if account.disabled else managed


ACCOUNT = Thing(
    find=Desk.account,
    stands=_stands,
    reading=Act.READ_ACCOUNT,
    invites=_invites,
    concern=_concern,
)
OPEN = Row(BENEATH, Act.OPEN_ACCOUNT, open_account, fresh=True, begins=AccountOpened, changes=False)
GIVE_CODE = Row(ACCOUNT, Act.GIVE_CODE, give_code, fresh=True)
DISABLE = Row(ACCOUNT, Act.DISABLE_ACCOUNT, disable, fresh=True)
