"""What a later decision needs to remember of an account: whose it is, and out of whose hands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from domain.account.events import (
    AccountActivated,
    AccountClaimed,
    AccountDisabled,
    AccountMoved,
    AccountOpened,
    AttestationProposed,
    DisablingProposed,
    HolderAttested,
    IdentityReleased,
    Means,
    Part,
    Role,
    SecretGiven,
)
from domain.actor import AccountActor
from domain.replacing import replace
from domain.shared_collections import Ledger

if TYPE_CHECKING:
    from domain.event import Told

AccountEvent = (
    AccountOpened
    | AccountClaimed
    | AttestationProposed
    | HolderAttested
    | AccountActivated
    | AccountMoved
    | DisablingProposed
    | AccountDisabled
    | SecretGiven
    | IdentityReleased
)


@dataclass(frozen=True)
class Hand:
    """Who gave a secret or a part of one, and for which organisation they acted."""

    person: str
    organisation: str | None


@dataclass(frozen=True)
class Secret:
    """What opened an account from a position of the record on, until another.

    ``hands`` are those whom it came from; none where the record itself gave it, when it was set
    up.
    """

    means: Means
    hands: tuple[Hand, ...]
    since: int
    until: int | None = None


@dataclass(frozen=True)
class Account:
    """An account with the person whom it belongs to and what it may be used for.

    ``claims`` are the persons of the record as whom it acts for itself: none before it was shown
    who holds it. ``attesting`` is the officer who said so first, ``disabling`` the person who
    wants it stopped, where that takes two. ``present`` opens it, ``past`` did; ``begun`` holds, by
    its means, the first part of a secret that lacks its second.
    """

    account: str
    person: str
    organisation: str | None
    roles: frozenset[Role]
    claims: frozenset[str] = frozenset()
    attesting: str | None = None
    activated: bool = False
    disabled: bool = False
    disabling: str | None = None
    present: tuple[Secret, ...] = ()
    past: Ledger[int, Secret] = field(default_factory=Ledger)
    begun: tuple[tuple[Means, Hand], ...] = ()

    @property
    def claimed(self) -> bool:
        """Whether it was shown that it is in the hands of the person for whom it was opened."""
        return self.person in self.claims

    @property
    def of_two_hands(self) -> bool:
        """Whether two persons have to give its secret.

        It is for more than applying oneself, or somebody uses it already, who would lose it to
        whoever gave them another.
        """
        return self.activated or not self.roles <= {Role.APPLICANT}

    @property
    def opens(self) -> bool:
        """Whether there is a secret that opens it."""
        return bool(self.present)

    def begun_by(self, means: Means) -> Hand | None:
        """Who gave the first part of a secret that lacks its second."""
        return dict(self.begun).get(means)

    def hands(self, at: int | None = None) -> tuple[Hand, ...]:
        """Out of whose hands everything came that opens it, or did at a position."""
        opened = self.present if at is None else (*self.past, *self.present)
        return tuple(
            hand
            for each in opened
            if at is None or (each.since <= at and (each.until is None or at < each.until))
            for hand in each.hands
        )


def evolve(state: Account | None, event: AccountEvent, told: Told) -> Account:
    """The account after an event of its stream. Never refuses."""
    if isinstance(event, AccountOpened):
        claims = frozenset[str]() if event.unclaimed else frozenset({event.person})
        roles = frozenset(event.roles)
        return Account(told.stream, event.person, event.organisation, roles, claims)
    assert state is not None
    match event:
        case AccountClaimed() | HolderAttested():
            return replace(state, claims=state.claims.union(event.persons), attesting=None)
        case AttestationProposed():
            return replace(state, attesting=_person_of(told))
        case AccountActivated():
            return replace(state, activated=True)
        case AccountMoved():
            roles = frozenset(event.roles)
            return replace(state, organisation=event.organisation, roles=roles)
        case DisablingProposed():
            return replace(state, disabling=_person_of(told))
        case AccountDisabled():
            return replace(state, disabled=True)
        case SecretGiven():
            return _given(state, event, told)
        case IdentityReleased():
            return _ended(state, Means.ISSUER, told.position)
        case _:
            assert_never(event)


def _person_of(told: Told) -> str | None:
    return told.actor.person if isinstance(told.actor, AccountActor) else None


def _given(state: Account, event: SecretGiven, told: Told) -> Account:
    hand = None
    if isinstance(told.actor, AccountActor):
        hand = Hand(told.actor.person, told.actor.organisation)
    begun = tuple((means, by) for means, by in state.begun if means is not event.means)
    if event.part is Part.FIRST and hand is not None:
        return replace(state, begun=(*begun, (event.means, hand)))
    first = state.begun_by(event.means) if event.part is Part.SECOND else None
    secret = Secret(
        event.means,
        tuple(each for each in (first, hand) if each is not None),
        told.position,
    )
    before = _ended(state, event.means, told.position)
    return replace(before, present=(*before.present, secret), begun=begun)


def _ended(state: Account, means: Means, at: int) -> Account:
    """The account without what opened it by a means so far."""
    ended = [replace(each, until=at) for each in state.present if each.means is means]
    present = tuple(each for each in state.present if each.means is not means)
    return replace(state, present=present, past=state.past.added(*ended))
