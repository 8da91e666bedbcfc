"""What somebody may try in the town, and how often it is tried.

Each act takes who, where and what by chance: mostly somebody who may, sometimes anybody.
It raises ``Refused`` or ``Problem`` where the law or the table of access does not allow it, and
does nothing where there is nothing to do it to.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.town import (
    applicants,
    beside_review,
    consequences,
    identities,
    misconduct,
    moving,
    objecting,
    people,
    powers,
    recusing,
    reviewers,
    taking_over,
)
from bench.town.town import Choose, Town

Act = Callable[[Town, Choose], None]

OFTEN: tuple[Act, ...] = (
    applicants.a_case_is_submitted,
    reviewers.a_handler_gives_an_opinion,
    reviewers.a_leader_decides,
    beside_review.a_case_is_posted,
    beside_review.a_case_goes_on,
    beside_review.a_vote_is_entered,
    people.time_passes,
)
SOMETIMES: tuple[Act, ...] = (
    applicants.a_case_is_opened,
    applicants.a_case_is_resubmitted,
    applicants.the_timekeeper_comes_by,
    people.somebody_is_appointed,
    people.somebody_is_replaced,
    reviewers.a_question_is_judged,
    recusing.a_recusal_is_decided,
    reviewers.a_certificate_is_issued,
    reviewers.a_certificate_is_void,
    objecting.somebody_objects,
    objecting.an_objection_is_screened,
    objecting.an_objection_is_investigated,
    objecting.an_objection_is_settled,
    misconduct.an_allegation_is_told,
    misconduct.a_statement_is_made,
    misconduct.a_finding_is_proposed,
    misconduct.misconduct_is_found,
    misconduct.a_review_is_decided,
    misconduct.a_reexamination_is_asked_for,
    misconduct.a_reexamination_is_decided,
)
SELDOM: tuple[Act, ...] = (
    powers.an_office_is_invented,
    powers.a_power_is_proposed,
    powers.a_power_is_decided,
    powers.a_withdrawal_is_proposed,
    powers.a_power_is_withdrawn,
    people.the_clock_is_set_back,
    people.an_account_is_opened,
    people.an_account_is_disabled,
    people.a_code_is_given,
    people.an_account_is_claimed,
    people.a_holder_is_attested,
    people.an_appointment_ends,
    moving.a_move_is_asked_for,
    moving.a_move_is_accepted,
    moving.somebody_is_let_go,
    moving.somebody_stays_after_all,
    identities.two_are_proposed_as_one,
    identities.a_link_is_confirmed,
    identities.a_link_is_doubted,
    identities.a_link_is_severed,
    identities.a_document_is_said_to_be_anothers,
    identities.a_document_is_bound_anew,
    applicants.an_application_is_amended,
    applicants.a_case_is_withdrawn,
    reviewers.a_case_is_returned,
    reviewers.a_substitute_is_designated,
    recusing.a_reviewer_recuses_themselves,
    recusing.recusal_is_applied_for,
    taking_over.a_stage_is_taken_over,
    beside_review.a_posting_is_taken_down,
    beside_review.a_slip_is_reported,
    beside_review.a_slip_is_taken_back,
    beside_review.a_decision_is_published,
    objecting.an_objector_is_identified,
    objecting.an_objection_is_withdrawn,
    objecting.somebody_complains,
    objecting.a_complaint_is_closed,
    misconduct.a_suspicion_is_taken_up,
    misconduct.an_investigation_is_closed,
    misconduct.a_decision_is_served,
    misconduct.a_review_is_asked_for,
    consequences.a_criticism_is_proposed,
    consequences.a_criticism_is_told,
    consequences.a_criticism_is_answered,
    consequences.a_criticism_is_issued,
    consequences.a_criticism_is_dropped,
    consequences.a_hold_is_placed,
    consequences.a_hold_is_lifted,
    consequences.an_erasure_is_asked_for,
    consequences.an_erasure_is_approved,
    consequences.an_erasure_is_ordered,
    consequences.an_erasure_is_declined,
)
EACH: tuple[Act, ...] = (*OFTEN, *SOMETIMES, *SELDOM)
"""Every act, once."""
ACTS: tuple[Act, ...] = (*OFTEN * 9, *SOMETIMES * 3, *SELDOM)
"""Every act, as often as it is tried."""


def name_of(act: Act) -> str:
    """What an act is called."""
    return getattr(act, "__name__", "").replace("_", " ")
