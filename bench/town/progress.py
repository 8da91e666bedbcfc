"""What may be tried between the decisions: publicity, votes, and slips taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bench.town.chance import MOSTLY, a_case
from bench.town.reviewers import reviewer, somebody
from bench.town.town import words
from domain.case import committee, correction, publicity, review
from domain.case.phase import (
    AwaitingPublicity,
    Ended,
    Publicised,
    Recognised,
    UnderPublicity,
    UnderReview,
)
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case


def a_case_is_posted(town: Town, choose: Choose) -> None:
    """By the handler, today, for five days."""
    for it in a_case(town, choose, AwaitingPublicity):
        around = reviewer(town, choose, it, HANDLER)
        days = tuple(around.today + timedelta(days=day) for day in range(1, 6))
        command = publicity.OpenPublicity(
            posting=town.number("posting"),
            rule="first",
            place="公告栏",
            address=None,
            posted_on=around.today,
            days=days,
            source="town",
            on_breach=choose(("refuse", "flag")),
            content="0" * 64,
            evidence=None,
            rules=(),
        )
        town.record(it.case, publicity.open_publicity(it, command, around), around.actor)


def a_posting_is_taken_down(town: Town, choose: Choose) -> None:
    """Too early; it has to be posted again."""
    for it in a_case(town, choose, UnderPublicity):
        around = reviewer(town, choose, it, choose((HANDLER, LEADER)))
        command = publicity.VoidPublicity(taken_down_on=around.today, reason=words(it.applicant))
        town.record(it.case, publicity.void_publicity(it, command, around), around.actor)


def a_case_goes_on(town: Town, choose: Choose) -> None:
    """After its publicity, or before it is over."""
    for it in a_case(town, choose, Publicised, UnderPublicity):
        around = reviewer(town, choose, it, choose((HANDLER, LEADER)))
        town.record(it.case, review.go_on(it, around), around.actor)


def a_vote_is_entered(town: Town, choose: Choose) -> None:
    """Of a committee, where one votes."""
    for it in a_case(town, choose, UnderReview):
        around = reviewer(town, choose, it, HANDLER)
        carried = choose(MOSTLY)
        command = committee.RecordVotes(
            held_on=around.today,
            members=9,
            present=9,
            in_favour=9 if carried else 0,
            against=0 if carried else 9,
            abstained=0,
            carried=carried,
            minutes=None,
            rules=(),
            notice=town.number("notice"),
        )
        town.record(it.case, committee.record_votes(it, command, around), around.actor)


def a_slip_is_reported(town: Town, choose: Choose) -> None:
    """By the handler of whoever acted last."""
    for it in a_case(town, choose, UnderReview, Ended, Recognised):
        around = _of_the_last_act(town, choose, it, HANDLER)
        proposed = correction.propose_rescission(it, words(it.applicant), around)
        town.record(it.case, proposed, around.actor)


def a_slip_is_taken_back(town: Town, choose: Choose) -> None:
    """By the leader, once the handler has reported it."""
    for it in a_case(town, choose, UnderReview, Ended, Recognised):
        around = _of_the_last_act(town, choose, it, LEADER)
        town.record(it.case, correction.confirm_rescission(it, around), around.actor)


def _of_the_last_act(town: Town, choose: Choose, it: Case, seat: str) -> Circumstances:
    where = it.employer if it.last_act is None else it.last_act.organisation
    return town.around(somebody(town, choose, it, where, seat), where)
