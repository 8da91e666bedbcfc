"""Out of whose hands an account's secret comes, and who keeps their hands off it.

What two persons vouch for is worth as much as their accounts are really theirs. So two persons
give the secret of every account that is for more than applying; none of them sits across from its
holder, and nobody gives a part to both of two who sit across from one another. Nobody alone stops
the account of somebody who watches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from domain.account.decide import unusable
from domain.account.events import AccountDisabled, DisablingProposed, Means, Part, SecretGiven
from domain.account.state import Hand
from domain.personal import Personal
from domain.refusal import Refusal, Refused
from domain.refusals.two_persons import two_officers
from domain.separation import WATCHING_ROLES, CitingLaw, Humans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.account.state import Account


@dataclass(frozen=True)
class Side:
    """Somebody in one of two seats that are kept apart, and who gave what opens their account."""

    person: str
    hands: tuple[str, ...]

    @classmethod
    def of(cls, account: Account, at: int | None = None) -> Self:
        """As it is, or as it was at a position of the record."""
        return cls(account.person, tuple(hand.person for hand in account.hands(at)))


@dataclass(frozen=True, kw_only=True)
class Managing:
    """Who does something to an account, and who sits across from its holder.

    ``employer_only`` says that its organisation has no power of its own.
    """

    by: Hand
    humans: Humans
    across: tuple[Side, ...]
    employer_only: bool
    law: CitingLaw


@dataclass(frozen=True, kw_only=True)
class GiveSecret:
    """Give what opens an account, or a part of it; ``issuer`` is who vouches, if anybody does."""

    means: Means
    issuer: str | None = None
    reason: Personal | None = None


def beside(side: Side, across: Iterable[Side], humans: Humans, law: CitingLaw) -> list[Refusal]:
    """Why somebody does not act, or sit, across from others: whose hands held both secrets."""
    found: dict[str, Refusal] = {}
    for other in across:
        if humans.same(other.person, side.person):
            continue  # which separation forbids, whoever gave what
        theirs = humans.among(other.person, side.hands)
        if theirs or humans.among(side.person, other.hands):
            found["counterpart"] = _from_counterpart(law)
        if any(humans.among(hand, other.hands) for hand in side.hands):
            found["both"] = _one_hand_for_both(law)
    return list(found.values())


def from_two(account: Account, humans: Humans, law: CitingLaw) -> list[Refusal]:
    """Why an account may not be trusted with a seat: one person could have used its secret."""
    hands = [hand.person for hand in account.hands()]
    if hands and any(not humans.same(hands[0], other) for other in hands[1:]):
        return []
    return [
        Refusal(
            "SECRET_FROM_ONE_HAND",
            "该账号的登录凭据尚未由两人分别交付，不能据以任职。请由另一名有权人员交付第二部分。",
            "The account's secret has not come from two persons, each with a part of it, so it"
            " holds no seat. Let another who may give the second part.",
            law.behind("SECRET_FROM_ONE_HAND"),
            "/account",
        )
    ]


def give(state: Account | None, command: GiveSecret, around: Managing) -> tuple[SecretGiven, ...]:
    """Give a secret: whole to who only applies for themselves, otherwise in two parts.

    The first part given again takes the place of the one before. Raises ``Refused``.
    """
    if state is None or state.disabled:
        raise Refused(unusable())
    if objections := giving_objections(state, command.means, around):
        raise Refused(*objections)
    part, _ = _part(state, command.means, around)
    given = SecretGiven(
        part=part, means=command.means, issuer=command.issuer, reason=command.reason
    )
    return (given,)


def giving_objections(state: Account, means: Means, around: Managing) -> tuple[Refusal, ...]:
    """Why the secret of an account, or the part that is next, is not this officer's to give."""
    part, hands = _part(state, means, around)
    return () if part is Part.WHOLE else tuple(_giving(state, part, hands, around))


def stop(
    state: Account | None, reason: Personal, around: Managing
) -> tuple[AccountDisabled | DisablingProposed, ...]:
    """Stop an account from being used; who watches is stopped by two persons.

    Raises ``Refused``.
    """
    if state is None:
        raise Refused(unusable())
    if state.disabled:
        return ()
    humans, by = around.humans, around.by.person
    if humans.among(by, (each.person for each in around.across)):
        raise Refused(_of_a_counterpart(around.law))
    if not state.roles & WATCHING_ROLES:
        return (AccountDisabled(reason=reason),)
    if state.disabling is None:
        return (DisablingProposed(reason=reason),)
    if humans.same(state.disabling, by):
        raise Refused(two_officers())
    return (AccountDisabled(reason=reason),)


def _part(state: Account, means: Means, around: Managing) -> tuple[Part, tuple[Hand, ...]]:
    """Which part it is now, and whose hands it comes from with it."""
    if not state.of_two_hands:
        return Part.WHOLE, (around.by,)
    first = state.begun_by(means)
    if first is None or around.humans.same(first.person, around.by.person):
        return Part.FIRST, (around.by,)
    return Part.SECOND, (first, around.by)


def _giving(state: Account, part: Part, hands: tuple[Hand, ...], around: Managing) -> list[Refusal]:
    law = around.law
    objections = []
    if around.humans.same(state.person, around.by.person):
        objections.append(_own_secret(law))
    side = Side(state.person, tuple(each.person for each in hands))
    objections += beside(side, around.across, around.humans, law)
    at_home = all(each.organisation == state.organisation for each in hands)
    if part is Part.SECOND and around.employer_only and at_home:
        objections.append(_hand_from_above(law))
    return objections


def _from_counterpart(law: CitingLaw) -> Refusal:
    return Refusal(
        "CODE_FROM_COUNTERPART",
        "一方的登录凭据（或其一部分）由对应岗位的另一方交付，两人不能相对履职。"
        "请由其他人员重新交付凭据，或指定代行审查人，或报上级机关办理。",
        "One of the two gave the other's secret, or a part of it, so they don't act across from"
        " one another. Let others give a new one, designate a substitute, or let the office above"
        " act.",
        law.behind("CODE_FROM_COUNTERPART"),
    )


def _one_hand_for_both(law: CitingLaw) -> Refusal:
    return Refusal(
        "ONE_HAND_FOR_BOTH",
        "同一人向经办人和领导都交付过登录凭据（或其一部分），两人不能相对履职。"
        "请由其他人员为其中一人重新交付凭据。",
        "The same person gave a part of both secrets, the handler's and the leader's, so the two"
        " don't act across from one another. Let others give one of them a new secret.",
        law.behind("ONE_HAND_FOR_BOTH"),
    )


def _of_a_counterpart(law: CitingLaw) -> Refusal:
    return Refusal(
        "OF_A_COUNTERPART",
        "不得停用对应岗位人员的账号。请由本单位其他管理员或上级机关办理。",
        "Nobody disables the account of who sits across from them. Let another administrator, or"
        " the office above, do it.",
        law.behind("OF_A_COUNTERPART"),
    )


def _own_secret(law: CitingLaw) -> Refusal:
    return Refusal(
        "OWN_SECRET",
        "不得向本人的账号交付登录凭据。请由另外两名有权人员分别交付。",
        "Nobody gives a part of their own secret. Let two others give one part each.",
        law.behind("OWN_SECRET"),
    )


def _hand_from_above(law: CitingLaw) -> Refusal:
    return Refusal(
        "HAND_FROM_ABOVE",
        "用人单位账号的登录凭据，两部分不能都由本单位交付。请由为其登记的机关交付第二部分。",
        "Both parts of a secret don't come from the employer itself. Let the office that registered"
        " it give the second.",
        law.behind("HAND_FROM_ABOVE"),
    )
