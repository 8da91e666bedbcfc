"""Claiming (认领): an account that was opened for somebody known is theirs once that is shown.

By a secret of their own that opens another account of theirs, or by two officers who saw them.
Until then it does nothing for them, shows nothing of theirs, and stands in nobody's way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.account.decide import refuse_apart, unusable
from domain.account.events import AccountClaimed, AttestationProposed, HolderAttested, Role
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import two_officers

if TYPE_CHECKING:
    from domain.account.state import Account
    from domain.separation import CitingLaw, Humans


def claim(
    state: Account | None,
    through: Account,
    roles: frozenset[Role],
    humans: Humans,
    law: CitingLaw,
) -> tuple[AccountClaimed, ...]:
    """The holder claims an account through another of theirs, whose secret they know.

    That one has to be theirs beyond doubt; it may be disabled. ``roles`` are those of all that is
    theirs already. Raises ``Refused``.
    """
    if state is None or state.disabled:
        raise Refused(unusable())
    if not through.claimed or not humans.same(state.person, through.person):
        raise Refused(not_theirs(law))
    refuse_apart(state.roles | roles)
    persons = (*through.claims, state.person)
    gained = sorted(set(persons) & humans.circle(state.person) - state.claims)
    return (AccountClaimed(through=through.account, persons=tuple(gained)),) if gained else ()


def attest(
    state: Account | None,
    shown: str,
    by: str,
    roles: frozenset[Role],
    humans: Humans,
    law: CitingLaw,
) -> tuple[AttestationProposed | HolderAttested, ...]:
    """An officer says who holds an account; the second, another human being, completes it.

    Raises ``Refused``.
    """
    if state is None or state.disabled:
        raise Refused(unusable())
    if humans.same(state.person, by):
        raise Refused(_of_oneself(law))
    circle = humans.circle(state.person)
    if circle <= state.claims:
        return ()
    refuse_apart(state.roles | roles)
    if state.attesting is None:
        return (AttestationProposed(shown=shown),)
    if humans.same(state.attesting, by):
        raise Refused(two_officers())
    return (HolderAttested(shown=shown, persons=tuple(sorted(circle - state.claims))),)


def unclaimed(law: CitingLaw, pointer: str = "") -> Refusal:
    """Nothing is done for somebody through an account of which it is not shown that it's theirs."""
    return Refusal(
        "ACCOUNT_UNCLAIMED",
        "本账号为系统中已有人员开立，尚未认领。请用本人原有账号的密码认领，"
        "或由人社部门两名工作人员核验本人及证件。",
        "The account was opened for somebody whom the record knows, and is not claimed. Claim it"
        " by the password of another account of yours, or let two officers see you and your"
        " document.",
        law.behind("ACCOUNT_UNCLAIMED"),
        pointer,
    )


def not_theirs(law: CitingLaw) -> Refusal:
    """The other account does not show whose this one is."""
    return Refusal(
        "CLAIM_NOT_SHOWN",
        "所提供的账号不能证明本账号归您所有：须是同一人已认领的账号。",
        "The other account does not show that this one is yours: it has to be a claimed account of"
        " the same person.",
        law.behind("CLAIM_NOT_SHOWN"),
    )


def _of_oneself(law: CitingLaw) -> Refusal:
    return Refusal(
        "OWN_ATTESTATION",
        "不得核验本人的账号。请由另外两名工作人员办理。",
        "Nobody attests an account of their own. Let two others do it.",
        law.behind("OWN_ATTESTATION"),
    )
