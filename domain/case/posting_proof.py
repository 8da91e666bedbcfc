"""What proves a posting that was put up elsewhere (公示证明): a page, a photograph, a statement.

What was shown here proves itself. What was shown elsewhere counts by what can be looked at: the
page as it was captured, or a photograph with its date, and afterwards the statement on how the
publicity went, under the seal of whoever made it public (公示情况说明).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain import beijing
from domain.case import refusals
from domain.case.acts import seated
from domain.case.phase import Publicised, UnderPublicity
from domain.case.seats import seat_objections
from domain.event import Event
from domain.refusal import Refusal, Refused
from domain.replacing import replace
from domain.separation import HANDLER

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.case.phase import Posting
    from domain.case.remembered import By
    from domain.case.state import Case
    from domain.separation import CitingLaw


class ProofKind(StrEnum):
    """What a proof of a posting is."""

    CAPTURED_PAGE = "captured_page"
    DATED_PHOTOGRAPH = "dated_photograph"
    SEALED_STATEMENT = "sealed_statement"
    """Given once the publicity has run."""


@dataclass(frozen=True, kw_only=True)
class PostingProven(Event, topic="case:posting-proven:1", chinese="附公示证明"):
    """A file that proves a posting was attached to it; ``digest`` is that of the sealed bytes."""

    posting: str
    stage: str
    organisation: str
    kind: ProofKind
    file: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ProvePosting:
    """Attach a file to the posting of the present stage."""

    kind: ProofKind
    file: str
    media_type: str
    size: int
    digest: str


def prove_posting(
    case: Case, command: ProvePosting, around: Circumstances
) -> tuple[PostingProven, ...]:
    """The handler of the stage attaches it; the statement not before the last day is over."""
    phase = case.phase
    if not isinstance(phase, (UnderPublicity, Publicised)):
        raise Refused(refusals.wrong_phase(case, "附公示证明", "proven to have been public"))
    stage = case.stage(phase.stage)
    _, objections = seat_objections(case, stage, HANDLER, around)
    over = around.at >= beijing.end(phase.posting.ends_on)
    if command.kind is ProofKind.SEALED_STATEMENT and not over:
        objections.append(_too_early(phase.posting))
    if objections:
        raise Refused(*objections)
    return (
        PostingProven(
            posting=phase.posting.posting,
            stage=stage.stage,
            organisation=stage.organisation,
            **vars(command),
        ),
    )


def unproven(posting: Posting, law: CitingLaw) -> list[Refusal]:
    """What is still missing of the proof of a posting that was put up elsewhere."""
    if not posting.late:
        return []
    shown = {ProofKind.CAPTURED_PAGE, ProofKind.DATED_PHOTOGRAPH}
    missing = []
    if shown.isdisjoint(posting.proofs):
        missing.append(("网页存档或注明日期的张贴照片", "the captured page or a dated photograph"))
    if ProofKind.SEALED_STATEMENT not in posting.proofs:
        missing.append(("盖章的公示情况说明", "the sealed statement on the publicity"))
    if not missing:
        return []
    chinese, english = ("、".join(c for c, _ in missing), " and ".join(e for _, e in missing))
    return [
        Refusal(
            "POSTING_PROOF_MISSING",
            f"公示在他处进行的，凭证明上报。尚缺：{chinese}。请由经办人上传后，由领导办理。",
            f"What was public elsewhere goes on by its proof. Missing: {english}. The handler"
            " attaches it, then the leader lets the case go on.",
            law.behind("POSTING_UNPROVEN"),
        )
    ]


def _too_early(posting: Posting) -> Refusal:
    return Refusal(
        "STATEMENT_TOO_EARLY",
        f"公示至 {posting.ends_on} 24 时止。公示情况说明应在公示期满后出具。",
        f"The publicity runs until the end of {posting.ends_on}; how it went is stated afterwards.",
        pointer="/kind",
    )


def evolve(state: Case, event: PostingProven, by: By) -> Case:
    """The case whose posting has one more proof."""
    phase = state.phase
    assert isinstance(phase, (UnderPublicity, Publicised))
    proofs = phase.posting.proofs | {event.kind}
    proven = replace(phase, posting=replace(phase.posting, proofs=proofs))
    return replace(seated(state, event, HANDLER, by), phase=proven)
