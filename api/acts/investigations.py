"""Misconduct: take up a suspicion, hear the person, find or close; serve, review.

What a finding brings happens in the same append, see ``sanctioning``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import standing
from api.acts.sanctioning import amend, carry_out
from api.acts.taking_up import take_up_source
from api.identifiers import new_stream
from api.problems import Problem
from domain.case import ending
from domain.case.circumstances import Circumstances
from domain.case.commands import Resume, Suspend
from domain.case.events import InvestigationNoted
from domain.case.phase import Suspended
from domain.investigation import aftermath
from domain.investigation.aftermath import DecideReview, ReviewOutcome, ServeDecision
from domain.investigation.decide import (
    CloseInvestigation,
    FindMisconduct,
    NotifyAllegation,
    OpenInvestigation,
    ProposeFinding,
    ReceiveStatement,
    decide,
)
from domain.investigation.events import MisconductFound
from domain.personal import Personal, Purpose
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from domain.case.state import Case
    from domain.investigation.decide import Command
    from domain.investigation.events import Ground
    from domain.investigation.state import Investigation


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """How a review ended; ``ends_on`` is the entry's new last day where it was corrected."""

    outcome: ReviewOutcome
    decision: str
    ends_on: date | None
    reason: str


class Investigations:
    """The use cases of the two integrity officers."""

    def __init__(self, desk: Desk, laws: LawBook) -> None:
        self._desk = desk
        self._laws = laws

    def open(
        self, acting: Acting, case_id: str, suspicion: str, source: str | None = None
    ) -> Answer:
        """Take up a suspicion; a case under way is held still meanwhile.

        ``source`` is the upheld objection, the complaint or the clue that gave rise to it.
        """
        stream = new_stream("investigation", acting.at)

        def think(deliberation: Deliberation) -> None:
            case = self._case(deliberation, case_id)
            relations = standing.to_case(acting, deliberation, case, ())
            standing.require(acting, Act.OPEN_INVESTIGATION, relations, reading=Act.READ_CASE)
            around = self._around(acting, deliberation, case)
            own = around.organisation.organisation
            command = OpenInvestigation(
                suspicion=self._words(case, suspicion),
                raised_at_stage=getattr(case.phase, "stage", None),
                cause=take_up_source(acting, deliberation, case, source, stream, own),
                source=source,
            )
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_HANDLER)
            deliberation.write(stream, *decide(None, command, case, around))
            if case.is_open:
                held = Suspend(cause="investigation", investigation=stream)
                deliberation.write(case_id, *ending.suspend(case, held, acting.at))
            else:
                deliberation.write(case_id, InvestigationNoted(investigation=stream))

        return self._desk.act(acting, think, named=case_id)

    def notify(
        self, acting: Acting, investigation: str, allegation: str, answer_by: datetime
    ) -> Answer:
        """Tell the person what is alleged, and until when to answer."""

        def command(case: Case) -> Command:
            law = self._laws.of(case.law)
            return NotifyAllegation(
                allegation=self._words(case, allegation),
                answer_by=answer_by,
                rules=tuple(each.rule for each in law.behind("NOT_YET_HEARD")),
            )

        return self._conduct(acting, investigation, INTEGRITY_HANDLER, command)

    def receive_statement(self, acting: Acting, investigation: str, statement: str) -> Answer:
        """The person's own statement, made by themselves or entered by the handler."""

        def command(case: Case) -> Command:
            return ReceiveStatement(statement=self._words(case, statement))

        return self._conduct(acting, investigation, INTEGRITY_HANDLER, command)

    def propose(
        self,
        acting: Acting,
        investigation: str,
        ground: Ground,
        evidence: tuple[str, ...],
        finding: str,
    ) -> Answer:
        """The first officer proposes what to find."""

        def command(case: Case) -> Command:
            return ProposeFinding(
                ground=ground, evidence=evidence, finding=self._words(case, finding)
            )

        return self._conduct(acting, investigation, INTEGRITY_HANDLER, command)

    def find(self, acting: Acting, investigation: str, decision: str, finding: str) -> Answer:
        """The second officer finds misconduct; what it brings is written in the same append."""
        entry = new_stream("entry", acting.at)

        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            self._require(acting, deliberation, known, Act.DECIDE_INVESTIGATION)
            around = self._around(acting, deliberation, case)
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_LEADER)
            command = FindMisconduct(decision=decision, finding=self._words(case, finding))
            events = decide(known, command, case, around)
            deliberation.write(investigation, *events)
            for event in events:
                if isinstance(event, MisconductFound):
                    law = self._laws.of(case.law)
                    carry_out(
                        acting,
                        deliberation,
                        law,
                        case,
                        event,
                        investigation=investigation,
                        entry=entry,
                    )

        return self._desk.act(acting, think, named=investigation)

    def close(self, acting: Acting, investigation: str, decision: str, reason: str) -> Answer:
        """The suspicion was not confirmed: the case goes on."""

        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            self._require(acting, deliberation, known, Act.DECIDE_INVESTIGATION)
            around = self._around(acting, deliberation, case)
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_LEADER)
            command = CloseInvestigation(decision=decision, reason=self._words(case, reason))
            deliberation.write(investigation, *decide(known, command, case, around))
            if isinstance(case.phase, Suspended) and case.phase.investigation == investigation:
                on = Resume(cause="investigation", investigation=investigation)
                deliberation.write(case.case, *ending.resume(case, on, acting.at))

        return self._desk.act(acting, think, named=investigation)

    def serve(
        self, acting: Acting, investigation: str, served_on: date, method: str, remedy: str
    ) -> Answer:
        """Enter that the decision was served, with the remedy that it names."""

        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            self._require(acting, deliberation, known, Act.CONDUCT_INVESTIGATION)
            around = self._around(acting, deliberation, case)
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_HANDLER)
            words = self._words(case, remedy)
            command = ServeDecision(served_on=served_on, method=method, remedy=words)
            deliberation.write(investigation, *aftermath.serve(known, command, around))

        return self._desk.act(acting, think, named=investigation)

    def request_review(self, acting: Acting, investigation: str, grounds: str) -> Answer:
        """The person asks for a review of the finding."""

        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            self._require(acting, deliberation, known, Act.MAKE_STATEMENT)
            around = self._around(acting, deliberation, case)
            words = self._words(case, grounds)
            deliberation.write(investigation, *aftermath.request_review(known, words, around))

        return self._desk.act(acting, think, named=investigation)

    def decide_review(self, acting: Acting, investigation: str, reviewed: Reviewed) -> Answer:
        """Others decide the review; a correction or annulment follows in the same append."""

        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            self._require(acting, deliberation, known, Act.DECIDE_REVIEW)
            around = self._around(acting, deliberation, case)
            standing.take_seat(acting, deliberation, around.seats.organisation, INTEGRITY_LEADER)
            reason = self._words(case, reviewed.reason)
            command = DecideReview(
                outcome=reviewed.outcome,
                decision=reviewed.decision,
                ends_on=reviewed.ends_on,
                reason=reason,
            )
            authority = deliberation.organisation(known.organisation)
            assert authority is not None
            upper = {each.organisation for each in standing.above(deliberation, authority)}
            events = aftermath.decide_review(known, command, case, around, above=upper)
            deliberation.write(investigation, *events)
            amend(deliberation, case, investigation, command)

        return self._desk.act(acting, think, named=investigation)

    def _conduct(
        self, acting: Acting, investigation: str, seat: str, command: Callable[[Case], Command]
    ) -> Answer:
        def think(deliberation: Deliberation) -> None:
            known, case = self._both(deliberation, investigation)
            asked = command(case)
            own = standing.same_human(acting, deliberation, known.subject)
            as_officer = not (own and isinstance(asked, ReceiveStatement))
            if as_officer:
                self._require(acting, deliberation, known, Act.CONDUCT_INVESTIGATION)
            around = self._around(acting, deliberation, case)
            if as_officer:
                standing.take_seat(acting, deliberation, around.seats.organisation, seat)
            deliberation.write(investigation, *decide(known, asked, case, around))

        return self._desk.act(acting, think, named=investigation)

    def _case(self, deliberation: Deliberation, case_id: str) -> Case:
        case = deliberation.case(case_id)
        if case is None:
            raise Problem("NOT_FOUND")
        return case

    def _both(self, deliberation: Deliberation, investigation: str) -> tuple[Investigation, Case]:
        known = deliberation.investigation(investigation)
        if known is None:
            raise Problem("NOT_FOUND")
        return known, self._case(deliberation, known.case)

    def _around(self, acting: Acting, deliberation: Deliberation, case: Case) -> Circumstances:
        own = deliberation.organisation(acting.actor.organisation or "")
        if own is None:
            raise Problem("NOT_FOUND")
        law = self._laws.of(case.law)
        return Circumstances(
            actor=acting.actor,
            at=acting.at,
            humans=deliberation.humans([acting.actor.person, case.applicant, *case.reviewers()]),
            organisation=own,
            seats=deliberation.seats(own.organisation),
            law=law,
            outcome_label=law.outcome_label(case.result.route if case.result else None),
        )

    def _require(
        self, acting: Acting, deliberation: Deliberation, known: Investigation, act: Act
    ) -> None:
        """Let integrity officers of the authority through; to others there is no such thing."""
        relations = standing.to_investigation(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_INVESTIGATION)

    def _words(self, case: Case, words: str) -> Personal:
        """What is said in an investigation is sealed under the subject's discipline key."""
        return Personal(words, case.applicant, Purpose.DISCIPLINE)
