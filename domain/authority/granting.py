"""Granting and withdrawing powers (授权、收回): one person of a grantor proposes, another confirms.

A grant is judged when it is confirmed: its source stands then, may be passed on, and covers it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from domain.authority.events import (
    GrantDeclined,
    GrantProposed,
    PowerGranted,
    PowerPassedOn,
    PowerWithdrawn,
    WithdrawalProposed,
)
from domain.authority.power import Power
from domain.authority.state import Grant
from domain.organisation.seats import Officer
from domain.refusal import Refusal, Refused
from domain.refusals.seats import not_in_seat
from domain.refusals.two_persons import proposal_first, two_officers
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Grantor:
    """Who acts for the organisation that grants or withdraws.

    ``source`` is the grant that it names, None where it has none of that id. ``administers`` says
    that the actor is an administrator of the root, where nobody sits in seats. ``ended`` says that
    it, or who is to hold the power, was merged or closed: nothing new is granted then.
    """

    organisation: str
    officer: Officer
    source: Grant | None
    administers: bool = False
    ended: tuple[Refusal, ...] = ()

    def may(self, seat: str) -> bool:
        """Whether they are the one who does this there."""
        return self.administers or self.officer.sits(seat)


@dataclass(frozen=True, kw_only=True)
class ProposeGrant:
    """Propose to grant a power to ``holder``."""

    grant: str
    source: str
    holder: str
    power: Power
    document: str


@dataclass(frozen=True, kw_only=True)
class ProposeWithdrawal:
    """Propose that a power ends with the day before ``ends_on`` (Beijing)."""

    ends_on: date
    passed_on_too: bool
    document: str


def propose(command: ProposeGrant, grantor: Grantor) -> tuple[GrantProposed, ...]:
    """The handler of an organisation proposes to pass on what it has. Raises ``Refused``."""
    refused = _as(grantor, HANDLER) + _unfit(command, grantor)
    if refused:
        raise Refused(*refused)
    return (
        GrantProposed(
            grant=command.grant,
            source=command.source,
            by=grantor.organisation,
            power=command.power,
            document=command.document,
        ),
    )


def confirm(
    grant: Grant, holder: str, grantor: Grantor
) -> tuple[tuple[PowerGranted, ...], tuple[PowerPassedOn, ...]]:
    """What the stream of the holder, and that of the grantor, then say. Raises ``Refused``.

    What comes from the root is told in the holder's stream alone.
    """
    refused = _second(grant.granted is None, grant.proposer, grantor)
    refused += [*_too_wide(grant.power, grantor), *grantor.ended]
    if refused:
        raise Refused(*refused)
    passed_on = PowerPassedOn(source=grant.source, grant=grant.grant, holder=holder)
    return (PowerGranted(grant=grant.grant),), (passed_on,)


def decline(grant: Grant, grantor: Grantor) -> tuple[GrantDeclined, ...]:
    """The leader does not confirm what the handler proposed. Raises ``Refused``."""
    refused = _second(grant.granted is None, grant.proposer, grantor)
    if refused:
        raise Refused(*refused)
    return (GrantDeclined(grant=grant.grant),)


def propose_withdrawal(
    grant: Grant, command: ProposeWithdrawal, above: Iterable[str], grantor: Grantor
) -> tuple[WithdrawalProposed, ...]:
    """The handler of the grantor, or of one ``above`` it, proposes to withdraw a power.

    It ends today at the earliest: nothing that was done by it is undone. What was withdrawn
    already can end sooner, never later. Raises ``Refused``.
    """
    refused = _as(grantor, HANDLER)
    if grantor.organisation not in above:
        refused.append(_not_the_grantor())
    if not grant.lasts(grantor.officer.today):
        refused.append(_over())
    if command.ends_on < grantor.officer.today:
        refused.append(_too_early(grantor.officer.today))
    if grant.ends_on is not None and command.ends_on > grant.ends_on:
        refused.append(_withdrawn_sooner(grant.ends_on))
    if refused:
        raise Refused(*refused)
    return (
        WithdrawalProposed(
            grant=grant.grant,
            by=grantor.organisation,
            ends_on=command.ends_on,
            passed_on_too=command.passed_on_too,
            document=command.document,
        ),
    )


def withdraw(
    grant: Grant, grantor: Grantor, taken_along: Iterable[Grant]
) -> tuple[PowerWithdrawn, tuple[PowerWithdrawn, ...]]:
    """The withdrawal that was proposed, and that of each power that it takes along, in order.

    A day that has passed meanwhile becomes today. Raises ``Refused``.
    """
    proposed = grant.withdrawal
    by = proposed.person if proposed else ""
    refused = _second(proposed is not None, by, grantor, "收回职权", "withdrawal of a power")
    if proposed is not None and proposed.by != grantor.organisation:
        refused.append(_not_the_grantor())
    if refused:
        raise Refused(*refused)
    assert proposed is not None
    ends_on = max(proposed.ends_on, grantor.officer.today)

    def ended(one: Grant, along: str | None) -> PowerWithdrawn:
        return PowerWithdrawn(
            grant=one.grant,
            by=grantor.organisation,
            ends_on=ends_on,
            passed_on_too=proposed.passed_on_too,
            document=proposed.document,
            with_grant=along,
        )

    return ended(grant, None), tuple(ended(each, grant.grant) for each in taken_along)


def _as(grantor: Grantor, seat: str) -> list[Refusal]:
    return [] if grantor.may(seat) else [not_in_seat(seat)]


def _second(
    waits: bool,  # noqa: FBT001 -- the first of what is asked of a second person
    proposer: str,
    grantor: Grantor,
    chinese: str = "授权",
    english: str = "grant",
) -> list[Refusal]:
    """Why somebody may not decide, as the second person, on what another proposed."""
    refused = _as(grantor, LEADER)
    if not waits:
        refused.append(proposal_first(chinese, english))
    elif grantor.officer.humans.same(grantor.officer.person, proposer):
        refused.append(two_officers())
    return refused


def _unfit(command: ProposeGrant, grantor: Grantor) -> list[Refusal]:
    power = command.power
    refused = [*_too_wide(power, grantor), *grantor.ended]
    if not power.kinds or not (power.exercises or power.passes_on):
        refused.append(_nothing())
    if power.last_day is not None and power.last_day < power.starts_on:
        refused.append(_reversed())
    if command.holder == grantor.organisation:
        refused.append(_to_itself())
    return refused


def _too_wide(power: Power, grantor: Grantor) -> list[Refusal]:
    source = grantor.source
    if source is None or not source.power.passes_on or not source.stands(grantor.officer.today):
        return [_not_its_own()]
    bounds = replace(source.power, last_day=source.last_day)
    return [_wider(member) for member in dict.fromkeys(power.beyond(bounds))]


def _not_its_own() -> Refusal:
    return Refusal(
        "NOTHING_TO_PASS_ON",
        "本单位没有可以下放的这项职权：所引授权不存在、未生效、已收回，或不得再行下放。"
        "请向授予职权的上级机关申请。",
        "Your organisation has no such power to pass on: the grant named does not exist, does not"
        " hold, was withdrawn or may not be passed on. Ask the authority above for it.",
        pointer="/source",
    )


_MEMBERS = {
    "bodies": "办理环节",
    "affairs": "事项",
    "area": "地区",
    "levels": "级别",
    "series": "系列",
    "starts_on": "起始日期",
    "last_day": "终止日期",
}


def _wider(member: str) -> Refusal:
    return Refusal(
        "WIDER_THAN_ITS_SOURCE",
        f"所授职权的{_MEMBERS[member]}超出本单位自身职权的范围。请缩小范围，或由上级机关授予。",
        f"The power granted is wider in its {member} than the one it comes from."
        " Narrow it, or let the authority above grant it.",
        pointer=f"/{member}",
    )


def _nothing() -> Refusal:
    return Refusal(
        "GRANTS_NOTHING",
        "授权须写明至少一个环节或事项，并写明是自行行使、可再下放，或两者兼有。",
        "A grant names a body or an affair, and says whether it is exercised, passed on, or both.",
        pointer="/bodies",
    )


def _reversed() -> Refusal:
    return Refusal(
        "ENDS_BEFORE_IT_STARTS",
        "授权的终止日期早于起始日期，请更正。",
        "The grant ends before it starts; correct the days.",
        pointer="/last_day",
    )


def _to_itself() -> Refusal:
    return Refusal(
        "GRANT_TO_ITSELF",
        "任何单位不得向自己授权。需要自行行使的，由上级机关授予。",
        "No organisation grants to itself; what it is to exercise, the authority above grants it.",
    )


def not_the_proposer() -> Refusal:
    """A grant is decided on where it was proposed."""
    return Refusal(
        "NOT_THE_PROPOSER",
        "授权由提出授权的单位的领导确认或驳回，本单位不是。",
        "A grant is confirmed or declined by the leader of the organisation that proposed it;"
        " yours is not.",
    )


def _not_the_grantor() -> Refusal:
    return Refusal(
        "NOT_THE_GRANTOR",
        "职权由授予单位或其上级授权单位收回，本单位不是。",
        "A power is withdrawn by who granted it, or by one from whom that came; you are neither.",
    )


def _over() -> Refusal:
    return Refusal(
        "GRANT_OVER",
        "该项授权未曾生效或已经终止。",
        "This grant was never made, or has ended.",
    )


def _withdrawn_sooner(ends_on: date) -> Refusal:
    return Refusal(
        "WITHDRAWN_SOONER",
        f"该项授权已收回，自 {ends_on} 起终止，不能推迟。如需继续，请另行授权。",
        f"This grant was withdrawn as of {ends_on}, which can't be put off."
        " Grant it anew if it is to go on.",
        pointer="/ends_on",
    )


def _too_early(today: date) -> Refusal:
    return Refusal(
        "WITHDRAWN_TOO_EARLY",
        f"收回自今天（{today}）或以后生效；已经办理的事项继续有效。",
        f"A withdrawal counts from today, {today}, or later; what was done stays done.",
        pointer="/ends_on",
    )
