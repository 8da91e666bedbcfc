"""What somebody hands in: its files, who they turned out to be, a late screening, its erasure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.objection.decide import flag_overdue
from domain.objection.erasing import Resting, order_erasure, propose_erasure
from domain.objection.events import (
    ComplaintClosed,
    ComplaintOutcome,
    ObjectionAdmitted,
    ObjectionDismissed,
    ObjectorIdentified,
    ObjectorVerified,
    ScreeningOverdue,
)
from domain.objection.files import MOST_FILES, receive_files
from domain.objection.identity import Identify, identify
from domain.objection.keeping import Kept, Proposal, evolve_kept
from domain.objection.kept import (
    FileHandedIn,
    WordsErased,
    WordsErasureCompleted,
    WordsErasureProposed,
)
from domain.objection.officers import complaint_objections
from domain.objection.state import Objection
from domain.personal import Purpose
from domain.separation import DUTY_OFFICER, INTEGRITY_HANDLER, INTEGRITY_LEADER
from domain.shared_collections import Ledger
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU,
    INTEGRITY_HANDLER_OF_BUREAU,
    INTEGRITY_LEADER_OF_BUREAU,
    JIN,
    KONG,
    LIU,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import BEFORE_THE_LEADER
from tests.domain.telling import told

if TYPE_CHECKING:
    from domain.case.circumstances import Circumstances
    from domain.event import Event

AT = datetime(2024, 10, 15, 1, tzinfo=UTC)
SECRET = words("…", "objection-1", Purpose.OBJECTION)
HANDLER, LEADER = INTEGRITY_HANDLER_OF_BUREAU.around, INTEGRITY_LEADER_OF_BUREAU.around
OPEN = Objection(
    objection="objection-1",
    case="case-1",
    posting="posting-1",
    about=None,
    authority=BUREAU,
    real_name=True,
    screen_by=date(2024, 10, 16),
)
SHOWN = ObjectorIdentified(organisation=BUREAU, shown=SECRET)
KEPT = Kept("objection-1", ended_at=AT)
PROPOSED = replace(KEPT, proposal=Proposal(JIN, BUREAU, "某条"))
RESTING = Resting(kept_until=date(2024, 1, 1))


def officer(seat: str, person: str = LIU) -> Circumstances:
    return person_at(person, house(BUREAU, appointment(person, seat)), seat).around


def kept(*happened: Event) -> Kept:
    state = Kept("objection-1")
    for event in happened:
        state = evolve_kept(state, event, told("objection-1", HANDLER.actor, at=AT))
    return state


def file(number: int) -> FileHandedIn:
    return FileHandedIn(
        file=f"material-{number}",
        title=None,
        media_type="application/pdf",
        size=69,
        digest="0" * 64,
    )


def shown(person: str | None, *, may_be_named: bool = True) -> Identify:
    return Identify(shown=SECRET, person=person, may_be_named=may_be_named)


class TestAnObjector:
    """Is nobody of the record until an officer has seen who they are, and the law lets them be."""

    @pytest.mark.parametrize("seat", [DUTY_OFFICER, INTEGRITY_HANDLER])
    def test_is_seen_by_the_duty_officer_or_the_integrity_handler(self, seat: str) -> None:
        given(OPEN).when(identify, BEFORE_THE_LEADER, shown(None), officer(seat)).then(SHOWN)

    def test_may_turn_out_to_be_a_person_of_the_record(self) -> None:
        given(OPEN).when(identify, BEFORE_THE_LEADER, shown(KONG), HANDLER).then(
            SHOWN, ObjectorVerified(person=KONG)
        )

    def test_is_not_named_where_the_law_does_not_let_them_be(self) -> None:
        unnamed = shown(KONG, may_be_named=False)
        given(OPEN).when(identify, BEFORE_THE_LEADER, unnamed, HANDLER).refused(
            "OBJECTOR_NOT_NAMED"
        )

    def test_is_seen_by_nobody_else_and_not_by_themselves(self) -> None:
        given(OPEN).when(identify, BEFORE_THE_LEADER, shown(None), LEADER).refused("NOT_IN_SEAT")
        own = replace(HANDLER, humans=linked((HANDLER.actor.person, KONG)))
        given(OPEN).when(identify, BEFORE_THE_LEADER, shown(KONG), own).refused(
            "REVIEWER_INVESTIGATES"
        )

    def test_is_not_sought_once_it_is_over(self) -> None:
        over = replace(OPEN, ending="dismissed")
        given(over).when(identify, BEFORE_THE_LEADER, shown(None), HANDLER).refused(
            "ALREADY_SETTLED"
        )


class TestALateScreening:
    """Is told once, after 24:00 of the last day in Beijing."""

    MIDNIGHT = datetime(2024, 10, 16, 16, tzinfo=UTC)
    FLAG = ScreeningOverdue(screen_by=date(2024, 10, 16), rules=("ND-1",))

    def test_is_told_at_the_first_instant_after_its_last_day(self) -> None:
        assert flag_overdue(OPEN, self.MIDNIGHT, ("ND-1",)) == self.FLAG
        assert flag_overdue(OPEN, self.MIDNIGHT - timedelta(microseconds=1), ()) is None

    @pytest.mark.parametrize(
        "state",
        [
            replace(OPEN, admitted=True),
            replace(OPEN, admitted=False, ending="not_admitted"),
            replace(OPEN, ending="withdrawn"),
            replace(OPEN, overdue=True),
            replace(OPEN, screen_by=None),
        ],
    )
    def test_is_told_of_nothing_else(self, state: Objection) -> None:
        assert flag_overdue(state, self.MIDNIGHT, ()) is None


class TestFiles:
    """Are taken in up to a number."""

    def test_may_be_ten(self) -> None:
        ten = tuple(file(number) for number in range(MOST_FILES))
        given(Kept("objection-1")).when(receive_files, ten).then(*ten)
        given(kept(*ten)).when(receive_files, (file(11),)).refused_at("TOO_MANY_FILES", "/files")

    def test_have_a_key_each_beside_the_one_of_the_words(self) -> None:
        assert kept(file(1), file(2)).keys == (
            "objection-1/objection/1",
            "material-1/material/1",
            "material-2/material/1",
        )


class TestErasingWhatWasHandedIn:
    """Takes two officers, and that nothing rests on it any more."""

    def test_is_proposed_on_a_legal_basis(self) -> None:
        given(KEPT).when(propose_erasure, "某条", SECRET, [], RESTING, HANDLER).then(
            WordsErasureProposed(organisation=BUREAU, basis="某条", reason=SECRET)
        )

    def test_is_ordered_by_another_and_names_every_key(self) -> None:
        with_file = replace(PROPOSED, files=Ledger[int, str]().added("material-1"))
        given(with_file).when(order_erasure, "某号", [], RESTING, LEADER).then(
            WordsErased(
                organisation=BUREAU,
                decision="某号",
                basis="某条",
                keys=("objection-1/objection/1", "material-1/material/1"),
                rules=("ZZ-ERASURE",),
            )
        )

    def test_is_not_ordered_by_whoever_proposed_it_under_whatever_document(self) -> None:
        same = replace(LEADER, humans=linked((LEADER.actor.person, JIN)))
        given(PROPOSED).when(order_erasure, "某号", [], RESTING, same).refused("SAME_REVIEWER")

    def test_is_ordered_only_where_it_was_proposed(self) -> None:
        elsewhere = replace(KEPT, proposal=Proposal(JIN, "organisation-elsewhere", "某条"))
        for kept in (KEPT, elsewhere):
            given(kept).when(order_erasure, "某号", [], RESTING, LEADER).refused(
                "ERASURE_NOT_PROPOSED"
            )

    def test_waits_for_everything_that_rests_on_it_all_said_at_once(self) -> None:
        resting = Resting(
            case_open=True, matters=("investigation-1",), record_active=True, held=True
        )
        given(KEPT).when(propose_erasure, "某条", SECRET, [], resting, HANDLER).refused(
            "CASE_UNDER_WAY",
            "INVESTIGATION_RESTS_ON_IT",
            "RECORD_ACTIVE",
            "ON_HOLD",
            "RETENTION_NOT_SET",
        )

    def test_waits_for_its_end_and_for_its_retention(self) -> None:
        still_open = replace(KEPT, ended_at=None)
        given(still_open).when(propose_erasure, "某条", SECRET, [], RESTING, HANDLER).refused(
            "MATTER_OPEN"
        )
        running = Resting(kept_until=HANDLER.today)
        given(KEPT).when(propose_erasure, "某条", SECRET, [], running, HANDLER).refused(
            "RETENTION_RUNS"
        )

    def test_happens_once(self) -> None:
        gone = replace(PROPOSED, erased=True)
        given(gone).when(order_erasure, "某号", [], RESTING, LEADER).refused("ALREADY_ERASED")
        given(gone).when(propose_erasure, "某条", SECRET, [], RESTING, HANDLER).refused(
            "ALREADY_ERASED"
        )


def test_what_is_kept_follows_what_happened() -> None:
    proposed = WordsErasureProposed(organisation=BUREAU, basis="某条", reason=SECRET)
    erased = WordsErased(organisation=BUREAU, decision="某号", basis="某条", keys=(), rules=())
    dismissed = ObjectionDismissed(
        organisation=BUREAU, decision="某人社复〔2024〕1号", answer=SECRET, summary=SECRET
    )
    admitted = ObjectionAdmitted(organisation=BUREAU)
    assert kept(admitted).ended_at is None
    assert kept(dismissed).ended_at == AT
    closed = ComplaintClosed(
        organisation=BUREAU, outcome=ComplaintOutcome.NOT_CONFIRMED, late=False, reason=SECRET
    )
    assert kept(closed).ended_at == AT
    assert kept(proposed).proposal == Proposal(HANDLER.actor.person, BUREAU, "某条")
    assert kept(proposed, erased).erased
    assert kept(proposed, erased, WordsErasureCompleted(epochs=(1,))).completed


@pytest.mark.parametrize("involved", [BAI, AN])
def test_a_complaint_about_a_case_is_for_nobody_with_a_part_in_it(involved: str) -> None:
    around = replace(officer(INTEGRITY_LEADER), humans=linked((LIU, involved)))
    refusals = complaint_objections(BEFORE_THE_LEADER, (INTEGRITY_LEADER,), around)
    assert [each.code for each in refusals] == ["REVIEWER_INVESTIGATES"]
    assert complaint_objections(None, (INTEGRITY_LEADER,), around) == []
