"""Objections and complaints in an invented province."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.province import words
from domain.actor import PublicActor
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.objection.events import (
    ComplaintClosed,
    ComplaintOutcome,
    ComplaintReceived,
    ComplaintTakenUp,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionNotAdmitted,
    ObjectionRaised,
    ObjectionWithdrawn,
)
from domain.personal import Purpose

_DAY = date(2025, 12, 26)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.filing import Filing
    from bench.province import Happening, Official


def object_to(filing: Filing, officer: Official, posting: str) -> Iterator[list[Happening]]:
    """Somebody objects to a case that is public; it is screened, and settled if it was admitted."""
    stream = filing.province.new("objection")
    public = PublicActor(receipt=filing.province.new("receipt"))
    said = words(stream, "异议", Purpose.OBJECTION)
    raised = ObjectionRaised(
        case=filing.case,
        posting=posting,
        about=None,
        authority=officer.organisation,
        real_name=False,
        statement=said,
        name=None,
        contact=None,
        attachments=(),
    )
    yield [(stream, raised, public)]
    house = officer.organisation
    if filing.chance.randrange(3) == 0:
        refused = ObjectionNotAdmitted(organisation=house, reason=said)
        yield [(stream, refused, officer.acting)]
        return
    noted = ObjectionNoted(objection=stream, posting=posting)
    admitted = ObjectionAdmitted(organisation=house)
    yield [(stream, admitted, officer.acting), (filing.case, noted, officer.acting)]
    yield []
    if filing.chance.randrange(3) == 0:
        withdrawn = ObjectionWithdrawn(reason=None)
        yield [(stream, withdrawn, public), _ended(filing, stream, "withdrawn", officer)]
        return
    looked = ObjectionInvestigated(organisation=house, findings=said, evidence=())
    yield [(stream, looked, officer.acting)]
    summary = words(filing.person, "不成立")
    dismissed = ObjectionDismissed(organisation=house, decision="答1", answer=said, summary=summary)
    yield [(stream, dismissed, officer.acting), _ended(filing, stream, "dismissed", officer)]


def complain(filing: Filing, officer: Official) -> Iterator[list[Happening]]:
    """A complaint comes in when it is too late to object."""
    stream = filing.province.new("complaint")
    said = words(stream, "举报", Purpose.OBJECTION)
    received = ComplaintReceived(
        origin="late_objection",
        case=filing.case,
        about=None,
        authority=officer.organisation,
        statement=said,
        name=None,
        contact=None,
        attachments=(),
        accept_by=_DAY,
        conclude_by=_DAY,
        rules=("HOUSE-9",),
    )
    yield [(stream, received, PublicActor(receipt=filing.province.new("receipt")))]
    settled: ComplaintTakenUp | ComplaintClosed
    if filing.chance.randrange(2):
        taken_up = filing.province.new("investigation")
        settled = ComplaintTakenUp(organisation=officer.organisation, investigation=taken_up)
    else:
        settled = ComplaintClosed(
            organisation=officer.organisation,
            outcome=ComplaintOutcome.NOT_CONFIRMED,
            late=False,
            reason=said,
        )
    yield [(stream, settled, officer.acting)]


def _ended(filing: Filing, stream: str, ending: str, officer: Official) -> Happening:
    ended = ObjectionEnded(objection=stream, ending=ending, disposition=None)
    return (filing.case, ended, officer.acting)
