"""The events of objections, of the intake at a posting, and of complaints.

The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.event import Event
from domain.personal import Personal
from domain.takeover import TakeoverCause


class Disposition(StrEnum):
    """What an upheld objection brings for the case."""

    RETURN = "return"
    REJECT = "reject"
    INVESTIGATE = "investigate"


class ComplaintOutcome(StrEnum):
    """How a complaint ends that leads to no investigation."""

    NOT_ACCEPTED = "not_accepted"
    NOT_CONFIRMED = "not_confirmed"
    REFERRED = "referred"


@dataclass(frozen=True, kw_only=True)
class ObjectionReceived(Event, topic="posting:objection-received:1", chinese="收到异议"):
    """An objection came in against a posting; it blocks until it has been screened."""

    objection: str


@dataclass(frozen=True, kw_only=True)
class ObjectionScreened(Event, topic="posting:objection-screened:1", chinese="异议受理审查"):
    """A duty officer screened an objection and admitted it or not."""

    objection: str
    admitted: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Event, topic="objection:raised:1", chinese="异议提出"):
    """Somebody objected to a case that was public.

    ``real_name`` says that a name was given; ``attachments`` are the ids of files.
    ``about`` is the organisation that it is about, or about one of whose people, ``authority``
    the one that deals with it.
    """

    case: str
    posting: str
    about: str | None
    authority: str | None
    real_name: bool
    statement: Personal
    name: Personal | None
    contact: Personal | None
    attachments: tuple[str, ...]
    screen_by: date | None = None
    """The working day through whose 24:00 it has to be screened.

    None where its year's working days were not published; ``ScreeningDated`` says it then.
    """


@dataclass(frozen=True, kw_only=True)
class ObjectionAdmitted(Event, topic="objection:admitted:1", chinese="异议受理"):
    """The objection was taken up."""

    organisation: str


@dataclass(frozen=True, kw_only=True)
class ObjectionNotAdmitted(Event, topic="objection:not-admitted:1", chinese="异议不予受理"):
    """The objection was not taken up, for a stated reason."""

    organisation: str
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ScreeningDated(Event, topic="objection:screening-dated:1", chinese="异议受理审查期限补记"):
    """The last day for the screening became known, once its year's working days were published."""

    screen_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScreeningOverdue(Event, topic="objection:screening-overdue:1", chinese="异议受理审查逾期"):
    """Nobody had screened it by 24:00 of the last day that there was for it."""

    screen_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ObjectorIdentified(Event, topic="objection:identity-shown:1", chinese="异议人出示身份"):
    """An officer saw who the objector is; ``shown`` says by what, and who that was."""

    organisation: str
    shown: Personal


@dataclass(frozen=True, kw_only=True)
class ObjectorVerified(Event, topic="objection:identity-verified:1", chinese="异议人身份核实"):
    """The objector turned out to be a person known to the record."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ObjectionInvestigated(Event, topic="objection:investigated:1", chinese="异议核查"):
    """The first officer reported what was found, and proposed how to settle it."""

    organisation: str
    findings: Personal
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ObjectionUpheld(Event, topic="objection:upheld:1", chinese="异议成立"):
    """The second officer upheld it, under a numbered decision.

    ``answer`` is what whoever objected is told, ``summary`` what the applicant is.
    """

    organisation: str
    disposition: Disposition
    decision: str
    answer: Personal
    summary: Personal


@dataclass(frozen=True, kw_only=True)
class ObjectionDismissed(Event, topic="objection:dismissed:1", chinese="异议不成立"):
    """The second officer dismissed it."""

    organisation: str
    decision: str
    answer: Personal
    summary: Personal


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(Event, topic="objection:withdrawn:1", chinese="异议撤回"):
    """The objector withdrew it."""

    reason: Personal | None


@dataclass(frozen=True, kw_only=True)
class ObjectionTakenOver(Event, topic="objection:taken-over:1", chinese="异议提级办理、指定办理"):
    """Another organisation deals with it from now on; what was done stays done.

    ``by_organisation`` is whose integrity leader took it over: ``to_organisation`` itself, or one
    that named it. ``from_organisation`` is None where nobody dealt with it.
    """

    from_organisation: str | None
    to_organisation: str
    by_organisation: str
    cause: TakeoverCause
    document: str


@dataclass(frozen=True, kw_only=True)
class ComplaintReceived(Event, topic="complaint:received:1", chinese="投诉举报"):
    """A complaint or a clue came in; it blocks nothing and may lead to an investigation.

    ``origin`` is ``complaint``, ``late_objection`` or ``clue`` (transferred by an inspector).
    ``about`` is the organisation that it is about, or about one of whose people, ``authority``
    the one that deals with it: never ``about`` itself, and none where nobody stands above it.
    ``accept_by`` is the last day for taking it up or closing it, ``conclude_by`` the one after
    which that is marked as late.
    """

    origin: str
    case: str | None
    about: str | None
    authority: str | None
    statement: Personal
    name: Personal | None
    contact: Personal | None
    attachments: tuple[str, ...]
    accept_by: date
    conclude_by: date
    rules: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ComplaintTakenUp(Event, topic="complaint:taken-up:1", chinese="投诉举报转核查"):
    """An investigation was opened on its ground."""

    organisation: str
    investigation: str


@dataclass(frozen=True, kw_only=True)
class ComplaintTakenOver(
    Event, topic="complaint:taken-over:1", chinese="投诉举报提级办理、指定办理"
):
    """Another organisation deals with it from now on, as in ``ObjectionTakenOver``."""

    from_organisation: str | None
    to_organisation: str
    by_organisation: str
    cause: TakeoverCause
    document: str


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(Event, topic="complaint:closed:1", chinese="投诉举报办结"):
    """The complaint was closed without an investigation, for a stated reason."""

    organisation: str
    outcome: ComplaintOutcome
    late: bool
    reason: Personal
