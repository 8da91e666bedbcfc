"""Dealing with an objection: screened, its objector identified, investigated, settled by another.

Only its officers at the authority over the case learn that there is one, and inspectors where it
is about one of that authority's own people: then the authority above deals with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.access import Act, Relation, permitted
from api.acts import standing
from api.acts.addressing import stands_to, watches
from api.acts.handed_in import words
from api.identifiers import notice_number
from api.problems import Problem
from audit.record import History
from domain import beijing
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.case.settling import UpheldObjection, settle_objection
from domain.objection import decide
from domain.objection.decide import Settle
from domain.objection.events import Disposition, ObjectionAdmitted, ObjectionScreened
from domain.objection.identity import Identify, identify
from domain.objection.officers import officer_objections
from domain.personal import Personal, Purpose
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.at_stage import AtStage
    from api.acts.deliberation import Deliberation
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.objection.kept import Kept
    from domain.objection.state import Objection

_HERE = frozenset({Relation.ORGANISATION})
_SCREENING = (DUTY_OFFICER, INTEGRITY_HANDLER)
_ANY_SEAT = (DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER)


@dataclass(frozen=True)
class Seen:
    """An objection or a complaint as one of those who deal with it sees it."""

    history: History
    offers: tuple[Act, ...]
    words: bool = True
    """False for who holds a seat but has a part in the case: they see that there is one."""

    def shown(self) -> History:
        """The history, for who may see its words and files; else the problem ``FORBIDDEN``."""
        if not self.words:
            raise Problem("FORBIDDEN")
        return self.history


class Settling:
    """The use cases of the duty officer and of the two integrity officers."""

    def __init__(self, at_stage: AtStage) -> None:
        self._at_stage = at_stage

    def read(self, acting: Acting, objection: str) -> Seen:
        """An objection, for the officers who deal with it, with what is next, and for inspectors.

        Raises the problem ``NOT_FOUND`` to everybody else: others don't learn that there is one.
        """
        deliberation = self._at_stage.desk.deliberate()
        raised = deliberation.objection(objection)
        if raised is not None and watches(acting, deliberation, raised):
            return Seen(deliberation.history(objection), ())
        known, case, around = self.both(acting, deliberation, objection, Act.READ_OBJECTION)
        kept = deliberation.kept(objection)
        invited = () if kept is None else _invited(known, kept, case, around)
        offers = tuple(act for act in invited if permitted(act, acting.roles, _HERE))
        apart = not officer_objections(case, known.objector, _ANY_SEAT, around)
        return Seen(deliberation.history(objection), offers, words=apart)

    def screen(self, acting: Acting, objection: str, reason: str | None) -> Answer:
        """A duty officer admits it (no reason), or does not (with one)."""

        def think(deliberation: Deliberation) -> None:
            known, case, around = self.both(
                acting, deliberation, objection, Act.SCREEN_OBJECTION, _SCREENING
            )
            event = decide.screen(known, case, words(reason, objection), around)
            admitted = isinstance(event, ObjectionAdmitted)
            deliberation.write(objection, event)
            screened = ObjectionScreened(objection=objection, admitted=admitted)
            deliberation.write(known.posting, screened)
            if admitted:
                noted = ObjectionNoted(objection=objection, posting=known.posting)
                deliberation.write(case.case, noted)

        return self._at_stage.desk.act(acting, think, named=objection)

    def identify(self, acting: Acting, objection: str, shown: str, person: str | None) -> Answer:
        """An officer has seen who the objector is, and whom of the record they are, if any.

        Raises the problem ``NOT_FOUND`` where there is no such person.
        """

        def think(deliberation: Deliberation) -> None:
            known, case, around = self.both(
                acting, deliberation, objection, Act.IDENTIFY_OBJECTOR, _SCREENING
            )
            if person is not None and deliberation.person(person) is None:
                raise Problem("NOT_FOUND")
            command = Identify(
                shown=Personal(shown, objection, Purpose.OBJECTION),
                person=person,
                may_be_named=self._at_stage.law(case).objections().objector_may_be_named,
            )
            deliberation.write(objection, *identify(known, case, command, around))

        return self._at_stage.desk.act(acting, think, named=objection)

    def investigate(
        self, acting: Acting, objection: str, findings: str, evidence: tuple[str, ...]
    ) -> Answer:
        """The integrity handler reports what was found."""

        def think(deliberation: Deliberation) -> None:
            known, case, around = self.both(
                acting, deliberation, objection, Act.INVESTIGATE_OBJECTION, (INTEGRITY_HANDLER,)
            )
            found = Personal(findings, objection, Purpose.OBJECTION)
            event = decide.investigate(known, case, found, evidence, around)
            deliberation.write(objection, event)

        return self._at_stage.desk.act(acting, think, named=objection)

    def settle(
        self,
        acting: Acting,
        objection: str,
        disposition: Disposition | None,
        decision: str,
        summary: str,
    ) -> Answer:
        """The integrity leader upholds it with a disposition, or dismisses it."""
        notice = notice_number(acting.at)

        def think(deliberation: Deliberation) -> None:
            known, case, around = self.both(
                acting, deliberation, objection, Act.SETTLE_OBJECTION, (INTEGRITY_LEADER,)
            )
            told = Personal(summary, case.applicant, Purpose.APPLICANT)
            command = Settle(
                disposition=disposition,
                decision=Personal(decision, objection, Purpose.OBJECTION),
                summary=told,
            )
            deliberation.write(objection, decide.settle(known, case, command, around))
            law = self._at_stage.law(case)
            ended = ObjectionEnded(
                objection=objection,
                ending="dismissed" if disposition is None else "upheld",
                disposition=None if disposition is None else disposition.value,
            )
            follows = None
            if disposition is not None:
                follows = UpheldObjection(
                    disposition=disposition,
                    summary=told,
                    due_at=beijing.end(law.returns().due_on(acting.today)),
                    notice=notice,
                    rules=tuple(each.rule for each in law.behind("OPEN_OBJECTION")),
                )
            events = settle_objection(case, ended, follows, around)
            self._at_stage.write(deliberation, case, events)

        return self._at_stage.desk.act(acting, think, named=objection)

    def both(
        self,
        acting: Acting,
        deliberation: Deliberation,
        objection: str,
        act: Act,
        seats: tuple[str, ...] = _ANY_SEAT,
    ) -> tuple[Objection, Case, Circumstances]:
        """The objection, its case, and what the caller's act in one of ``seats`` is judged by."""
        known = deliberation.objection(objection)
        if known is None:
            raise Problem("NOT_FOUND")
        relations = stands_to(acting, deliberation, known)
        standing.require(acting, act, relations, reading=Act.READ_OBJECTION)
        case, own = self._at_stage.case(deliberation, known.case), acting.actor.organisation
        assert own is not None
        persons = (acting.actor.person, case.applicant, *case.reviewers())
        around = self._at_stage.around(acting, deliberation, case, own, persons)
        held = around.seats.held_by(acting.actor.account, acting.today)
        for mine in [each for each in held if each.seat in seats][:1]:
            deliberation.in_seat(mine.seat, mine.appointment)
        return known, case, around


def _invited(known: Objection, kept: Kept, case: Case, around: Circumstances) -> Iterator[Act]:
    """What the objection's state invites the caller to, in the order in which it meets them."""

    def fit(*seats: str) -> bool:
        return not officer_objections(case, known.objector, seats, around)

    if known.ending is None:
        if known.admitted is None and fit(*_SCREENING):
            yield Act.SCREEN_OBJECTION
        if fit(*_SCREENING):
            yield Act.IDENTIFY_OBJECTOR
        if known.admitted and fit(INTEGRITY_HANDLER):
            yield Act.INVESTIGATE_OBJECTION
        if known.investigated_by is not None and fit(INTEGRITY_LEADER):
            yield Act.SETTLE_OBJECTION
    elif not kept.erased:
        seat = INTEGRITY_HANDLER if kept.proposal is None else INTEGRITY_LEADER
        if fit(seat):
            yield Act.ERASE_WORDS
