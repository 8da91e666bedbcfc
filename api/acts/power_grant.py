"""Granting and withdrawing powers: one person of the grantor proposes, another confirms.

The root's administrators sit in no seats; two of them do what handler and leader do elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, relation
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.seats import acting_officer
from api.acts.thing import Thing
from api.identifiers import new_stream
from domain.account.events import Role
from domain.authority import granting
from domain.authority.granting import Grantor, ProposeGrant, ProposeWithdrawal
from domain.authority.power import Power
from domain.authority.state import ROOT, Grant
from domain.organisation.changes import nothing_new
from domain.organisation.state import Organisation, stream_of
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from domain.shared_collections import Ledger

_AT_ONCE = 100
"""Powers that one withdrawal takes along in one append."""


def propose(  # noqa: PLR0913 -- a power has that many bounds
    desk: Desk,
    powers: Powers,
    *,
    source: str,
    bodies: tuple[str, ...],
    affairs: tuple[str, ...],
    area: str,
    levels: tuple[str, ...],
    series: tuple[str, ...],
    exercises: bool,
    passes_on: bool,
    in_name_of: str | None,
    starts_on: date | None,
    last_day: date | None,
    document: str,
) -> Events:
    """Propose to grant an organisation a power out of one's own, as the handler."""
    power = Power(
        bodies=bodies,
        affairs=affairs,
        area=area,
        levels=levels,
        series=series,
        exercises=exercises,
        passes_on=passes_on,
        in_name_of=in_name_of,
        starts_on=starts_on or desk.acting.today,
        last_day=last_day,
    )
    command = ProposeGrant(
        grant=new_stream("grant", desk.acting.at),
        source=source,
        holder=powers.holder.organisation,
        power=power,
        document=document,
    )
    return granting.propose(command, _granting(_grantor(desk, source), desk, powers))


def decide(desk: Desk, powers: Powers, *, grant_id: str, grant: bool) -> Events:
    """Confirm a grant that was proposed, or decline it, as the leader."""
    proposed = _grant_of(powers, grant_id)
    grantor = _grantor(desk, proposed.source, proposed.proposer)
    if grantor.organisation != proposed.by:
        raise Refused(granting.not_the_proposer())
    if not grant:
        return granting.decline(proposed, grantor)
    grantor = _granting(grantor, desk, powers)
    granted, passed_on = granting.confirm(proposed, powers.holder.organisation, grantor)
    if proposed.source != ROOT:
        desk.write(stream_of("authority", grantor.organisation), *passed_on)
    return granted


def propose_withdrawal(
    desk: Desk,
    powers: Powers,
    *,
    grant_id: str,
    ends_on: date,
    passed_on_too: bool,
    document: str,
) -> Events:
    """Propose that a power ends, as the handler of who granted it or of one above that."""
    grant = _grant_of(powers, grant_id)
    command = ProposeWithdrawal(ends_on=ends_on, passed_on_too=passed_on_too, document=document)
    above = [each.by for each in whence(desk, grant)]
    return granting.propose_withdrawal(grant, command, above, _grantor(desk, None))


def withdraw(desk: Desk, powers: Powers, *, grant_id: str) -> Events:
    """Withdraw the power, as the leader; with what came from it, where that was proposed."""
    grant = _grant_of(powers, grant_id)
    proposed = grant.withdrawal
    too = proposed is not None and proposed.passed_on_too
    along = list(_below(desk, grant)) if too else []
    if len(along) > _AT_ONCE:
        raise Refused(_too_many(len(along)))
    grantor = _grantor(desk, None, *([proposed.person] if proposed else []))
    ended, ended_too = granting.withdraw(grant, grantor, [each for _, each in along])
    for (where, _), event in zip(along, ended_too, strict=True):
        desk.write(stream_of("authority", where), event)
    return (ended,)


def whence(desk: Desk, grant: Grant) -> Iterator[Grant]:
    """A grant, the one that it comes from, and so on up to the root's."""
    while True:
        yield grant
        if grant.source == ROOT:
            return
        above = desk.authority(grant.by).grants.under(grant.source)
        if above is None:
            return
        grant = above


def _below(desk: Desk, grant: Grant) -> Iterator[tuple[str, Grant]]:
    """What came from a grant and lasts still, each with who holds it."""
    for child, holder in grant.passed_on:
        found = desk.authority(holder).grants.under(child)
        if found is None:
            continue
        if found.lasts(desk.acting.today):
            yield holder, found
        yield from _below(desk, found)


def _grant_of(powers: Powers, grant: str) -> Grant:
    return known(powers.grants.under(grant))


def _grantor(desk: Desk, source: str | None, *persons: str) -> Grantor:
    """The caller, for the organisation that grants; ``persons`` are those to be told apart."""
    own, root = desk.house, desk.root()
    is_root = root is not None and root.organisation == own.organisation
    if source == ROOT:
        found = root.grant() if root is not None and is_root else None
    elif source is None:
        found = None
    else:
        found = desk.authority(own.organisation).grants.under(source)
    desk.power = source if found is not None else None
    return Grantor(
        organisation=own.organisation,
        officer=acting_officer(desk, own.organisation, filter(None, persons)),
        source=found,
        administers=is_root and desk.acting.has((Role.SYSTEM_ADMINISTRATOR,)),
    )


def _granting(grantor: Grantor, desk: Desk, powers: Powers) -> Grantor:
    """The same, who grants: neither does one that has ended, nor to one that has."""
    own = desk.house
    return replace(grantor, ended=(*nothing_new(own), *nothing_new(powers.holder)))


def _stands(desk: Desk, powers: Powers) -> set[Relation]:
    return relation.to_organisation(desk, powers.holder)


@dataclass(frozen=True)
class Powers:
    """What an organisation may do, as the caller's organisation meets it.

    What it may grant or withdraw there, or has proposed to, is looked up where it is to be told.
    """

    desk: Desk
    holder: Organisation

    @property
    def foreign(self) -> bool:
        """Whether they are another's than the caller's own organisation's."""
        own = self.desk.acting.actor.organisation
        return own is not None and own != self.holder.organisation

    @property
    def grants(self) -> Ledger[str, Grant]:
        """All of them, those that have ended and those only proposed among them."""
        return self.desk.authority(self.holder.organisation).grants

    def may_be_granted(self) -> bool:
        """Whether the caller's organisation has anything to grant there."""
        own, root = self.desk.house, self.desk.root()
        if self.holder.ended or own.ended:
            return False
        today, mine = self.desk.acting.today, self.desk.authority(own.organisation).grants
        is_root = root is not None and root.organisation == own.organisation
        return is_root or any(each.power.passes_on and each.stands(today) for each in mine)

    def may_be_ended(self) -> bool:
        """Whether one of them came from the caller's organisation, at whatever remove."""
        lasting = (one for one in self.grants if one.lasts(self.desk.acting.today))
        own = self.desk.acting.actor.organisation
        return any(each.by == own for one in lasting for each in whence(self.desk, one))

    def waits_to_be_granted(self) -> bool:
        """Whether another of the caller's organisation has proposed one."""
        own = self.desk.acting.actor.organisation
        proposed = (one for one in self.grants if one.by == own and one.granted is None)
        return self._by_another(one.proposer for one in proposed)

    def waits_to_be_ended(self) -> bool:
        """Whether another of the caller's organisation has proposed to withdraw one."""
        own = self.desk.acting.actor.organisation
        withdrawals = (one.withdrawal for one in self.grants if one.withdrawal is not None)
        return self._by_another(each.person for each in withdrawals if each.by == own)

    def _by_another(self, persons: Iterable[str]) -> bool:
        return any(not relation.same_human(self.desk, each) for each in persons)


def _find(desk: Desk, name: str) -> Powers | None:
    holder = desk.organisation(name)
    return None if holder is None else Powers(desk, holder)


def _invites(desk: Desk, powers: Powers) -> Iterator[Act]:
    """What the caller proposes as the handler, and decides as the leader where another proposed.

    At the root its administrators do both.
    """
    if not powers.foreign:
        return
    own, root = desk.acting.actor.organisation, desk.root()
    is_root = root is not None and root.organisation == own
    officer = acting_officer(desk, own or "")
    administers = is_root and desk.acting.has((Role.SYSTEM_ADMINISTRATOR,))
    if (administers or officer.sits(HANDLER)) and (
        powers.may_be_granted() or powers.may_be_ended()
    ):
        yield Act.PROPOSE_GRANT
    if (administers or officer.sits(LEADER)) and (
        powers.waits_to_be_granted() or powers.waits_to_be_ended()
    ):
        yield Act.CONFIRM_GRANT


def _too_many(number: int) -> Refusal:
    return Refusal(
        "TOO_MANY_PASSED_ON",
        f"由此下放的职权有 {number} 项，一次最多收回 {_AT_ONCE} 项。请先逐级收回下级的授权。",
        f"{number} powers came from it, and one withdrawal takes {_AT_ONCE} along at most."
        " Withdraw those further down first.",
        pointer="/passed_on_too",
    )


POWERS_OF = Thing(
    find=_find,
    stands=_stands,
    reading=Act.READ_GRANTS,
    invites=_invites,
    stream=partial(stream_of, "authority"),
    concern=competence.as_asked,
)
"""What an organisation may do: the powers that it was granted."""
PROPOSE = Row(POWERS_OF, Act.PROPOSE_GRANT, propose, (HANDLER,), when=Powers.may_be_granted)
DECIDE = Row(
    POWERS_OF, Act.CONFIRM_GRANT, decide, (LEADER,), fresh=True, when=Powers.waits_to_be_granted
)
PROPOSE_WITHDRAWAL = Row(
    POWERS_OF, Act.PROPOSE_GRANT, propose_withdrawal, (HANDLER,), when=Powers.may_be_ended
)
WITHDRAW = Row(
    POWERS_OF, Act.CONFIRM_GRANT, withdraw, (LEADER,), fresh=True, when=Powers.waits_to_be_ended
)
