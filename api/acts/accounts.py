"""Opening real-name accounts, giving out codes, disabling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.acts.answer import Answer
from api.identifiers import new_stream
from api.problems import Problem
from api.signin.credentials import LoginTakenError
from audit.record import IdentityClaim
from domain import document
from domain.account.decide import DisableAccount, OpenAccount, ReissueCode, decide
from domain.account.events import AccountOpened, Role
from domain.document import Document, DocumentKind
from domain.person.events import AccountHeld, AccountReleased, DocumentBound, PersonRegistered
from domain.personal import Personal, Purpose
from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from api.signin import SignIn
    from domain.account.state import Account


@dataclass(frozen=True, kw_only=True)
class Opening:
    """For whom an account is to be opened: as in the document that the officer saw."""

    name: str
    document_kind: DocumentKind
    document_number: str
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


class Accounts:
    """The use cases about accounts."""

    def __init__(self, desk: Desk, laws: LawBook, sign_in: SignIn) -> None:
        self._desk = desk
        self._laws = laws
        self._sign_in = sign_in

    def open(self, acting: Acting, opening: Opening) -> Opened:
        """Open an account for a person, who becomes known by it or is recognised by the document.

        The code goes into the hands of whoever opens the account. Dying between the append and
        the code leaves an account without one; ``reissue`` gives it.
        Raises ``Refused`` with ``ID_FORMAT``, ``NAME_DIFFERS`` or ``ROLES_APART``, and the
        problem ``LOGIN_TAKEN``.
        """
        account = new_stream("account", acting.at)
        newcomer = new_stream("person", acting.at)
        read: list[Document] = []

        def think(deliberation: Deliberation) -> None:
            self._permit(acting, deliberation, opening)
            if self._sign_in.credentials.find(opening.login) is not None:
                raise Problem("LOGIN_TAKEN")
            identity = self._read(opening, deliberation, acting)
            read[:] = [identity]
            person = recognise(self._desk, deliberation, newcomer, opening.name, identity)
            command = OpenAccount(
                person=person,
                organisation=opening.organisation,
                roles=opening.roles,
                login=Personal(opening.login, person, Purpose.OFFICIAL),
                roles_of_person=deliberation.roles(person),
            )
            opened = decide(None, command)
            roles = tuple(sorted(opening.roles))
            held = AccountHeld(account=account, organisation=opening.organisation, roles=roles)
            deliberation.write(person, held)
            deliberation.write(account, *opened)

        answer = self._desk.act(acting, think)
        account = answer.stream_of("account:opened:1")
        code = None
        if not answer.replayed:
            code = self._issue(account, opening.login, acting.at)
        return Opened(
            answer,
            account,
            answer.stream_of("person:account-held:1"),
            code,
            normalised=bool(read) and read[0].was_normalised,
        )

    def reissue(self, acting: Acting, account: str, reason: str) -> tuple[Answer, str | None]:
        """A new one-time code for an account whose holder lost the secret; sessions end.

        It is on record before the code is given out; a request that was carried out before
        gets none.
        """
        logins: list[str] = []

        def think(deliberation: Deliberation) -> None:
            known = known_account(acting, deliberation, account, Act.REISSUE_CODE)
            login = _login(deliberation, account)
            if login is None:
                raise Problem("ACCOUNT_UNKNOWN")
            logins[:] = [login]
            words = Personal(reason, known.person, Purpose.OFFICIAL)
            deliberation.write(account, *decide(known, ReissueCode(reason=words)))

        answer = self._desk.act(acting, think, named=account)
        if answer.replayed:
            return answer, None
        return answer, self._issue(account, logins[0], acting.at)

    def disable(self, acting: Acting, account: str, reason: str) -> Answer:
        """Stop an account from being used; its sessions end."""

        def think(deliberation: Deliberation) -> None:
            known = known_account(acting, deliberation, account, Act.DISABLE_ACCOUNT)
            words = Personal(reason, known.person, Purpose.OFFICIAL)
            events = decide(known, DisableAccount(reason=words))
            deliberation.write(account, *events)
            if events:
                deliberation.write(known.person, AccountReleased(account=account))

        answer = self._desk.act(acting, think, named=account)
        self._sign_in.sessions.end_all(account, "account disabled", acting.at)
        return answer

    def _issue(self, account: str, login: str, now: datetime) -> str:
        try:
            return self._sign_in.issue_one_time_code(account, login, now)
        except LoginTakenError as taken:
            raise Problem("LOGIN_TAKEN") from taken

    def _permit(self, acting: Acting, deliberation: Deliberation, opening: Opening) -> None:
        relations: set[Relation] = set()
        if opening.organisation is not None:
            organisation = deliberation.organisation(opening.organisation)
            if organisation is None:
                raise Problem("ORGANISATION_UNKNOWN")
            relations = standing.to_organisation(acting, deliberation, organisation)
        if not permitted(Act.OPEN_ACCOUNT, acting.roles, relations):
            raise Problem("FORBIDDEN")
        if Role.SYSTEM_ADMINISTRATOR not in acting.roles and _beyond(opening.roles):
            raise Problem("FORBIDDEN")

    def _read(self, opening: Opening, deliberation: Deliberation, acting: Acting) -> Document:
        area = ""
        if opening.organisation is not None:
            organisation = deliberation.organisation(opening.organisation)
            area = organisation.area if organisation else ""
        citations = self._laws.for_area(area).behind("ID_FORMAT")
        return document.read(
            opening.document_kind, opening.document_number, acting.today, citations
        )


def known_account(acting: Acting, deliberation: Deliberation, account: str, act: Act) -> Account:
    """An account to which the caller may do the act.

    Raises the problems ``NOT_FOUND`` and ``FORBIDDEN``.
    """
    known = deliberation.account(account)
    if known is None:
        raise Problem("NOT_FOUND")
    relations: set[Relation] = set()
    if known.organisation is not None:
        organisation = deliberation.organisation(known.organisation)
        assert organisation is not None
        relations = standing.to_organisation(acting, deliberation, organisation)
    standing.require(acting, act, relations, reading=Act.READ_ACCOUNT)
    return known


def recognise(
    desk: Desk, deliberation: Deliberation, newcomer: str, name: str, identity: Document
) -> str:
    """The person to whom a document belongs; nobody yet: ``newcomer`` is registered.

    Raises ``Refused`` with ``NAME_DIFFERS``.
    """
    person = desk.record.person_of(identity.kind.value, identity.number)
    if person is None:
        _register(deliberation, newcomer, name, identity)
        return newcomer
    _refuse_other_name(deliberation, person, name)
    return person


def _login(deliberation: Deliberation, account: str) -> str | None:
    """The login under which an account was opened; None once that is erased."""
    opened = deliberation.history(account).recorded[0].event
    assert isinstance(opened, AccountOpened)
    return opened.login.text


def _beyond(roles: tuple[Role, ...]) -> bool:
    """Roles that only the system's administrator gives."""
    ordinary = {Role.APPLICANT, Role.OFFICIAL, Role.ADMINISTRATOR}
    return not set(roles) <= ordinary


def _register(deliberation: Deliberation, person: str, name: str, identity: Document) -> None:
    as_entered = Personal(identity.as_entered, person, Purpose.OFFICIAL)
    deliberation.write(
        person,
        PersonRegistered(name=Personal(name, person, Purpose.OFFICIAL)),
        DocumentBound(
            kind=identity.kind.value,
            number=Personal(identity.number, person, Purpose.OFFICIAL),
            as_entered=as_entered if identity.was_normalised else None,
        ),
    )
    deliberation.bind(IdentityClaim(identity.kind.value, identity.number, person))


def _refuse_other_name(deliberation: Deliberation, person: str, name: str) -> None:
    """A document that is known belongs to one name; another is a slip or worse (XW-26)."""
    for one in deliberation.history(person).recorded:
        if isinstance(one.event, PersonRegistered) and one.event.name.text not in (None, name):
            raise Refused(
                Refusal(
                    "NAME_DIFFERS",
                    "该证件已登记在另一姓名之下。请核对姓名与证件原件；确属更名的，请先办理更正。",
                    "The document is registered under another name. Compare both with the original;"
                    " if the name has changed, have it corrected first.",
                    pointer="/name",
                )
            )
