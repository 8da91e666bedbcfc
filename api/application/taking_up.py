"""What an investigation rests on: an upheld objection, a complaint, an inspector's clue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.application.standing import above
from api.problems import Problem
from domain.objection.decide import take_up
from domain.organisation.events import Kind

if TYPE_CHECKING:
    from api.application.deliberation import Deliberation
    from domain.case.state import Case
    from domain.objection.state import Complaint

_CLUE = "clue"


def concerns(deliberation: Deliberation, complaint: Complaint, organisation: str) -> bool:
    """Whether an organisation deals with a complaint: the authority over what it is about.

    What is about nothing that an authority is known to be over is for every authority, until one
    of them takes it up or closes it. Nobody deals with a complaint about themselves but an
    authority.
    """
    over: set[str | None] = set()
    if complaint.case is not None:
        case = deliberation.case(complaint.case)
        if case is not None and case.chain:
            over.add(case.chain[-1].organisation)
    if complaint.organisation is not None:
        over.add(_authority_over(deliberation, complaint.organisation))
    over.discard(None)
    return organisation in over if over else takes_unaddressed(deliberation, organisation)


def _authority_over(deliberation: Deliberation, organisation: str) -> str | None:
    """The organisation itself if it is an authority, else the nearest that is one above it."""
    known = deliberation.organisation(organisation)
    if known is None:
        return None
    lineage = (known, *above(deliberation, known))
    authorities = (one.organisation for one in lineage if one.kind is Kind.GOVERNMENT)
    return next(authorities, None)


def takes_unaddressed(deliberation: Deliberation, organisation: str) -> bool:
    """Whether complaints that name nobody are for an organisation: it is an authority."""
    known = deliberation.organisation(organisation)
    return known is not None and known.kind is Kind.GOVERNMENT


def take_up_source(
    deliberation: Deliberation, case: Case, source: str | None, investigation: str, authority: str
) -> str:
    """The cause of an investigation; a complaint that leads to it is taken up in the same append.

    Raises the problem ``NOT_FOUND`` where the authority has no such objection to the case, and
    no such complaint.
    """
    if source is None:
        return "review"
    if source.startswith("objection-"):
        objection = deliberation.objection(source)
        if objection is None or objection.case != case.case or objection.ending != "upheld":
            raise Problem("NOT_FOUND")
        return "objection"
    complaint = deliberation.complaint(source)
    if complaint is None or not concerns(deliberation, complaint, authority):
        raise Problem("NOT_FOUND")
    deliberation.write(source, take_up(complaint, investigation, authority))
    return _CLUE if complaint.origin == _CLUE else "complaint"
