"""The separation trail (职责分离核对): who handled, who led, who applied, at each stage and round.

What a row is and how its verdict is found stands in ``projections.trail``; links between
persons are its own, in ``projections.same``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from domain.case import (
    assistance,
    draft,
    ending,
    filing,
    handler_opinion,
    judgement,
    lapse,
    leader_decision,
    next_stage,
    resubmission,
    returning,
    withdrawal,
)
from domain.case.amendment import AmendmentProposed, EntryAmended
from domain.case.committee import RejectedByVote, VotesRecorded
from domain.case.handler_opinion import OpinionTakenBack
from domain.case.objections import RejectedOnObjection, ReturnedOnObjection
from domain.case.publicity import PublicityOpened
from domain.case.reexamination import OutcomeSetAside
from domain.case.rescission import ActRescinded, RescissionProposed
from domain.case.takeover import StageTakenOver
from domain.person.events import PersonsLinked, PersonsUnlinked
from projections import case_scope
from projections.chain import Former, chain_of, handed_on
from projections.evidence import Dossier, act_of, leave, trail_at
from projections.listing import listing
from projections.reach import among, asked_first, few_cases
from projections.same import link, links, same, unlink
from projections.table import Table
from projections.trail import Act, Trail, judge
from projections.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from projections.fact import Fact
    from projections.listing import Condition, Gathered, Listing
    from projections.page import Page
    from projections.scope import Scope


@dataclass(slots=True)
class Reviewer:
    """Somebody whose identity matters to a case: who filed it, or a person who acted in it."""

    case: str
    person: str


_FOUND = "(verdict IN ('SAME', 'INCOMPLETE') OR corrected IN ('SAME', 'INCOMPLETE'))"
"""What was found; a stage that is still under way is no finding."""
trails = Table(
    "separation",
    Trail,
    key=("case", "stage", "organisation", "round"),
    indexes=(
        f"(entered, stage) WHERE {_FOUND}",
        "(entered, stage) WHERE cross_level OR cross_level_corrected",
    ),
)
reviewers = Table("separation_person", Reviewer, key=("case", "person"), indexes=("(person)",))
dossiers = Table("separation_case", Dossier, key=("case",))
view = View("separation", 8, (trails, reviewers, dossiers, links))


@view.on(draft.CaseOpened)
def _opened(fact: Fact, page: Page) -> None:
    page.rows(dossiers).put(Dossier(fact.stream, fact["number"], fact["applicant"], ()))
    page.rows(reviewers).put(Reviewer(fact.stream, fact["applicant"]))


@view.on(assistance.AssistanceBegun)
def _assisted(fact: Fact, page: Page) -> None:
    """Nobody acts in a case before it is filed: there is no row yet to judge anew."""
    if fact.person is None:
        return
    dossier = _dossier(fact, page)
    dossier.helpers = (*dossier.helpers, fact.person)
    page.rows(dossiers).put(dossier)
    page.rows(reviewers).put(Reviewer(fact.stream, fact.person))


@view.on(filing.CaseSubmitted)
def _submitted(fact: Fact, page: Page) -> None:
    dossier = _dossier(fact, page)
    dossier.chain = chain_of(fact)
    page.rows(dossiers).put(dossier)
    first = dossier.chain[0]
    page.rows(trails).put(trail_at(fact, dossier, first.stage, first.organisation))


@view.on(resubmission.CaseResubmitted, OutcomeSetAside)
def _resubmitted(fact: Fact, page: Page) -> None:
    dossier = _dossier(fact, page)
    organisation = next(
        (each.organisation for each in dossier.chain if each.stage == fact["resume_stage"]), ""
    )
    page.rows(trails).put(trail_at(fact, dossier, fact["resume_stage"], organisation))


@view.on(
    handler_opinion.HandlerOpinionGiven,
    leader_decision.LeaderApproved,
    leader_decision.CaseNotAccepted,
    leader_decision.CaseRejected,
    returning.CaseReturned,
)
def _acted(fact: Fact, page: Page) -> None:
    row = page.rows(trails).get(fact.stream, fact["stage"], fact["organisation"], fact["round"])
    if row is None:  # nobody should act where the case is not; it is shown all the same
        row = trail_at(fact, _dossier(fact, page), fact["stage"], fact["organisation"])
    _note(row, fact, page)


@view.on(
    judgement.JudgementRecorded,
    VotesRecorded,
    PublicityOpened,
    RescissionProposed,
)
def _did(fact: Fact, page: Page) -> None:
    """An act in a seat of the organisation that is no review, noted where it was last at work."""
    at_home = [
        row for row in page.rows(trails).of(fact.stream) if row.organisation == fact["organisation"]
    ]
    if at_home:
        _note(max(at_home, key=lambda row: row.entered), fact, page)


@view.on(AmendmentProposed, EntryAmended)
def _amended(fact: Fact, page: Page) -> None:
    """A posting or a vote is amended at a stage; papers and fees belong to none."""
    if fact["says"]["posted"] or fact["says"]["voted"]:
        _did(fact, page)


@view.on(OpinionTakenBack)
def _taken_back(fact: Fact, page: Page) -> None:
    """The opinion no longer counts; whoever gave it stays who handled."""
    for row in page.rows(trails).of(fact.stream):
        if any(act.version == fact["opinion"] for act in row.acts):
            row.acts = _without(row, fact["opinion"])
            _note(row, fact, page)


@view.on(ActRescinded)
def _rescinded(fact: Fact, page: Page) -> None:
    """The act no longer counts, and the case is again where it was done; nobody acted since."""
    rows = page.rows(trails)
    all_rows = rows.of(fact.stream)
    slipped = [each for each in all_rows if any(a.version == fact["act"] for a in each.acts)]
    for row in all_rows:
        if row.left is None and row not in slipped:
            rows.remove(row.case, row.stage, row.organisation, row.round)
    for row in slipped:
        row.acts = _without(row, fact["act"])
        row.left = row.ended_by = None
        _note(row, fact, page)


@view.on(
    next_stage.CaseForwarded,
    next_stage.TitleRecognised,
    next_stage.CaseReferredUp,
    withdrawal.CaseWithdrawn,
    lapse.CaseLapsed,
    ending.ApplicantDisqualified,
    RejectedByVote,
    ReturnedOnObjection,
    RejectedOnObjection,
)
def _left(fact: Fact, page: Page) -> None:
    rows = page.rows(trails)
    all_rows = rows.of(fact.stream)
    for row in all_rows:
        if row.left is None:
            leave(row, fact)
            judge(row, all_rows, same(page), acted=False)
            rows.put(row)
    if fact.topic == next_stage.CaseForwarded.topic:
        dossier = _dossier(fact, page)
        rows.put(trail_at(fact, dossier, fact["to_stage"], fact["organisation"]))


@view.on(StageTakenOver)
def _taken_over(fact: Fact, page: Page) -> None:
    """The stage begins anew at another organisation, where the case is there."""
    dossier, rows = _dossier(fact, page), page.rows(trails)
    dossier.chain = handed_on(dossier.chain, fact)
    dossier.former = (*dossier.former, Former(fact["stage"], fact["from_organisation"]))
    page.rows(dossiers).put(dossier)
    all_rows = rows.of(fact.stream)
    for row in all_rows:
        if row.left is None and row.stage == fact["stage"]:
            leave(row, fact)
            judge(row, all_rows, same(page), acted=False)
            rows.put(row)
            rows.put(trail_at(fact, dossier, fact["stage"], fact["to_organisation"]))


@view.on(PersonsLinked)
def _linked(fact: Fact, page: Page) -> None:
    link(fact, page)
    _correct(same(page).circle(fact.stream), page)


@view.on(PersonsUnlinked)
def _unlinked(fact: Fact, page: Page) -> None:
    before = same(page).circle(fact.stream)
    unlink(fact, page)
    _correct(before, page)


def _without(row: Trail, act: int) -> tuple[Act, ...]:
    """The acts of a row, of which one counts no more."""
    return tuple(replace(each, counts=False) if each.version == act else each for each in row.acts)


def _note(row: Trail, fact: Fact, page: Page) -> None:
    """Add an act to a row, and judge it; the marks of other rows of the case may change, too."""
    rows = page.rows(trails)
    row.acts = (*row.acts, act_of(fact))
    leave(row, fact)
    rows.put(row)
    for each in judge(row, rows.of(fact.stream), same(page), acted=True):
        if each is not row:
            rows.put(each)
    if fact.person:
        page.rows(reviewers).put(Reviewer(fact.stream, fact.person))


def _correct(persons: set[str], page: Page) -> None:
    """Judge the cases of some persons anew; what was found as then stays."""
    found = page.written(reviewers).execute(
        f'SELECT DISTINCT "case" FROM {reviewers.stored} WHERE person = ANY (%s) ORDER BY "case"',
        (sorted(persons),),
    )
    rows = page.rows(trails)
    for (stream,) in found.fetchall():
        all_rows = rows.of(stream)
        for row in all_rows:
            judge(row, all_rows, same(page), acted=False)
            rows.put(row)


def _dossier(fact: Fact, page: Page) -> Dossier:
    dossier = page.rows(dossiers).get(fact.stream)
    if dossier is None:
        msg = "an event of a case that was never opened"
        raise LookupError(msg)
    return dossier


def of_case(connection: Connection[Any], case_id: str) -> list[Trail]:
    """The trail of a case in the order in which it came to its stages."""
    return trails.select(connection, 'WHERE "case" = %s ORDER BY entered, stage', (case_id,))


def found(scope: Scope, *, verdicts: Sequence[str] = ("SAME", "INCOMPLETE")) -> Gathered[Trail]:
    """Rows that did not pass, with one of these verdicts as then or as corrected, newest first."""
    where = f"({_FOUND} AND (verdict = ANY (%s) OR corrected = ANY (%s)))"
    return _listed((where, [list(verdicts)] * 2), scope)


def cross_level(scope: Scope) -> Gathered[Trail]:
    """Rows of persons who acted at two levels of one case, the newest first."""
    return _listed(("(cross_level OR cross_level_corrected)", []), scope)


def _listed(condition: Condition, scope: Scope) -> Gathered[Trail]:
    conditions = [case_scope.seen(scope, 'separation."case"'), condition]
    place = ("entered", "stage")

    def theirs(connection: Connection[Any]) -> Listing[Trail]:
        named = among('separation."case"', few_cases(connection, scope))
        return listing(trails, [named, *conditions], place)

    return asked_first(theirs, place)
