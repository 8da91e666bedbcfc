"""Who must not act in the seat for which a case waits, and who stands in there.

``barred`` are the persons who must not act in that seat: the applicant, whoever acted in the
opposite seat of the same organisation, or of one from which the stage was taken over, in
whatever round, whoever dealt with an objection to the case or investigated it, whoever filed it
for its applicant, and whoever is recused from it or may have to be.
Who is the same human being as a barred person is asked of ``projections.people``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.case import recusal
from projections.chain import Former
from projections.queue_rows import Asked, Substitute, Undecided, undecided
from projections.seats import HANDLER, LEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projections.fact import Fact
    from projections.page import Page
    from projections.queue_rows import Waiting

_OPPOSITE = {HANDLER: LEADER, LEADER: HANDLER}
RECUSING = frozenset(
    each.topic
    for each in (recusal.RecusalDeclared, recusal.RecusalAppliedFor, recusal.RecusalDecided)
)


def substitute_of(fact: Fact) -> Substitute:
    """Who was designated to stand in for a seat of a stage."""
    return Substitute(fact["stage"], fact["seat"], fact["person"], fact["account"], fact["home"])


def recuse(row: Waiting, fact: Fact, page: Page) -> None:
    """Somebody is recused, or may have to be until another seat has decided."""
    if fact.topic == recusal.RecusalAppliedFor.topic:
        seat = _OPPOSITE.get(fact["seat"], LEADER)
        asked = Asked(
            fact["application"], fact["stage"], fact["organisation"], seat, fact["person"]
        )
        row.applications = (*row.applications, asked)
        _await(row, asked, page)
        return
    declared = fact.topic == recusal.RecusalDeclared.topic
    key = "person" if declared else "application"
    over = [each for each in row.applications if getattr(each, key) == fact[key]]
    settle(row, over, page)
    if declared or fact["granted"]:
        row.recused = (*row.recused, fact["person"])


def _await(row: Waiting, asked: Asked, page: Page) -> None:
    page.rows(undecided).put(Undecided(asked.application, row.case, asked.organisation, asked.seat))


def take_over(row: Waiting, fact: Fact, page: Page) -> None:
    """Nobody stands in for the former organisation; recusals are decided at the new one."""
    stage, new = fact["stage"], fact["to_organisation"]
    row.former = (*row.former, Former(stage, fact["from_organisation"]))
    row.substitutes = tuple(each for each in row.substitutes if each.stage != stage)
    row.applications = tuple(
        replace(each, organisation=new) if each.stage == stage else each
        for each in row.applications
    )
    for each in row.applications:
        _await(row, each, page)


def settle(row: Waiting, over: Iterable[Asked], page: Page) -> None:
    """These applications wait for nobody any more."""
    gone = {each.application for each in over}
    row.applications = tuple(each for each in row.applications if each.application not in gone)
    for each in gone:
        page.rows(undecided).remove(each)


def name_persons(row: Waiting) -> None:
    """Say who stands in for the seat that is waited for, and who must not act in it."""
    standing_in = [
        each for each in row.substitutes if (each.stage, each.seat) == (row.stage, row.seat)
    ]
    row.substitute = standing_in[-1].person if standing_in else None
    row.substitute_account = standing_in[-1].account if standing_in else None
    across = _OPPOSITE.get(row.seat or "")
    houses = {row.organisation, *(e.organisation for e in row.former if e.stage == row.stage)}
    opposite = {
        each.person for each in row.acted if each.seat == across and each.organisation in houses
    }
    stayed = (*row.helpers, *row.recused, *(each.person for each in row.applications))
    row.barred = tuple(sorted({row.applicant, *opposite, *row.officers, *stayed}))
