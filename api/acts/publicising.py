"""Publicity of a case: entered by the handler, closed by the timekeeper, gone on from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts.undated import postpones_publicity
from api.identifiers import new_stream
from api.problems import Problem
from domain.actor import TIMEKEEPER
from domain.calendar import CalendarNotPublishedError
from domain.case import publicity, review
from domain.case.phase import AwaitingPublicity
from domain.case.publicity import OpenPublicity, VoidPublicity
from domain.case.refusals import wrong_phase
from domain.personal import Personal, Purpose
from domain.refusal import Refused
from domain.separation import HANDLER

if TYPE_CHECKING:
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.at_stage import AtStage
    from api.acts.deliberation import Deliberation
    from domain.calendar import Calendar
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.event import Event


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What an officer enters of a posting: when it was put up, where, and what it said.

    ``content`` is the SHA-256 of the posted text, in hex.
    """

    posted_on: date
    place: str | None
    address: str | None
    content: str
    evidence: str | None


class Publicising:
    """The use cases about publicity."""

    def __init__(self, at_stage: AtStage, calendar: Calendar) -> None:
        self._at_stage = at_stage
        self._calendar = calendar

    def open(self, acting: Acting, case_id: str, posted: Posted) -> Answer:
        """Enter a posting; the working days that count are reckoned and written down.

        Raises ``Refused`` with ``CALENDAR_NOT_PUBLISHED`` where a year's days are not known.
        """
        posting = new_stream("posting", acting.at)

        def decide(case: Case, around: Circumstances) -> tuple[Event, ...]:
            if not isinstance(case.phase, AwaitingPublicity):
                raise Refused(wrong_phase(case, "公示", "made public"))
            rule = self._at_stage.law(case).publicity(case.stage(case.phase.stage).publicity or "")
            if rule is None:  # neither the edition of its filing is kept here nor a like one
                raise Problem("POLICY_UNKNOWN")
            try:
                run = rule.run(posted.posted_on, self._calendar)
            except CalendarNotPublishedError as unknown:
                raise Refused(postpones_publicity(unknown.year)) from unknown
            evidence = None
            if posted.evidence is not None:
                evidence = Personal(posted.evidence, case.applicant, Purpose.APPLICANT)
            command = OpenPublicity(
                posting=posting,
                rule=rule.id,
                place=posted.place or rule.place,
                address=posted.address,
                posted_on=posted.posted_on,
                days=run.days,
                source=rule.length_source,
                on_breach=rule.on_breach,
                content=posted.content,
                evidence=evidence,
                rules=tuple(each.rule for each in rule.citations),
            )
            return publicity.open_publicity(case, command, around)

        return self._at_stage.review(acting, case_id, Act.PUBLICISE, HANDLER, decide)

    def void(self, acting: Acting, case_id: str, taken_down_on: date, reason: str) -> Answer:
        """Enter that a posting was interrupted; it is void and must be repeated."""

        def decide(case: Case, around: Circumstances) -> tuple[Event, ...]:
            words = Personal(reason, case.applicant, Purpose.APPLICANT)
            command = VoidPublicity(taken_down_on=taken_down_on, reason=words)
            return publicity.void_publicity(case, command, around)

        return self._at_stage.review(acting, case_id, Act.PUBLICISE, None, decide)

    def go_on(self, acting: Acting, case_id: str) -> Answer:
        """Forward or recognise after the publicity."""
        return self._at_stage.review(acting, case_id, Act.GO_ON, None, review.go_on, going_on=True)

    def close(self, case_id: str, command: str, at: datetime) -> Answer:
        """The timekeeper's act at 24:00 of a publicity's last day."""

        def think(deliberation: Deliberation) -> None:
            case = deliberation.case(case_id)
            if case is not None:
                deliberation.write(case_id, *publicity.close_publicity(case, at))

        return self._at_stage.desk.act_as(TIMEKEEPER, command, at, think)
