"""Binding accounts to the identities that people have at the configured issuer.

That there is a binding is on record before it lets anybody in, or after it lets nobody. Dying in
between leaves a record of what did not happen yet; the same request sent again completes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.account import ACCOUNT
from api.acts.guard import Row, guard
from api.acts.rehearsal import empty
from api.acts.secret_hands import given_part, managing
from api.problems import Problem
from api.signin.bindings import SubjectTakenError
from domain.account.decide import ReleaseIdentity, decide
from domain.account.events import Means, Part
from domain.account.secret_hands import GiveSecret, give
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.acts.desk import Desk, Events
    from api.office import Office
    from api.signin.bindings import Bindings
    from api.signin.federation import Federation
    from domain.account.state import Account


def bind(desk: Desk, account: Account, *, subject: str) -> Events:
    """Say which subject of the issuer the holder is; where two have to say so, the second binds.

    Raises ``Refused``; the problems ``SUBJECT_TAKEN``, and ``SUBJECT_DIFFERS`` where the first said
    another.
    """
    issuer, bindings = _vouched_for(desk.federation)
    if bindings.account_of(issuer, subject) not in (None, account.account):
        raise Problem("SUBJECT_TAKEN")
    given = give(account, GiveSecret(means=Means.ISSUER, issuer=issuer), managing(desk, account))
    second = any(each.part is Part.SECOND for each in given)
    if second and not bindings.was_begun(issuer, subject, account.account):
        raise Problem("SUBJECT_DIFFERS")
    return given


def bind_and_end(office: Office, acting: Acting, account: str, *, subject: str) -> Answer:
    """Let a subject of the issuer act under an account, and no other; sessions end with that.

    Raises what ``bind`` raises, and the problem ``ISSUER_NOT_CONFIGURED``.
    """
    answer = guard(office, acting, BIND, account, subject=subject)
    if _overtaken(office, answer, account):
        return answer
    issuer, bindings = _vouched_for(office.sign_in.federation)
    if given_part(office, answer, account) is Part.FIRST:
        bindings.begin(issuer, subject, account, acting.actor.account, acting.at)
        return answer
    try:
        bindings.bind(issuer, subject, account, acting.actor.account, acting.at)
    except SubjectTakenError as taken:  # by a request at the same moment
        raise Problem("SUBJECT_TAKEN") from taken
    office.sign_in.sessions.end_all(account, "bound to an issuer's subject", acting.at)
    return answer


def release(desk: Desk, account: Account, *, reason: str) -> Events:
    """End the binding of an account; its sessions end."""
    _, bindings = _vouched_for(desk.federation)
    if not bindings.is_bound(account.account):
        return ()
    words = Personal(reason, account.person, Purpose.OFFICIAL)
    return decide(account, ReleaseIdentity(reason=words))


def release_and_end(office: Office, acting: Acting, account: str, *, reason: str) -> Answer:
    """End the binding of an account; its sessions end."""
    answer = guard(office, acting, RELEASE, account, reason=reason)
    if _overtaken(office, answer, account):
        return answer
    _, bindings = _vouched_for(office.sign_in.federation)
    bindings.end(account, acting.actor.account, acting.at)
    office.sign_in.sessions.end_all(account, "binding ended", acting.at)
    return answer


def _overtaken(office: Office, answer: Answer, account: str) -> bool:
    """Whether a request that is sent again would undo what has happened since.

    Where nothing has, it finishes what the first one may have left undone.
    """
    done = answer.version_of(account)
    return answer.replayed and done is not None and done < office.record.load(account).version


def _vouched_for(federation: Federation | None) -> tuple[str, Bindings]:
    """The issuer's name, and who is bound to it."""
    if federation is None:
        raise Problem("ISSUER_NOT_CONFIGURED")
    return federation.issuer.name, federation.bindings


def _bound(account: Account) -> bool:
    return any(each.means is Means.ISSUER for each in account.present)


BIND = Row(ACCOUNT, Act.BIND_ACCOUNT, bind, fresh=True, blank=empty(bind))
RELEASE = Row(ACCOUNT, Act.BIND_ACCOUNT, release, fresh=True, when=_bound)
