"""Claiming an account that was opened for somebody whom the record knew, and attesting to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.thing import Thing
from domain.account.claim import attest as attest_holder
from domain.account.claim import claim as claim_account
from domain.person.events import AccountShownTheirs

if TYPE_CHECKING:
    from api.acts.competence import Concern
    from domain.account.state import Account
    from domain.document import DocumentKind
    from domain.policy.law import Law


def claim(desk: Desk, account: Account, *, through: str) -> Events:
    """Claim one's account through another of one's own, whose secret was given just now.

    Raises ``Refused``.
    """
    other = known(desk.account(through))
    humans = desk.humans([account.person, other.person])
    roles, law = desk.roles(account.person), _law(desk, account)
    return _shown(desk, account, claim_account(account, other, roles, humans, law))


def attest(desk: Desk, account: Account, *, shown: DocumentKind) -> Events:
    """Say, as one of two officers, that one saw the holder and the document that is shown.

    Raises ``Refused``.
    """
    by = desk.acting.actor.person
    humans = desk.humans([account.person, by, *filter(None, [account.attesting])])
    roles, law = desk.roles(account.person), _law(desk, account)
    return _shown(desk, account, attest_holder(account, shown.value, by, roles, humans, law))


def _shown(desk: Desk, account: Account, events: Events) -> Events:
    """Let the person's own stream know that the account is theirs."""
    told = tuple(events)
    gained = {person for each in told for person in getattr(each, "persons", ())}
    if account.person in gained:
        desk.write(account.person, AccountShownTheirs(account=account.account))
    return told


def _law(desk: Desk, account: Account) -> Law:
    own = account.organisation
    house = None if own is None else desk.organisation(own)
    return desk.laws.for_area("" if house is None else house.area)


def _own(desk: Desk, _name: str) -> Account | None:
    return desk.account(desk.acting.actor.account)


def _stands_to_holder(desk: Desk, account: Account) -> set[Relation]:
    if account.organisation is None:
        return {Relation.JURISDICTION} if relation.watches_over(desk, "") else set()
    return relation.to_office(desk, account.organisation)


def _of_holder(desk: Desk, account: Account) -> Concern:
    return competence.over_persons(desk, account.person)


OWN_ACCOUNT = Thing(find=_own, stands=lambda *_: {Relation.OWN}, reading=None)
"""The account through which the caller acts."""
HELD = Thing(
    find=Desk.account,
    stands=_stands_to_holder,
    reading=Act.ATTEST_HOLDER,
    concern=_of_holder,
)
"""An account, as an officer sees it who has its holder before them."""
CLAIM = Row(OWN_ACCOUNT, Act.CLAIM_ACCOUNT, claim, fresh=True, changes=False)
ATTEST = Row(HELD, Act.ATTEST_HOLDER, attest, fresh=True, changes=False)
