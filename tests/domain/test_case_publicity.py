"""Publicity: posted by the handler, closed by the clock, and nothing goes on before its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain import beijing
from domain.case import certificate, going_on, leader_decision, posting_proof, publicity
from domain.case.certificate import IssueCertificate
from domain.case.objections import ObjectionEnded, ObjectionNoted
from domain.case.phase import AwaitingPublicity, Posting, Publicised, UnderPublicity
from domain.case.posting_proof import PostingProven, ProofKind, ProvePosting
from domain.case.publicity import (
    DeviationFlagged,
    OpenPublicity,
    PublicityClosed,
    PublicityOpened,
    PublicityVoided,
    VoidPublicity,
)
from domain.refusal import Refusal
from domain.separation import HANDLER, LEADER
from tests.domain.given import given
from tests.domain.invented import (
    AN,
    BAI,
    BUREAU_HANDLER,
    BUREAU_LEADER,
    CHEN,
    DEPARTMENT_HANDLER,
    GAO,
    HAN,
    LIU,
    NOON,
    SCHOOL,
    SCHOOL_HANDLER,
    SCHOOL_LEADER,
    TODAY,
    appointment,
    house,
    linked,
    person_at,
    words,
)
from tests.domain.story import (
    APPROVE,
    BEFORE_THE_BUREAU_LEADER,
    BEFORE_THE_LEADER,
    CHAIN,
    RECOGNISED,
    after,
    approval_at,
    forwarding,
    unchanged,
)

if TYPE_CHECKING:
    from domain.case.state import Case

DAYS = tuple(date(2024, 10, day) for day in (16, 17, 18, 21, 22))
LAST_DAY = DAYS[-1]
MIDNIGHT = datetime(2024, 10, 22, 16, 0, tzinfo=UTC)
"""24:00 of the last day, in Beijing."""

OPEN = OpenPublicity(
    posting="posting-1",
    rule="employer",
    place="公告栏",
    address=None,
    posted_on=TODAY,
    days=DAYS,
    source="national-default",
    on_breach="refuse",
    content="2" * 64,
    evidence=None,
    rules=("ZZ-10",),
)
OPENED = PublicityOpened(
    **vars(OPEN),
    round=1,
    stage="employer",
    organisation=SCHOOL,
    ends_on=LAST_DAY,
    late_entry=False,
)
LATE = replace(
    OPENED, posted_on=TODAY - timedelta(days=1), evidence=words("张贴照片"), late_entry=True
)
CLOSED = PublicityClosed(posting="posting-1", ended_on=LAST_DAY)
VOIDED = PublicityVoided(posting="posting-1", taken_down_on=TODAY, reason=words("被撕毁"))
VOID = VoidPublicity(taken_down_on=TODAY, reason=VOIDED.reason)
PHOTOGRAPH = PostingProven(
    posting="posting-1",
    stage="employer",
    organisation=SCHOOL,
    kind=ProofKind.DATED_PHOTOGRAPH,
    file="material-1",
    media_type="image/jpeg",
    size=1000,
    digest="3" * 64,
)
STATEMENT = replace(PHOTOGRAPH, kind=ProofKind.SEALED_STATEMENT, file="material-2")
NOTED = ObjectionNoted(objection="objection-1", posting="posting-1")
ENDED = ObjectionEnded(objection="objection-1", ending="dismissed", disposition=None)
POSTING = Posting("posting-1", "employer", LAST_DAY, "refuse", ("ZZ-10",), TODAY)


def public_at(case: Case, *stages: str) -> Case:
    """The same case, under a law that asks for publicity at these stages."""
    return replace(
        case,
        chain=tuple(
            replace(each, publicity="posting" if each.stage in stages else None) for each in CHAIN
        ),
    )


@pytest.fixture
def a_case_before_publicity() -> Case:
    """Approved by the employer's leader, not yet posted."""
    return after(public_at(BEFORE_THE_LEADER, "employer"), (approval_at("employer"), CHEN))


@pytest.fixture
def a_case_under_publicity(a_case_before_publicity: Case) -> Case:
    return after(a_case_before_publicity, (OPENED, BAI))


@pytest.fixture
def a_publicised_case(a_case_under_publicity: Case) -> Case:
    return after(a_case_under_publicity, (CLOSED, ""))


def test_an_approval_waits_for_the_publicity_that_the_law_asks_for() -> None:
    asked = public_at(BEFORE_THE_LEADER, "employer")
    given(asked).when(leader_decision.decide_as_leader, APPROVE, SCHOOL_LEADER.around).then(
        approval_at("employer")
    )
    approved = after(asked, (approval_at("employer"), CHEN))
    assert approved.phase == AwaitingPublicity("employer")
    assert approved.is_open


class TestAPosting:
    """Is entered by the handler as it happened."""

    def test_is_entered_with_the_days_that_count(self, a_case_before_publicity: Case) -> None:
        given(a_case_before_publicity).when(
            publicity.open_publicity, OPEN, SCHOOL_HANDLER.around
        ).then(OPENED)
        posted = after(a_case_before_publicity, (OPENED, BAI))
        assert posted.phase == UnderPublicity("employer", replace(POSTING, entry=posted.version))

    def test_is_marked_when_it_is_entered_late(self, a_case_before_publicity: Case) -> None:
        yesterday = TODAY - timedelta(days=1)
        shown = replace(OPEN, posted_on=yesterday, evidence=words("张贴照片"))
        given(a_case_before_publicity).when(
            publicity.open_publicity, shown, SCHOOL_HANDLER.around
        ).then(LATE)

    def test_counts_from_days_on_which_it_was_not_shown_here_by_evidence_alone(
        self, a_case_before_publicity: Case
    ) -> None:
        yesterday = replace(OPEN, posted_on=TODAY - timedelta(days=1))
        given(a_case_before_publicity).when(
            publicity.open_publicity, yesterday, SCHOOL_HANDLER.around
        ).refused_at("POSTING_UNPROVEN", "/evidence")

    def test_is_not_entered_before_it_happens(self, a_case_before_publicity: Case) -> None:
        tomorrow = TODAY + timedelta(days=1)
        given(a_case_before_publicity).when(
            publicity.open_publicity, replace(OPEN, posted_on=tomorrow), SCHOOL_HANDLER.around
        ).refused_at("OCCURRED_LATER", "/posted_on")

    def test_is_not_older_than_the_approval(self, a_case_before_publicity: Case) -> None:
        around = replace(SCHOOL_HANDLER.around, public_from=TODAY)
        early = replace(OPEN, posted_on=TODAY - timedelta(days=1), evidence=words("照片"))
        given(a_case_before_publicity).when(publicity.open_publicity, early, around).refused_at(
            "OCCURRED_EARLIER", "/posted_on"
        )
        given(a_case_before_publicity).when(publicity.open_publicity, OPEN, around).then(OPENED)

    def test_is_not_entered_by_the_leader(self, a_case_before_publicity: Case) -> None:
        given(a_case_before_publicity).when(
            publicity.open_publicity, OPEN, SCHOOL_LEADER.around
        ).refused("NOT_IN_SEAT", "SAME_REVIEWER")

    def test_is_an_act_of_the_handlers_seat(self, a_case_before_publicity: Case) -> None:
        posted = after(a_case_before_publicity, (OPENED, LIU))
        assert LIU in posted.acted_at(CHAIN[0].stage, HANDLER)

    def test_needs_an_approval(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(
            publicity.open_publicity, OPEN, SCHOOL_HANDLER.around
        ).refused("STAGE_ORDER")

    def test_is_entered_once(self, a_case_under_publicity: Case) -> None:
        given(a_case_under_publicity).when(
            publicity.open_publicity, OPEN, SCHOOL_HANDLER.around
        ).refused("STAGE_ORDER")


class TestTheTimekeeper:
    """Closes a posting after 24:00 of its last day in Beijing."""

    def test_closes_it_at_midnight(self, a_case_under_publicity: Case) -> None:
        assert beijing.end(LAST_DAY) == MIDNIGHT
        given(a_case_under_publicity).when(publicity.close_publicity, MIDNIGHT).then(CLOSED)
        over = after(a_case_under_publicity, (CLOSED, ""))
        posting = replace(POSTING, entry=a_case_under_publicity.version)
        assert over.phase == Publicised("employer", posting)

    def test_waits_for_the_last_moment(self, a_case_under_publicity: Case) -> None:
        given(a_case_under_publicity).when(
            publicity.close_publicity, MIDNIGHT - timedelta(microseconds=1)
        ).then_nothing()

    def test_closes_it_once(self, a_publicised_case: Case) -> None:
        given(a_publicised_case).when(publicity.close_publicity, MIDNIGHT).then_nothing()

    def test_comes_too_late_for_a_case_that_is_no_longer_public(
        self, a_case_before_publicity: Case
    ) -> None:
        assert unchanged(after(a_case_before_publicity, (CLOSED, "")), a_case_before_publicity)


class TestAPostingThatWasTakenDown:
    """Is void; a new one runs its full length."""

    def test_is_entered_by_handler_or_leader(self, a_case_under_publicity: Case) -> None:
        for office in (SCHOOL_HANDLER, SCHOOL_LEADER):
            given(a_case_under_publicity).when(publicity.void_publicity, VOID, office.around).then(
                VOIDED
            )
        again = after(a_case_under_publicity, (VOIDED, BAI))
        assert again.phase == AwaitingPublicity("employer")

    def test_is_entered_by_nobody_else(self, a_case_under_publicity: Case) -> None:
        given(a_case_under_publicity).when(
            publicity.void_publicity, VOID, DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")

    def test_was_up(self, a_case_before_publicity: Case) -> None:
        given(a_case_before_publicity).when(
            publicity.void_publicity, VOID, SCHOOL_HANDLER.around
        ).refused("STAGE_ORDER")

    def test_may_be_entered_after_its_last_day(self, a_publicised_case: Case) -> None:
        given(a_publicised_case).when(
            publicity.void_publicity, VOID, SCHOOL_HANDLER.at(MIDNIGHT)
        ).then(VOIDED)
        assert a_publicised_case.ran == (("employer", LAST_DAY),)
        again = after(a_publicised_case, (VOIDED, BAI))
        assert (again.phase, tuple(again.ran)) == (AwaitingPublicity("employer"), ())

    def test_is_not_entered_before_it_happens(self, a_case_under_publicity: Case) -> None:
        tomorrow = replace(VOID, taken_down_on=TODAY + timedelta(days=1))
        given(a_case_under_publicity).when(
            publicity.void_publicity, tomorrow, SCHOOL_HANDLER.around
        ).refused_at("OCCURRED_LATER", "/taken_down_on")

    @pytest.mark.parametrize("days", [-1, 8])
    def test_was_cut_short_between_its_first_and_its_last_day(
        self, a_case_under_publicity: Case, days: int
    ) -> None:
        otherwise = replace(VOID, taken_down_on=TODAY + timedelta(days=days))
        around = SCHOOL_HANDLER.at(MIDNIGHT + timedelta(days=3))
        given(a_case_under_publicity).when(publicity.void_publicity, otherwise, around).refused_at(
            "NOT_INTERRUPTED", "/taken_down_on"
        )

    def test_is_void_also_when_it_was_taken_down_on_its_last_day(
        self, a_case_under_publicity: Case
    ) -> None:
        last = replace(VOID, taken_down_on=LAST_DAY)
        given(a_case_under_publicity).when(
            publicity.void_publicity, last, SCHOOL_HANDLER.at(MIDNIGHT)
        ).then(replace(VOIDED, taken_down_on=LAST_DAY))


class TestAProof:
    """Of what was put up elsewhere: attached by the handler, the statement once it is over."""

    @pytest.mark.parametrize(
        ("proof", "at"), [(PHOTOGRAPH, NOON), (PHOTOGRAPH, MIDNIGHT), (STATEMENT, MIDNIGHT)]
    )
    def test_is_attached_to_the_posting(
        self, a_case_before_publicity: Case, proof: PostingProven, at: datetime
    ) -> None:
        case = after(a_case_before_publicity, (LATE, BAI))
        given(case).when(posting_proof.prove_posting, proving(proof), SCHOOL_HANDLER.at(at)).then(
            proof
        )

    def test_is_no_statement_before_the_last_day_is_over(
        self, a_case_before_publicity: Case
    ) -> None:
        case = after(a_case_before_publicity, (LATE, BAI))
        given(case).when(
            posting_proof.prove_posting, proving(STATEMENT), SCHOOL_HANDLER.around
        ).refused_at("STATEMENT_TOO_EARLY", "/kind")

    def test_is_attached_by_nobody_but_the_handler(self, a_case_before_publicity: Case) -> None:
        case = after(a_case_before_publicity, (LATE, BAI))
        given(case).when(
            posting_proof.prove_posting, proving(PHOTOGRAPH), DEPARTMENT_HANDLER.around
        ).refused("NOT_IN_SEAT")


def proving(proof: PostingProven) -> ProvePosting:
    """The command that attaches it."""
    return ProvePosting(
        kind=proof.kind,
        file=proof.file,
        media_type=proof.media_type,
        size=proof.size,
        digest=proof.digest,
    )


class TestGoingOn:
    """After a publicity that ran its length, without an open objection."""

    def test_takes_the_leaders_word_where_it_was_shown_elsewhere(
        self, a_case_before_publicity: Case
    ) -> None:
        case = after(
            a_case_before_publicity, (LATE, BAI), (PHOTOGRAPH, BAI), (CLOSED, ""), (STATEMENT, BAI)
        )
        given(case).when(going_on.go_on, SCHOOL_HANDLER.at(MIDNIGHT)).refused(
            "NOT_IN_SEAT", "SAME_REVIEWER"
        )
        on = beijing.day(MIDNIGHT)
        forwarded = replace(forwarding("employer", "department"), forwarded_on=on)
        given(case).when(going_on.go_on, SCHOOL_LEADER.at(MIDNIGHT)).then(forwarded)

    @pytest.mark.parametrize(
        ("proofs", "lacks"),
        [
            ((), "尚缺：网页存档或注明日期的张贴照片、盖章的公示情况说明"),
            ((PHOTOGRAPH,), "尚缺：盖章的公示情况说明"),
            ((STATEMENT,), "尚缺：网页存档或注明日期的张贴照片。"),
        ],
    )
    def test_and_what_proves_that_it_was(
        self, a_case_before_publicity: Case, proofs: tuple[PostingProven, ...], lacks: str
    ) -> None:
        proven = ((each, BAI) for each in proofs)
        case = after(a_case_before_publicity, (LATE, BAI), (CLOSED, ""), *proven)
        (refusal,) = (
            given(case)
            .when(going_on.go_on, SCHOOL_LEADER.at(MIDNIGHT))
            .refused("POSTING_PROOF_MISSING")
        )
        assert lacks in refusal.chinese

    @pytest.mark.parametrize("office", [SCHOOL_HANDLER, SCHOOL_LEADER], ids=[HANDLER, LEADER])
    def test_is_for_handler_or_leader(self, a_publicised_case: Case, office: object) -> None:
        around = office.around  # type: ignore[attr-defined]
        given(a_publicised_case).when(going_on.go_on, around).then(
            forwarding("employer", "department")
        )

    def test_is_for_nobody_else(self, a_publicised_case: Case) -> None:
        given(a_publicised_case).when(going_on.go_on, DEPARTMENT_HANDLER.around).refused(
            "NOT_IN_SEAT"
        )

    def test_is_not_for_the_applicant(self, a_publicised_case: Case) -> None:
        around = SCHOOL_HANDLER.knowing(linked((BAI, AN), (CHEN, AN)))
        given(a_publicised_case).when(going_on.go_on, around).refused(
            "SELF_REVIEW", "SAME_REVIEWER"
        )

    def test_waits_for_a_posting(self, a_case_before_publicity: Case) -> None:
        (refusal,) = (
            given(a_case_before_publicity)
            .when(going_on.go_on, SCHOOL_HANDLER.around)
            .refused("PUBLICITY_TOO_SHORT")
        )
        assert refusal.citations[0].rule == "ZZ-PUBLICITY_TOO_SHORT"

    def test_waits_for_the_end_of_the_posting(self, a_case_under_publicity: Case) -> None:
        (refusal,) = (
            given(a_case_under_publicity)
            .when(going_on.go_on, SCHOOL_HANDLER.around)
            .refused("PUBLICITY_TOO_SHORT")
        )
        assert "2024-10-22" in refusal.chinese
        assert refusal.citations[0].rule == "ZZ-PUBLICITY_TOO_SHORT"

    def test_after_the_end_closes_the_publicity_before_the_timekeeper_does(
        self, a_case_under_publicity: Case
    ) -> None:
        midnight = SCHOOL_HANDLER.at(beijing.end(LAST_DAY))
        given(a_case_under_publicity).when(going_on.go_on, midnight).then(
            CLOSED, forwarding("employer", "department", on=LAST_DAY + timedelta(days=1))
        )

    def test_before_the_end_is_marked_where_the_length_is_a_default(
        self, a_case_before_publicity: Case
    ) -> None:
        lenient = after(a_case_before_publicity, (replace(OPENED, on_breach="flag"), BAI))
        flagged = DeviationFlagged(
            code="PUBLICITY_TOO_SHORT", stage="employer", due_on=LAST_DAY, rules=("ZZ-10",)
        )
        given(lenient).when(going_on.go_on, SCHOOL_HANDLER.around).then(
            flagged, forwarding("employer", "department")
        )
        assert unchanged(after(lenient, (flagged, BAI)), lenient)

    def test_waits_for_an_open_objection(self, a_publicised_case: Case) -> None:
        disputed = after(a_publicised_case, (NOTED, ""))
        (refusal,) = (
            given(disputed).when(going_on.go_on, SCHOOL_HANDLER.around).refused("OPEN_OBJECTION")
        )
        assert refusal.citations[0].rule == "ZZ-OPEN_OBJECTION"

    def test_is_free_once_the_objection_is_settled(self, a_publicised_case: Case) -> None:
        settled = after(a_publicised_case, (NOTED, ""), (ENDED, ""))
        given(settled).when(going_on.go_on, SCHOOL_HANDLER.around).then(
            forwarding("employer", "department")
        )

    def test_waits_for_what_else_the_law_asks_for(self, a_publicised_case: Case) -> None:
        unpaid = Refusal("FEE_UNPAID", "尚未缴费。", "The fee is unpaid.")
        around = replace(SCHOOL_HANDLER.around, onward=(unpaid,))
        given(a_publicised_case).when(going_on.go_on, around).refused("FEE_UNPAID")

    def test_is_refused_for_every_reason_at_once(self, a_case_under_publicity: Case) -> None:
        unpaid = Refusal("FEE_UNPAID", "尚未缴费。", "The fee is unpaid.")
        around = replace(DEPARTMENT_HANDLER.around, onward=(unpaid,))
        given(after(a_case_under_publicity, (NOTED, ""))).when(going_on.go_on, around).refused(
            "NOT_IN_SEAT", "OPEN_OBJECTION", "PUBLICITY_TOO_SHORT", "FEE_UNPAID"
        )

    def test_needs_an_approval(self, a_case_before_the_leader: Case) -> None:
        given(a_case_before_the_leader).when(going_on.go_on, SCHOOL_HANDLER.around).refused(
            "STAGE_ORDER"
        )


class TestARecognitionAfterPublicity:
    """Is the leader's, who decided the stage."""

    @pytest.fixture
    def a_result_that_was_public(self) -> Case:
        asked = public_at(BEFORE_THE_BUREAU_LEADER, "bureau")
        posted = replace(OPENED, stage="bureau", organisation="organisation-bureau")
        return after(asked, (approval_at("bureau"), HAN), (posted, GAO), (CLOSED, ""))

    def test_is_the_leaders(self, a_result_that_was_public: Case) -> None:
        given(a_result_that_was_public).when(going_on.go_on, BUREAU_LEADER.around).then(RECOGNISED)

    def test_is_not_the_handlers(self, a_result_that_was_public: Case) -> None:
        given(a_result_that_was_public).when(going_on.go_on, BUREAU_HANDLER.around).refused(
            "NOT_IN_SEAT", "SAME_REVIEWER"
        )

    def test_is_not_for_who_posted_it_as_handler(self, a_result_that_was_public: Case) -> None:
        promoted = person_at(
            GAO,
            house("organisation-bureau", appointment(GAO, LEADER)),
            LEADER,
        )
        given(a_result_that_was_public).when(going_on.go_on, promoted.around).refused(
            "SAME_REVIEWER"
        )


def test_an_approval_without_publicity_waits_for_what_the_law_asks_for(
    a_case_before_the_leader: Case,
) -> None:
    unpaid = Refusal("FEE_UNPAID", "尚未缴费。", "The fee is unpaid.")
    around = replace(SCHOOL_LEADER.around, onward=(unpaid,))
    given(a_case_before_the_leader).when(leader_decision.decide_as_leader, APPROVE, around).refused(
        "FEE_UNPAID"
    )


def test_an_approval_before_publicity_does_not_wait_for_it() -> None:
    unpaid = Refusal("FEE_UNPAID", "尚未缴费。", "The fee is unpaid.")
    asked = public_at(BEFORE_THE_LEADER, "employer")
    around = replace(SCHOOL_LEADER.around, onward=(unpaid,))
    given(asked).when(leader_decision.decide_as_leader, APPROVE, around).then(
        approval_at("employer")
    )


def test_no_certificate_is_issued_while_an_objection_is_open(a_recognised_case: Case) -> None:
    disputed = after(a_recognised_case, (NOTED, ""))
    given(disputed).when(
        certificate.issue_certificate,
        IssueCertificate(certificate="证-1", issuer="某机关", forms=(), check="码"),
        HANDLER,
        BUREAU_HANDLER.around,
    ).refused("OPEN_OBJECTION")
