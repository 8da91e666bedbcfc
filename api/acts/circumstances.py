"""What surrounds an act: for which organisation, beside whom, and under which law.

How the caller stands to what the act is about: see ``api.acts.relation``; in which seat they act:
see ``api.acts.seats``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts.desk import known
from domain.case.circumstances import Circumstances
from domain.policy.accounts import REFUSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.desk import Desk
    from domain.account.state import Account
    from domain.case.state import Case
    from domain.organisation.state import Organisation
    from domain.policy.law import Law


def of(
    desk: Desk,
    organisation: Organisation,
    law: Law,
    persons: Iterable[str],
    case: Case | None = None,
) -> Circumstances:
    """What an act for an organisation is judged by; ``persons`` are those to be told apart.

    ``case`` is that of whose title it speaks.
    """
    acting = desk.acting
    secrets, hands = _secrets(desk, organisation.organisation, case)
    return Circumstances(
        actor=acting.actor,
        at=acting.at,
        humans=desk.humans([acting.actor.person, *persons, *hands]),
        organisation=organisation,
        seats=desk.seats(organisation.organisation),
        law=law,
        outcome_label=law.outcome_label(case.result.route if case and case.result else None),
        one_level_each=law.separation().other_level == REFUSE,
        no_substitutes=not law.separation().substitutes,
        secrets=secrets,
    )


def around_house(desk: Desk, house: Organisation, *about: str) -> Circumstances:
    """What an act for an organisation is judged by that is about no case: by the law of its area.

    The persons among what it is ``about`` are told apart.
    """
    persons = [each for each in about if each.startswith("person-")]
    return of(desk, house, desk.laws.for_area(house.area), persons)


def _secrets(
    desk: Desk, organisation: str, case: Case | None
) -> tuple[dict[str, Account], list[str]]:
    """The caller's account, those that acted at the same stages, and the hands of their secrets.

    Stages for which the caller was designated are theirs as well.
    Of hands none are asked for where nobody acted there yet.
    """
    own = desk.acting.actor.account
    stages = () if case is None else case.chain
    lent = () if case is None else [s.stage for s in case.substitutes if s.account == own]
    acted: dict[str, int] = {}
    for each in stages:
        if case is not None and (organisation in case.houses(each.stage) or each.stage in lent):
            acted |= case.last_acts_at(each.stage)
    accounts = {each: known(desk.account(each)) for each in (own, *acted)}
    hands = {
        hand.person
        for name, account in accounts.items()
        for hand in account.hands(acted.get(name))
        if acted
    }
    return accounts, sorted(hands)
