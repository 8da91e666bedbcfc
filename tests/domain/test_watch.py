"""The watch notices what got past the deciders: events written by hand, one law after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bench.town.founding import founded, write
from bench.town.watch.watch import Watch
from domain.actor import AccountActor
from domain.case.ending import TitleRevoked
from domain.case.leader_decision import LeaderApproved
from domain.case.next_stage import CaseForwarded
from domain.case.phase import Draft
from domain.case.publicity import DeviationFlagged, PublicityClosed, PublicityOpened
from domain.case.recusal import RecusalAppliedFor, RecusalDecided, RecusalDeclared
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.case.takeover import StageTakenOver
from domain.case.withdrawal import CaseWithdrawn
from domain.investigation.events import (
    FindingProposed,
    Ground,
    InvestigationOpened,
    MisconductFound,
    ReviewDecided,
    ReviewOutcome,
    StatementReceived,
)
from domain.objection.events import (
    Disposition,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectionInvestigated,
    ObjectionRaised,
    ObjectionUpheld,
)
from domain.organisation.seats import AppointmentOpened
from domain.organisation.state import stream_of
from domain.person.events import FilingBegun, PersonErased, PersonsLinked, PersonsUnlinked
from domain.person.integrity import Effect, IntegrityRecordEntered, TermSource
from domain.person.link import LinkConfirmed, LinkProposed
from domain.personal import Personal, Purpose
from domain.takeover import TakeoverCause
from tests.domain.story import (
    OPENED,
    RECOGNISED,
    RESUBMITTED,
    SUBMITTED,
    approval_at,
    opinion_at,
)

if TYPE_CHECKING:
    from domain.event import Event

CASE, OBJECTION, INVESTIGATION = "case-1", "objection-1", "investigation-1"
SAID = Personal("…", OBJECTION, Purpose.OBJECTION)
FOUND_IN = {"ground": Ground.FRAUD, "evidence": (), "finding": SAID}


class Place:
    """A town with one submitted case, in which anybody may write anything."""

    def __init__(self) -> None:
        self.town = founded()
        self.persons = [name for name in self.town.persons if "-0" in name]
        self.applicant, self.handler, self.leader, self.officer, self.second = self.persons[:5]
        self.school = next(n for n, o in self.town.organisations.items() if o.name == "中学")
        opened = replace(OPENED, applicant=self.applicant, employer=self.school)
        self.does(self.applicant, opened)
        begun = FilingBegun(case=CASE, pack="town")
        self.together(self.applicant, (CASE, SUBMITTED), (self.applicant, begun))

    def does(self, person: str, *events: Event, stream: str = CASE) -> None:
        """Somebody writes events into a stream, one append each."""
        for event in events:
            self.together(person, (stream, event))

    def together(self, person: str, *writes: tuple[str, Event]) -> None:
        """Somebody writes events in one append."""
        actor = AccountActor("account", person, self.school, None, None, "-", "password")
        write(self.town, *writes, actor=actor)

    def passed(self, *stages: str) -> None:
        """The stages are passed by a handler and a leader."""
        for stage in stages:
            self.does(self.handler, opinion_at(stage))
            self.does(self.leader, approval_at(stage))

    def objected(self) -> None:
        """Somebody objected, and it was admitted."""
        raised = ObjectionRaised(
            case=CASE,
            posting="posting-1",
            about=None,
            authority=None,
            real_name=False,
            statement=SAID,
            name=None,
            contact=None,
            attachments=(),
        )
        self.does("", raised, stream=OBJECTION)

    def suspected(self) -> None:
        """An investigation was opened."""
        opened = InvestigationOpened(
            case=CASE,
            subject=self.applicant,
            organisation=self.school,
            raised_at_stage=None,
            suspicion=SAID,
            due_on=self.town.now.date(),
            rules=(),
        )
        self.does(self.officer, opened, stream=INVESTIGATION)

    def barred(self, person: str) -> None:
        """An entry of the integrity record, from nowhere."""
        today = self.town.now.date()
        entered = IntegrityRecordEntered(
            entry="entry-1",
            case=None,
            investigation=None,
            ground="弄虚作假",
            decision="决1",
            authority="某省",
            scope="province",
            area="甲省",
            starts_on=today,
            ends_on=today + timedelta(days=30),
            months=1,
            term_source=TermSource.NOTICE,
            effect=Effect.BLOCK,
            rules=(),
            particulars=SAID,
            source="archive",
        )
        self.does(self.officer, entered, stream=person)

    def link(self, one: str, other: str) -> None:
        """Two persons are one human being."""
        first, second = (PersonsLinked(other=each, link="link-9") for each in (other, one))
        self.together(self.second, (one, first), (other, second))

    @property
    def seen(self) -> set[str]:
        """What the watch says of all that, without the ids."""
        watch = Watch(self.town)
        watch.look()
        return {each.split(" ", 1)[1] for each in watch.breaches}


@pytest.fixture
def place() -> Place:
    return Place()


def opened_publicity(place: Place, on_breach: str = "refuse") -> PublicityOpened:
    days = (place.town.now.date() + timedelta(days=1),)
    return PublicityOpened(
        posting="posting-1",
        rule="first",
        round=1,
        stage="employer",
        organisation=place.school,
        place="公告栏",
        address=None,
        posted_on=days[0],
        days=days,
        ends_on=days[-1],
        source="town",
        on_breach=on_breach,
        content="0" * 64,
        evidence=None,
        late_entry=False,
        rules=(),
    )


def declared(place: Place, person: str) -> RecusalDeclared:
    return RecusalDeclared(
        recusal="recusal-1",
        stage="employer",
        organisation=place.school,
        seat="handler",
        person=person,
        ground="relative",
        rules=(),
        words=None,
    )


def applied(place: Place, person: str) -> RecusalAppliedFor:
    return RecusalAppliedFor(
        application="recusal-2",
        stage="employer",
        organisation=place.school,
        seat="handler",
        person=person,
        by_applicant=True,
        ground="relative",
        rules=(),
        words=None,
    )


def decided(place: Place, person: str, *, granted: bool) -> RecusalDecided:
    return RecusalDecided(
        application="recusal-2",
        stage="employer",
        organisation=place.school,
        seat="handler",
        person=person,
        granted=granted,
        reason=SAID,
    )


TAKEN_OVER = StageTakenOver(
    round=1,
    stage="department",
    from_organisation=opinion_at("department").organisation,
    to_organisation="organisation-city",
    by_organisation="organisation-city",
    cause=TakeoverCause.NOBODY_ELIGIBLE,
    reason=SAID,
    document="某号",
)


class TestOfSeparation:
    def test_a_fair_case_breaks_nothing(self, place: Place) -> None:
        place.passed("employer", "department")
        assert place.seen == set()

    def test_one_person_in_both_seats(self, place: Place) -> None:
        place.does(place.handler, opinion_at("employer"), approval_at("employer"))
        assert "has one human being as handler and leader" in place.seen

    def test_one_human_being_in_both_seats(self, place: Place) -> None:
        place.link(place.handler, place.leader)
        place.passed("employer")
        assert "has one human being as handler and leader" in place.seen

    def test_a_reviewer_who_is_recused_or_may_have_to_be(self, place: Place) -> None:
        said = "is reviewed by somebody whose recusal is declared, granted or undecided"
        place.does(place.second, applied(place, place.handler))
        place.does(place.handler, opinion_at("employer"))
        assert place.seen == {said}
        place.does(place.leader, decided(place, place.handler, granted=False))
        place.link(place.leader, place.officer)
        place.does(place.officer, declared(place, place.officer))
        place.does(place.leader, approval_at("employer"))
        assert place.seen == {said}

    def test_a_recusal_that_the_concerned_decides(self, place: Place) -> None:
        place.does(place.applicant, applied(place, place.handler))
        place.does(place.handler, decided(place, place.handler, granted=False))
        assert place.seen == {"has a recusal decided by somebody concerned"}

    def test_a_recusal_that_the_applicant_decides(self, place: Place) -> None:
        place.does(place.applicant, applied(place, place.handler))
        place.does(place.applicant, decided(place, place.handler, granted=True))
        assert place.seen == {"has a recusal decided by somebody concerned"}

    def test_a_stage_that_who_had_a_part_in_it_takes_over(self, place: Place) -> None:
        place.passed("employer")
        place.does(place.handler, opinion_at("department"), TAKEN_OVER)
        assert place.seen == {"is taken over by somebody with a part in it"}

    def test_one_person_in_both_seats_of_a_stage_that_was_taken_over(self, place: Place) -> None:
        place.passed("employer")
        place.does(place.second, opinion_at("department"))
        place.does(place.officer, TAKEN_OVER)
        place.does(
            place.handler, replace(opinion_at("department"), organisation="organisation-city")
        )
        place.does(
            place.second, replace(approval_at("department"), organisation="organisation-city")
        )
        assert place.seen == {"has one human being as handler and leader"}

    def test_an_opinion_of_before_a_takeover(self, place: Place) -> None:
        place.passed("employer")
        place.does(place.handler, opinion_at("department"))
        place.does(place.officer, TAKEN_OVER)
        place.does(
            place.leader,
            replace(approval_at("department"), organisation="organisation-city"),
        )
        assert place.seen == {"is decided by a leader before the handler"}

    def test_two_who_were_told_apart_again_are_two(self, place: Place) -> None:
        place.link(place.handler, place.leader)
        apart = PersonsUnlinked(other=place.leader, link="link-9")
        place.does(place.second, apart, stream=place.handler)
        place.passed("employer")
        assert place.seen == set()

    def test_an_applicant_who_reviews(self, place: Place) -> None:
        place.does(place.applicant, opinion_at("employer"))
        assert place.seen == {"is reviewed by its applicant"}

    def test_a_leader_who_comes_first(self, place: Place) -> None:
        place.does(place.leader, approval_at("employer"))
        assert place.seen == {"is decided by a leader before the handler"}

    def test_a_title_without_two_persons_at_each_stage(self, place: Place) -> None:
        place.passed("employer")
        place.does(place.leader, RECOGNISED)
        assert {
            "is recognised without two persons at department",
            "is recognised without two persons at bureau",
        } < place.seen

    def test_an_approval_of_a_round_that_was_repeated(self, place: Place) -> None:
        place.passed("employer", "department", "bureau")
        place.does(place.applicant, replace(RESUBMITTED, resume_stage="bureau"))
        place.does(place.leader, RECOGNISED)
        assert "is recognised without two persons at bureau" in place.seen

    def test_what_goes_on_after_the_end(self, place: Place) -> None:
        place.does(place.applicant, CaseWithdrawn(reason=None))
        place.does(place.handler, opinion_at("employer"))
        assert "goes on after its end with case:handler-opinion-given:1" in place.seen

    def test_a_slip_taken_back_by_who_reported_it(self, place: Place) -> None:
        place.passed("employer")
        slip = {"act": 4, "act_topic": LeaderApproved.topic, "stage": "employer"}
        named = {**slip, "organisation": place.school}
        place.does(place.handler, RescissionProposed(**named, reason=SAID))  # type: ignore[arg-type]
        place.does(place.handler, ActRescinded(**named))  # type: ignore[arg-type]
        assert "has a slip taken back by who reported it" in place.seen

    def test_one_human_being_appointed_to_both_seats(self, place: Place) -> None:
        holder = place.town.seats_of(place.school).appointments[0]
        appointed = AppointmentOpened(
            appointment="appointment-by-hand",
            seat="leader",
            person=holder.person,
            account=holder.account,
            effective_on=holder.effective_on,
            document=None,
            ends_on=None,
            stands_in_for=None,
            reason=None,
            late_entry=False,
        )
        place.does(place.second, appointed, stream=stream_of("seats", place.school))
        assert "appoints one human being as handler and leader" in place.seen


class TestOfOpenness:
    def test_a_case_that_goes_on_while_an_objection_is_open(self, place: Place) -> None:
        place.passed("employer")
        place.objected()
        place.does(place.leader, forwarding())
        assert place.seen == {"goes on with case:forwarded:1 while an objection is open"}

    def test_a_case_that_goes_on_before_its_publicity_has_run(self, place: Place) -> None:
        stages = (replace(SUBMITTED.chain[0], publicity="first"), *SUBMITTED.chain[1:])
        place.does(place.applicant, replace(SUBMITTED, chain=stages))
        place.passed("employer")
        place.does(place.leader, forwarding())
        assert "goes on from employer before its publicity has run" in place.seen

    def test_a_publicity_that_is_closed_before_its_end(self, place: Place) -> None:
        place.does(place.handler, opened_publicity(place))
        place.does("", PublicityClosed(posting="posting-1", ended_on=date(2010, 3, 16)))
        assert "closes a publicity before its end" in place.seen

    def test_a_publicity_that_is_closed_and_was_never_opened(self, place: Place) -> None:
        place.does("", PublicityClosed(posting="posting-9", ended_on=date(2010, 3, 1)))
        assert "closes a publicity that is not running" in place.seen

    def test_a_publicity_let_off_against_the_law(self, place: Place) -> None:
        off = DeviationFlagged(code="PUBLICITY_TOO_SHORT", stage="employer", due_on=None, rules=())
        place.does(place.handler, opened_publicity(place))
        place.does(place.leader, off)
        assert "is let off a publicity that the law insists on" in place.seen

    def test_a_publicity_let_off_as_the_law_allows(self, place: Place) -> None:
        off = DeviationFlagged(code="PUBLICITY_TOO_SHORT", stage="employer", due_on=None, rules=())
        place.does(place.handler, opened_publicity(place, on_breach="flag"))
        place.does(place.leader, off)
        assert not any("let off" in each for each in place.seen)

    def test_an_objection_with_which_a_reviewer_deals(self, place: Place) -> None:
        place.does(place.handler, opinion_at("employer"))
        place.objected()
        admitted = ObjectionAdmitted(organisation=place.school)
        place.does(place.handler, admitted, stream=OBJECTION)
        assert place.seen == {"is dealt with by a reviewer or the applicant of its case"}

    def test_a_reviewer_who_dealt_with_an_objection(self, place: Place) -> None:
        place.objected()
        admitted = ObjectionAdmitted(organisation=place.school)
        place.does(place.handler, admitted, stream=OBJECTION)
        place.does(place.handler, opinion_at("employer"))
        assert place.seen == {"is reviewed by whoever dealt with an objection to it"}

    def test_an_objection_that_one_person_settles(self, place: Place) -> None:
        place.objected()
        found = ObjectionInvestigated(organisation=place.school, findings=SAID, evidence=())
        settled = ObjectionDismissed(
            organisation=place.school, decision="决1", answer=SAID, summary=SAID
        )
        place.does(place.officer, found, settled, stream=OBJECTION)
        assert place.seen == {"is settled without two persons"}

    def test_an_objection_with_which_somebody_deals_after_its_end(self, place: Place) -> None:
        place.objected()
        found = ObjectionInvestigated(organisation=place.school, findings=SAID, evidence=())
        settled = ObjectionUpheld(
            organisation=place.school,
            disposition=Disposition.RETURN,
            decision="决1",
            answer=SAID,
            summary=SAID,
        )
        place.does(place.officer, found, stream=OBJECTION)
        place.does(place.second, settled, settled, stream=OBJECTION)
        assert place.seen == {"is dealt with after its end"}


class TestOfMisconduct:
    def test_a_finding_before_the_statement(self, place: Place) -> None:
        place.suspected()
        place.does(place.officer, FindingProposed(**FOUND_IN), stream=INVESTIGATION)  # type: ignore[arg-type]
        assert place.seen == {"finds misconduct before the statement or its expiry"}

    def test_a_finding_that_one_person_makes_and_that_brings_nothing(self, place: Place) -> None:
        place.suspected()
        place.does(place.applicant, StatementReceived(statement=SAID), stream=INVESTIGATION)
        found = MisconductFound(**FOUND_IN, decision="决1", late=False)  # type: ignore[arg-type]
        proposed = FindingProposed(**FOUND_IN)  # type: ignore[arg-type]
        place.does(place.officer, proposed, found, stream=INVESTIGATION)
        assert "finds misconduct without two persons" in place.seen
        wanting = {each for each in place.seen if each.startswith("misconduct without")}
        assert wanting == {
            "misconduct without revoking or disqualifying, or does so once it is over",
            "misconduct without an entry on the integrity record",
        }

    def test_an_investigation_that_a_reviewer_conducts(self, place: Place) -> None:
        place.does(place.officer, opinion_at("employer"))
        place.suspected()
        assert place.seen == {"is conducted by a reviewer of its case"}

    def test_a_reviewer_who_investigated(self, place: Place) -> None:
        place.suspected()
        place.does(place.officer, opinion_at("employer"))
        assert place.seen == {"is reviewed by whoever investigated it"}

    def test_a_review_by_who_found(self, place: Place) -> None:
        place.suspected()
        place.does(place.applicant, StatementReceived(statement=SAID), stream=INVESTIGATION)
        place.does(place.officer, FindingProposed(**FOUND_IN), stream=INVESTIGATION)  # type: ignore[arg-type]
        decided = ReviewDecided(
            outcome=ReviewOutcome.UPHELD, decision="决2", ends_on=None, reason=SAID, late=False
        )
        place.does(place.officer, decided, stream=INVESTIGATION)
        assert place.seen == {"is reviewed unasked, or by who found"}

    def test_a_revocation_without_a_finding_in_the_same_append(self, place: Place) -> None:
        place.passed("employer", "department", "bureau")
        place.does(place.leader, RECOGNISED)
        revoked = TitleRevoked(
            investigation=INVESTIGATION,
            ground="弄虚作假",
            decision="决1",
            authority=place.school,
            revoked_on=date(2010, 3, 15),
            dependents=(),
            rules=(),
        )
        place.does(place.second, revoked)
        assert "case:title-revoked:1 without a finding in the same append" in {
            each.removeprefix("has ") for each in place.seen
        }


class TestOfPersons:
    def test_a_filing_under_an_active_block(self, place: Place) -> None:
        place.barred(place.applicant)
        place.does(place.applicant, RESUBMITTED)
        assert any(each.startswith("is filed under an active block") for each in place.seen)

    def test_a_filing_under_a_block_of_the_same_human_being(self, place: Place) -> None:
        place.barred(place.second)
        place.link(place.applicant, place.second)
        place.does(place.applicant, RESUBMITTED)
        assert any(each.startswith("is filed under an active block") for each in place.seen)

    def test_a_filing_after_the_block(self, place: Place) -> None:
        place.barred(place.applicant)
        place.town.wall += timedelta(days=32)
        place.does(place.applicant, RESUBMITTED)
        assert place.seen == set()

    def test_a_second_case_of_the_same_human_being(self, place: Place) -> None:
        opened = replace(OPENED, applicant=place.second, employer=place.school)
        place.link(place.applicant, place.second)
        place.does(place.second, opened, SUBMITTED, stream="case-2")
        assert "is filed while another case of the same human being is under way" in place.seen

    def test_an_end_of_which_the_applicants_stream_does_not_hear(self, place: Place) -> None:
        place.does(place.applicant, CaseWithdrawn(reason=None))
        assert place.seen == {"is under review, or over, and its applicant's stream differs"}

    def test_a_link_that_one_officer_makes(self, place: Place) -> None:
        one, other = place.persons[6:8]
        proposed = LinkProposed(first=one, second=other, organisation=place.school, evidence=SAID)
        confirmed = LinkConfirmed(organisation=place.school)
        place.does(place.officer, proposed, confirmed, stream="link-1")
        assert place.seen == {"has link:confirmed:1 by who proposed it"}

    def test_keys_destroyed_without_an_order(self, place: Place) -> None:
        erased = PersonErased(erasure="erasure-1", purposes=(Purpose.APPLICANT,), keys=())
        place.does(place.officer, erased, stream=place.second)
        assert any("destroys keys without an order" in f"orders {each}" for each in place.seen)


class TestOfFolds:
    def test_a_state_that_is_not_what_its_history_says(self, place: Place) -> None:
        place.town.cases[CASE] = replace(place.town.cases[CASE], phase=Draft())
        assert place.seen == {"folds from zero to another state"}


def forwarding() -> CaseForwarded:
    return CaseForwarded(
        round=1, from_stage="employer", to_stage="department", organisation="organisation-1"
    )
