"""Erasing what somebody handed in (删除所述信息): by two officers, and what stands in the way.

The words, the name, the contact, what the officers wrote about them, and every file go together;
that there was an objection, who dealt with it, when, and how it ended stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.erasure import refusals
from domain.objection.kept import WordsErased, WordsErasureProposed
from domain.refusal import Refusal, Refused, rules_of
from domain.separation import same_reviewer

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.objection.keeping import Kept
    from domain.personal import Personal


@dataclass(frozen=True, kw_only=True)
class Resting:
    """What still rests on what was handed in.

    ``matters`` are investigations that rest on it and are not over; ``accountable`` says that
    whoever was registered by it answers for what they did in their office; ``kept_until`` is the
    last day of its retention in Beijing, None where nobody has set how long that is.
    """

    case_open: bool = False
    matters: tuple[str, ...] = ()
    record_active: bool = False
    accountable: bool = False
    held: bool = False
    kept_until: date | None = None


def propose_erasure(
    kept: Kept,
    basis: str,
    reason: Personal,
    unfit: list[Refusal],
    resting: Resting,
    around: Circumstances,
) -> WordsErasureProposed:
    """The first officer proposes it; ``unfit`` is why they may not deal with it at all."""
    _stop(unfit + _over(kept) + obstacles(kept, resting, around))
    return WordsErasureProposed(
        organisation=around.organisation.organisation, basis=basis, reason=reason
    )


def order_erasure(
    kept: Kept, decision: str, unfit: list[Refusal], resting: Resting, around: Circumstances
) -> WordsErased:
    """The second officer of the same organisation orders it, under a numbered decision."""
    here = around.organisation.organisation
    found = unfit + _over(kept)
    if kept.proposal is None or kept.proposal.organisation != here:
        found.append(
            Refusal(
                "ERASURE_NOT_PROPOSED",
                "须先由本机关诚信管理经办人提出删除，再由领导决定。",
                "The integrity handler here proposes the erasure before the leader orders it.",
            )
        )
    elif around.humans.same(around.actor.person, kept.proposal.person):
        found.append(same_reviewer(around.law))
    _stop(found + obstacles(kept, resting, around))
    assert kept.proposal is not None
    return WordsErased(
        organisation=here,
        decision=decision,
        basis=kept.proposal.basis,
        keys=kept.keys,
        rules=rules_of(around.law.behind("ERASURE")),
    )


def obstacles(kept: Kept, resting: Resting, around: Circumstances) -> list[Refusal]:
    """Why what was handed in must not be erased today; empty where it may."""
    found = []
    if kept.ended_at is None:
        found.append(refusals.matter_open())
    if resting.case_open:
        found.append(refusals.case_under_way())
    if resting.matters:
        found.append(
            Refusal(
                "INVESTIGATION_RESTS_ON_IT",
                "据此开展的核查或复核尚未办结，不得删除。",
                "An investigation or a review that rests on it is still open.",
            )
        )
    if resting.record_active:
        found.append(refusals.record_active())
    if resting.accountable:
        found.append(refusals.accountable_acts(around.law))
    if resting.held:
        found.append(refusals.on_hold())
    if kept.ended_at is not None:
        found += refusals.of_time(resting.kept_until, around.today)
    return found


def _over(kept: Kept) -> list[Refusal]:
    if not kept.erased:
        return []
    return [
        Refusal(
            "ALREADY_ERASED",
            "所述信息已依法删除。",
            "What was handed in has been erased already.",
        )
    ]


def _stop(found: list[Refusal]) -> None:
    if found:
        raise Refused(*found)
