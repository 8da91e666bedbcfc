"""Opening real-name accounts, giving what opens them, disabling.

A secret that is for more than applying comes from two persons; ``domain.account.secret_hands``
says who.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.account_opening import (
    Opening,
    open_for,
    permitted_area,
    read_document,
    recognise_holder,
)
from api.acts.acting import Answer
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row, guard
from api.acts.rehearsal import empty
from api.acts.secret_hands import Code, issue, managing
from api.acts.thing import BENEATH, Offer, Thing
from api.problems import Problem
from domain import document
from domain.account.events import AccountDisabled, AccountOpened, Means, Part
from domain.account.secret_hands import GiveSecret, give, giving_objections, stop
from domain.person.events import AccountHeld, AccountReleased
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.competence import Concern
    from api.office import Office
    from domain.account.state import Account


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
    area = permitted_area(desk, opening.organisation, opening.roles)
    if not opening.with_code and office.sign_in.federation is None:
        raise Problem("ISSUER_NOT_CONFIGURED")
    if office.sign_in.credentials.find(opening.login) is not None:
        raise Problem("LOGIN_TAKEN")
    identity = read_document(desk, opening.document, area)
    return open_for(desk, desk.begun, opening, recognise_holder(desk, opening.name, identity))


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


def login_of(desk: Desk, account: Account) -> str | None:
    """The login under which an account was opened; None once that is erased."""
    opened = desk.history(account.account).recorded[0].event
    assert isinstance(opened, AccountOpened)
    return opened.login.text


def _stands(desk: Desk, account: Account) -> set[Relation]:
    if account.organisation is not None:
        return relation.to_office(desk, account.organisation)
    return {Relation.JURISDICTION} if relation.watches_over(desk, "") else set()


def _concern(desk: Desk, account: Account) -> Concern | None:
    own = account.organisation
    house = None if own is None else desk.organisation(own)
    return None if house is None else competence.managing(desk, house)


def _invites(desk: Desk, account: Account) -> Iterator[Act | Offer]:
    """Who may not give the code, or the part of it that is next, is told why it is another's."""
    if account.disabled:
        return
    hands = giving_objections(account, Means.CODE, managing(desk, account))
    yield Offer(Act.GIVE_CODE, hands)
    if desk.federation is not None:
        yield Act.BIND_ACCOUNT
    yield Act.DISABLE_ACCOUNT


ACCOUNT = Thing(
    find=Desk.account,
    stands=_stands,
    reading=Act.READ_ACCOUNT,
    invites=_invites,
    concern=_concern,
)
OPEN = Row(BENEATH, Act.OPEN_ACCOUNT, open_account, fresh=True, begins=AccountOpened, changes=False)
GIVE_CODE = Row(ACCOUNT, Act.GIVE_CODE, give_code, fresh=True)
DISABLE = Row(ACCOUNT, Act.DISABLE_ACCOUNT, disable, fresh=True, blank=empty(disable))
