"""Granting and withdrawing powers: one person of the grantor proposes, another confirms.

The root's administrators sit in no seats; two of them do what handler and leader do elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from api.access import Act, Relation
from api.acts import competence, standing
from api.acts.desk import Desk, Events, known
from api.acts.guard import Row
from api.acts.organisation import ORGANISATION
from api.identifiers import new_stream
from domain.account.events import Role
from domain.authority import granting
from domain.authority.granting import Grantor, ProposeGrant, ProposeWithdrawal
from domain.authority.power import Power
from domain.authority.state import ROOT, Grant
from domain.organisation.changes import nothing_new
from domain.organisation.state import stream_of
from domain.refusal import Refusal, Refused
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.organisation.state import Organisation

_AT_ONCE = 100
"""Powers that one withdrawal takes along in one append."""


def propose(  # noqa: PLR0913 -- a power has that many bounds
    desk: Desk,
    holder: Organisation,
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
        holder=holder.organisation,
        power=power,
        document=document,
    )
    return granting.propose(command, _granting(_grantor(desk, source), desk, holder))


def decide(desk: Desk, holder: Organisation, *, grant_id: str, grant: bool) -> Events:
    """Confirm a grant that was proposed, or decline it, as the leader."""
    proposed = _grant_of(desk, holder, grant_id)
    grantor = _grantor(desk, proposed.source, proposed.proposer)
    if grantor.organisation != proposed.by:
        raise Refused(granting.not_the_proposer())
    if not grant:
        return granting.decline(proposed, grantor)
    grantor = _granting(grantor, desk, holder)
    granted, passed_on = granting.confirm(proposed, holder.organisation, grantor)
    if proposed.source != ROOT:
        desk.write(stream_of("authority", grantor.organisation), *passed_on)
    return granted


def propose_withdrawal(
    desk: Desk,
    holder: Organisation,
    *,
    grant_id: str,
    ends_on: date,
    passed_on_too: bool,
    document: str,
) -> Events:
    """Propose that a power ends, as the handler of who granted it or of one above that."""
    grant = _grant_of(desk, holder, grant_id)
    command = ProposeWithdrawal(ends_on=ends_on, passed_on_too=passed_on_too, document=document)
    above = [each.by for each in whence(desk, grant)]
    return granting.propose_withdrawal(grant, command, above, _grantor(desk, None))


def withdraw(desk: Desk, holder: Organisation, *, grant_id: str) -> Events:
    """Withdraw the power, as the leader; with what came from it, where that was proposed."""
    grant = _grant_of(desk, holder, grant_id)
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


def _grant_of(desk: Desk, holder: Organisation, grant: str) -> Grant:
    return known(desk.authority(holder.organisation).grants.under(grant))


def _grantor(desk: Desk, source: str | None, *persons: str) -> Grantor:
    """The caller, for the organisation that grants; ``persons`` are those to be told apart."""
    own, root = standing.own_organisation(desk), desk.root()
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
        officer=standing.officer(desk, own.organisation, filter(None, persons)),
        source=found,
        administers=is_root and desk.acting.has((Role.SYSTEM_ADMINISTRATOR,)),
    )


def _granting(grantor: Grantor, desk: Desk, holder: Organisation) -> Grantor:
    """The same, who grants: neither does one that has ended, nor to one that has."""
    own = standing.own_organisation(desk)
    return replace(grantor, ended=(*nothing_new(own), *nothing_new(holder)))


def _stands(desk: Desk, holder: Organisation) -> set[Relation]:
    return standing.to_organisation(desk, holder)


def _invites(desk: Desk, holder: Organisation) -> Iterator[Act]:
    """What the caller proposes as the handler, and decides as the leader where another proposed.

    At the root its administrators do both.
    """
    acting, own = desk.acting, desk.acting.actor.organisation
    if own is None or own == holder.organisation:
        return
    root, today = desk.root(), acting.today
    is_root = root is not None and root.organisation == own
    officer = standing.officer(desk, own)
    administers = is_root and acting.has((Role.SYSTEM_ADMINISTRATOR,))
    grants = desk.authority(holder.organisation).grants
    if administers or officer.sits(HANDLER):
        above = {each.by for one in grants if one.lasts(today) for each in whence(desk, one)}
        may_grant = not (holder.ended or standing.own_organisation(desk).ended) and (
            is_root
            or any(e.power.passes_on and e.stands(today) for e in desk.authority(own).grants)
        )
        if may_grant or own in above:
            yield Act.PROPOSE_GRANT
    if administers or officer.sits(LEADER):
        proposers = [each.proposer for each in grants if each.by == own and each.granted is None]
        withdrawals = [each.withdrawal for each in grants if each.withdrawal is not None]
        proposers += [each.person for each in withdrawals if each.by == own]
        if any(not standing.same_human(desk, each) for each in proposers):
            yield Act.CONFIRM_GRANT


def _too_many(number: int) -> Refusal:
    return Refusal(
        "TOO_MANY_PASSED_ON",
        f"由此下放的职权有 {number} 项，一次最多收回 {_AT_ONCE} 项。请先逐级收回下级的授权。",
        f"{number} powers came from it, and one withdrawal takes {_AT_ONCE} along at most."
        " Withdraw those further down first.",
        pointer="/passed_on_too",
    )


POWERS_OF = replace(
    ORGANISATION,
    stands=_stands,
    reading=Act.READ_GRANTS,
    invites=_invites,
    stream=partial(stream_of, "authority"),
    concern=competence.as_asked,
)
"""What an organisation may do: the powers that it was granted."""
PROPOSE = Row(POWERS_OF, Act.PROPOSE_GRANT, propose, (HANDLER,))
DECIDE = Row(POWERS_OF, Act.CONFIRM_GRANT, decide, (LEADER,), fresh=True)
PROPOSE_WITHDRAWAL = Row(POWERS_OF, Act.PROPOSE_GRANT, propose_withdrawal, (HANDLER,))
WITHDRAW = Row(POWERS_OF, Act.CONFIRM_GRANT, withdraw, (LEADER,), fresh=True)
