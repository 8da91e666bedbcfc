"""Objections and complaints in an invented province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.province import words
from domain.actor import PublicActor
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.objection.events import (
    ComplaintClosed,
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.courses import Course
    from bench.province import Happening, Official


def object_to(course: Course, officer: Official, posting: str) -> Iterator[list[Happening]]:
    """Somebody objects to a case that is public; it is screened, and settled if it was admitted."""
    stream = course.province.new("objection")
    public = PublicActor(receipt=course.province.new("receipt"))
    said = words(stream, "异议", Purpose.OBJECTION)
    raised = ObjectionRaised(
        case=course.case,
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
    if course.chance.randrange(3) == 0:
        refused = ObjectionNotAdmitted(organisation=house, reason=said)
        yield [(stream, refused, officer.acting)]
        return
    noted = ObjectionNoted(objection=stream, posting=posting)
    admitted = ObjectionAdmitted(organisation=house)
    yield [(stream, admitted, officer.acting), (course.case, noted, officer.acting)]
    yield []
    if course.chance.randrange(3) == 0:
        withdrawn = ObjectionWithdrawn(reason=None)
        yield [(stream, withdrawn, public), _ended(course, stream, "withdrawn", officer)]
        return
    looked = ObjectionInvestigated(organisation=house, findings=said, evidence=())
    yield [(stream, looked, officer.acting)]
    summary = words(course.person, "不成立")
    dismissed = ObjectionDismissed(organisation=house, decision=said, summary=summary)
    yield [(stream, dismissed, officer.acting), _ended(course, stream, "dismissed", officer)]


def complain(course: Course, officer: Official) -> Iterator[list[Happening]]:
    """A complaint comes in when it is too late to object."""
    stream = course.province.new("complaint")
    said = words(stream, "举报", Purpose.OBJECTION)
    received = ComplaintReceived(
        origin="late_objection",
        case=course.case,
        about=None,
        authority=officer.organisation,
        statement=said,
        name=None,
        contact=None,
        attachments=(),
    )
    yield [(stream, received, PublicActor(receipt=course.province.new("receipt")))]
    settled: ComplaintTakenUp | ComplaintClosed
    if course.chance.randrange(2):
        taken_up = course.province.new("investigation")
        settled = ComplaintTakenUp(organisation=officer.organisation, investigation=taken_up)
    else:
        settled = ComplaintClosed(organisation=officer.organisation, reason=said)
    yield [(stream, settled, officer.acting)]


def _ended(course: Course, stream: str, ending: str, officer: Official) -> Happening:
    ended = ObjectionEnded(objection=stream, ending=ending, disposition=None)
    return (course.case, ended, officer.acting)
