"""What applicants may try, and the timekeeper when they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.town import papers
from bench.town.chance import MOSTLY, a_case
from domain.actor import SystemActor
from domain.case import commands as case
from domain.case import filing, publicity
from domain.case.phase import Draft, Returned, Suspended, UnderPublicity, UnderReview

if TYPE_CHECKING:
    from bench.town.town import Choose, Town

OPEN_CASES = 5
"""So few cases are open at a time that each of them gets somewhere."""
TIMEKEEPER = SystemActor("timekeeper")


def a_case_is_opened(town: Town, choose: Choose) -> None:
    """Somebody begins a case with the organisation of their account and states the claims."""
    if sum(each.is_open for each in town.cases.values()) >= OPEN_CASES:
        return
    seated = {a.person for each in town.organisations.values() for a in each.appointments}
    free = tuple(name for name, each in town.accounts.items() if each.person not in seated)
    likely = choose(MOSTLY)
    actor = town.actor(choose(free if free and likely else tuple(town.accounts)))
    name = town.number("case")
    command = case.OpenCase(
        number=name,
        applicant=actor.person,
        account=actor.account,
        employer=actor.organisation or "",
        law=papers.PACK,
        series="series",
        specialty="specialty",
        level="assistant",
        channel="online",
    )
    town.record(name, filing.open_case(command), actor)
    stating = case.StateApplication(application=papers.SHORTER)
    town.record(name, filing.state_application(town.cases[name], stating), actor)


def an_application_is_amended(town: Town, choose: Choose) -> None:
    """The claims are stated anew, the same or others."""
    for it in a_case(town, choose, Returned, Draft):
        command = case.StateApplication(application=choose(papers.APPLICATIONS))
        town.record(it.case, filing.state_application(it, command), town.actor(it.account))


def a_case_is_submitted(town: Town, choose: Choose) -> None:
    """The applicant files."""
    for it in a_case(town, choose, Draft):
        command = case.Submit(
            result=papers.answer(choose(("eligible", "undetermined")), town.now),
            obstacles=(),
            chain=choose(papers.CHAINS)(it.employer),
            declared_truthful=choose(MOSTLY),
            declared_unclassified=True,
            complete_by=None,
            complete_by_rules=(),
        )
        town.record(it.case, filing.submit(it, command), town.actor(it.account))


def a_case_is_resubmitted(town: Town, choose: Choose) -> None:
    """The applicant files the mended case, in time or not."""
    for it in a_case(town, choose, Returned):
        command = case.Resubmit(
            result=papers.answer(choose(("eligible", "undetermined")), town.now),
            obstacles=(),
            declared_truthful=True,
            declared_unclassified=True,
        )
        town.record(it.case, filing.resubmit(it, command, town.now), town.actor(it.account))


def a_case_is_withdrawn(town: Town, choose: Choose) -> None:
    """The applicant gives up; most do not."""
    for it in a_case(town, choose, Draft, UnderReview, Returned, Suspended):
        if not choose(MOSTLY):
            gone = filing.withdraw(it, case.Withdraw(reason=None))
            town.record(it.case, gone, town.actor(it.account))


def the_timekeeper_comes_by(town: Town, choose: Choose) -> None:
    """Whatever is due lapses or is closed; asked twice, it happens once."""
    for it in a_case(town, choose, Returned, UnderPublicity):
        for _ in range(2):
            now = town.cases[it.case]
            command = case.Lapse(round=it.round)
            town.record(it.case, filing.lapse(now, command, town.now), TIMEKEEPER)
            town.record(it.case, publicity.close_publicity(now, town.now), TIMEKEEPER)
