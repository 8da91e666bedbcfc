"""What somebody may try in the town, and how often it is tried.

Each act takes who, where and what by chance: mostly somebody who may, sometimes anybody.
It raises ``Refused`` where the law does not allow it, and does nothing where there is nothing
to do it to.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.town import applicants, people, progress, reviewers
from bench.town.town import Choose, Town

Act = Callable[[Town, Choose], None]

OFTEN: tuple[Act, ...] = (
    applicants.a_case_is_submitted,
    reviewers.a_handler_gives_an_opinion,
    reviewers.a_leader_decides,
    progress.a_case_goes_on,
    applicants.a_case_is_resubmitted,
)
SOMETIMES: tuple[Act, ...] = (
    people.time_passes,
    people.somebody_is_appointed,
    people.somebody_is_replaced,
    applicants.a_case_is_opened,
    applicants.an_application_is_amended,
    reviewers.a_case_is_returned,
    reviewers.a_question_is_judged,
    reviewers.a_substitute_is_designated,
    reviewers.a_certificate_is_issued,
    progress.a_case_is_posted,
    progress.a_vote_is_entered,
    progress.a_slip_is_taken_back,
    applicants.the_timekeeper_comes_by,
)
SELDOM: tuple[Act, ...] = (
    people.an_account_is_opened,
    people.an_appointment_ends,
    people.two_are_proposed_as_one,
    people.a_link_is_confirmed,
    applicants.a_case_is_withdrawn,
    reviewers.a_case_is_held_still_or_goes_on,
    progress.a_slip_is_reported,
    progress.a_posting_is_taken_down,
)
ACTS: tuple[Act, ...] = (*OFTEN * 10, *SOMETIMES * 2, *SELDOM)
"""Every act, as often as it is tried."""
