"""Verification (核实): what a handler may say of each claim, and what an approval rests on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.case import refusals
from domain.case.values import ChainStage, ClaimFinding, Verification
from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def verification_objections(
    case: Case,
    stage: ChainStage,
    verifications: tuple[Verification, ...],
    around: Circumstances,
    *,
    approving: bool,
) -> list[Refusal]:
    """Why a handler can't say of the claims what they say, or not and be for an approval."""
    objections = []
    claims, asserted = case.claims, case.asserted
    found = {each.claim: each.finding for each in verifications}
    strange = sorted(found.keys() - claims.keys())
    if strange:
        objections.append(refusals.unknown_claims(strange, "/verifications"))
    times = Counter(each.claim for each in verifications)
    if twice := sorted(claim for claim, number in times.items() if number > 1):
        objections.append(refusals.duplicate_claims(twice, "/verifications"))
    materials = {each.material for each in case.materials}
    unseen = sorted({m for each in verifications for m in each.materials} - materials)
    if unseen:
        objections.append(refusals.unknown_materials(unseen, "/verifications"))
    if approving:
        unverified = sorted(claims.keys() - found.keys() - asserted)
        if unverified:
            objections.append(unverified_claims(unverified))
        doubted = sorted(
            claim for claim, finding in found.items() if finding is not ClaimFinding.CONFIRMED
        )
        if doubted:
            objections.append(refuted_claims(doubted))
    first = sorted(
        claim
        for claim, finding in found.items()
        if finding is ClaimFinding.CONFIRMED
        and claim in claims.keys() - asserted
        and claims[claim] not in stage.first_to_assert
    )
    if first:
        objections.append(first_assertion(first, around.law.behind("FIRST_ASSERTION")))
    return objections


def unverified_claims(claims: Iterable[str]) -> Refusal:
    """A handler recommends approval without having verified each claim."""
    return Refusal(
        "CLAIM_UNVERIFIED",
        f"以下条目尚未逐项核实：{'、'.join(claims)}。请对每一条目给出核实结论。",
        f"These claims have not been verified: {', '.join(claims)}. Give a finding for each.",
        pointer="/verifications",
    )


def refuted_claims(claims: Iterable[str]) -> Refusal:
    """A handler recommends approval although claims were found untrue or doubtful."""
    return Refusal(
        "CLAIM_NOT_CONFIRMED",
        f"以下条目的核实结论不是「属实」：{'、'.join(claims)}。请退回修改，或建议不予通过。",
        f"These claims were not confirmed: {', '.join(claims)}."
        " Return the case or recommend against it.",
        pointer="/verifications",
    )


def first_assertion(claims: Iterable[str], citations: tuple[Citation, ...]) -> Refusal:
    """An authority would be the first to vouch for work history or achievements (XW-34)."""
    return Refusal(
        "FIRST_ASSERTION",
        f"以下条目须先由用人单位（人事代理机构）及其主管部门审查，本级不得首先认定：{'、'.join(claims)}。"
        "请退回并从用人单位重新审查。",
        "The employer and its competent department have to review these claims before this"
        f" authority: {', '.join(claims)}. Return the case so that it resumes at the employer.",
        citations,
        "/verifications",
    )
