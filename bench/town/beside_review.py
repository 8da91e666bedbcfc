"""What may be tried between the decisions: publicity, votes, documents, and slips taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.acts import publicity, rescission
from api.acts.case_entry import RECORD_VOTES, Vote
from api.acts.decision_document import PUBLISH
from bench.town.chance import MOSTLY, a_case, one_that, somebody
from bench.town.founding import REVIEWING
from bench.town.papers import WORDS
from bench.town.reviewers import reviewer, stage_of
from domain.beijing import day
from domain.case.phase import AwaitingPublicity, Publicised, Recognised, UnderPublicity, UnderReview
from domain.separation import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.town.town import Choose, Town
    from domain.case.state import Case

CONTENT = "0" * 64


def a_case_is_posted(town: Town, choose: Choose) -> None:
    """By the handler, today or entered late; never ahead of its day."""
    for it in a_case(town, choose, AwaitingPublicity):
        posted_on = day(town.now) + timedelta(days=choose((0, 0, 0, -1, 1)))
        town.act(
            reviewer(town, choose, it, HANDLER),
            publicity.OPEN,
            it.case,
            posted_on=posted_on,
            place=None,
            address=None,
            content=CONTENT,
            evidence=choose((None, "照片")),
        )


def a_posting_is_taken_down(town: Town, choose: Choose) -> None:
    """Too early; it has to be posted again."""
    for it in a_case(town, choose, UnderPublicity):
        by = reviewer(town, choose, it, *REVIEWING)
        town.act(by, publicity.VOID, it.case, taken_down_on=day(town.now), reason=WORDS)


def a_case_goes_on(town: Town, choose: Choose) -> None:
    """After its publicity, or before it is over."""
    for it in a_case(town, choose, Publicised, Publicised, UnderPublicity):
        town.act(reviewer(town, choose, it, *REVIEWING), publicity.GO_ON, it.case)


def a_vote_is_entered(town: Town, choose: Choose) -> None:
    """Of a committee, where one votes."""
    for it in one_that(choose, town.cases, _to_vote_on(town)):
        in_favour = 9 if choose(MOSTLY) else 1
        vote = Vote(
            held_on=day(town.now) + timedelta(days=choose((0, 0, 0, -1, 1))),
            members=9,
            present=9,
            in_favour=in_favour,
            against=9 - in_favour,
            abstained=0,
            minutes=None,
            no_reason_to_recuse=True,
        )
        town.act(reviewer(town, choose, it, HANDLER), RECORD_VOTES, it.case, command=vote)


def a_slip_is_reported(town: Town, choose: Choose) -> None:
    """By the handler of whoever acted last."""
    fresh = (each for each in town.cases.values() if each.last_act and not each.rescission)
    for it in one_that(choose, town.cases, fresh):
        by = town.acting(somebody(town, choose, _last(it), HANDLER))
        town.act(by, rescission.PROPOSE_RESCISSION, it.case, reason=WORDS)


def a_slip_is_taken_back(town: Town, choose: Choose) -> None:
    """By the leader, once the handler has reported it."""
    reported = (each for each in town.cases.values() if each.last_act and each.rescission)
    for it in one_that(choose, town.cases, reported):
        by = town.acting(somebody(town, choose, _last(it), LEADER))
        town.act(by, rescission.CONFIRM_RESCISSION, it.case)


def a_decision_is_published(town: Town, choose: Choose) -> None:
    """A document that names one title and perhaps another."""
    unnamed = (
        each
        for each in town.cases.values()
        if isinstance(each.phase, Recognised) and each.decision is None
    )
    for it in one_that(choose, town.cases, unnamed):
        where = stage_of(it)
        town.act(
            town.acting(somebody(town, choose, where, HANDLER)),
            PUBLISH,
            where,
            number=town.number("document"),
            title="公布",
            published_on=day(town.now),
            content=CONTENT,
            cases=(it.case,),
        )


def _last(it: Case) -> str:
    return stage_of(it) if it.last_act is None else it.last_act.organisation


def _to_vote_on(town: Town) -> Iterator[Case]:
    for each in town.cases.values():
        if isinstance(each.phase, UnderReview):
            stage = each.stage(each.phase.stage)
            if stage.votes and each.vote_of(stage.stage) is None:
                yield each
