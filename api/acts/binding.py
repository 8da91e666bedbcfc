"""Binding accounts to the identities that people have at the configured issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.acts.accounts import known_account
from api.problems import Problem
from api.signin.bindings import SubjectTakenError
from domain.account.decide import BindIdentity, ReleaseIdentity, decide
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.signin import SignIn
    from api.signin.bindings import Bindings


class Binding:
    """That there is a binding is on record before it lets anybody in, or after it lets nobody.

    Dying in between leaves a record of what did not happen yet; the same request sent again
    completes it.
    """

    def __init__(self, desk: Desk, sign_in: SignIn) -> None:
        self._desk = desk
        self._sign_in = sign_in

    def bind(self, acting: Acting, account: str, subject: str) -> Answer:
        """Let a subject of the issuer act under an account, and no other; sessions end.

        Raises the problems ``ISSUER_NOT_CONFIGURED`` and ``SUBJECT_TAKEN``.
        """

        def think(deliberation: Deliberation) -> None:
            known = known_account(acting, deliberation, account, Act.BIND_ACCOUNT)
            issuer, bindings = self._federation()
            if bindings.account_of(issuer, subject) not in (None, account):
                raise Problem("SUBJECT_TAKEN")
            deliberation.write(account, *decide(known, BindIdentity(issuer=issuer)))

        answer = self._desk.act(acting, think, named=account)
        if self._overtaken(answer, account):
            return answer
        issuer, bindings = self._federation()
        try:
            bindings.bind(issuer, subject, account, acting.actor.account, acting.at)
        except SubjectTakenError as taken:  # by a request at the same moment
            raise Problem("SUBJECT_TAKEN") from taken
        self._sign_in.sessions.end_all(account, "bound to an issuer's subject", acting.at)
        return answer

    def release(self, acting: Acting, account: str, reason: str) -> Answer:
        """End the binding of an account; its sessions end."""

        def think(deliberation: Deliberation) -> None:
            known = known_account(acting, deliberation, account, Act.BIND_ACCOUNT)
            _, bindings = self._federation()
            if bindings.is_bound(account):
                words = Personal(reason, known.person, Purpose.OFFICIAL)
                deliberation.write(account, *decide(known, ReleaseIdentity(reason=words)))

        answer = self._desk.act(acting, think, named=account)
        if self._overtaken(answer, account):
            return answer
        _, bindings = self._federation()
        bindings.end(account, acting.actor.account, acting.at)
        self._sign_in.sessions.end_all(account, "binding ended", acting.at)
        return answer

    def _overtaken(self, answer: Answer, account: str) -> bool:
        """Whether a request that is sent again would undo what has happened since.

        Where nothing has, it finishes what the first one may have left undone.
        """
        done = answer.version_of(account)
        now = self._desk.record.load(account).version
        return answer.replayed and done is not None and done < now

    def _federation(self) -> tuple[str, Bindings]:
        """The issuer's name, and who is bound to it."""
        federation = self._sign_in.federation
        if federation is None:
            raise Problem("ISSUER_NOT_CONFIGURED")
        return federation.issuer.name, federation.bindings
