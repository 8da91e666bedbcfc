"""What applicants may try, and the timekeeper when they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.acts import case, publicity
from bench.town import papers
from bench.town.chance import MOSTLY, ONCE_IN_FOUR, a_case, one, somebody_as
from domain.case.phase import Draft, Returned, UnderPublicity, UnderReview

if TYPE_CHECKING:
    from bench.town.town import Choose, Town
    from domain.case.application import Application


def a_case_is_opened(town: Town, choose: Choose) -> None:
    """Somebody begins a case with an employer and states the claims."""
    if sum(each.is_open for each in town.cases.values()) >= town.open_cases:
        return
    employers = town.employers
    free = _free(town, employers)
    likely = bool(free) and choose(MOSTLY)
    account = choose(free if likely else tuple(town.accounts))
    own = town.accounts[account].organisation
    employer = own if own is not None and choose(MOSTLY) else choose(employers)
    open_case(town, account, employer, papers.SHORTER, choose(papers.SERIES))


def open_case(
    town: Town, account: str, employer: str, application: Application, series: str
) -> None:
    """Somebody opens a case through an account, and states their claims."""
    answer = town.act(
        town.acting(account),
        case.OPEN,
        "",
        employer=employer,
        pack=town.pack,
        series=series,
        specialty="数学",
        level="assistant",
        channel="online",
    )
    opened = answer.stream_of("case:opened:1")
    town.act(town.acting(account), case.STATE, opened, application=application)


def _free(town: Town, employers: tuple[str, ...]) -> tuple[str, ...]:
    """Accounts of employers' staff who hold no seat, and have neither a title nor a case."""
    busy = {a.person for each in town.organisations for a in town.seats_of(each).appointments}
    for it in town.cases.values():
        if it.is_open or it.in_outcome:
            busy.add(it.applicant)
    return tuple(
        name
        for name, each in town.accounts.items()
        if each.organisation in employers and each.person not in busy
    )


def an_application_is_amended(town: Town, choose: Choose) -> None:
    """The claims are stated anew, the same or others."""
    for it in a_case(town, choose, Returned, Draft):
        by = town.acting(somebody_as(town, choose, it.applicant))
        town.act(by, case.STATE, it.case, application=choose(papers.APPLICATIONS))


def a_case_is_submitted(town: Town, choose: Choose) -> None:
    """The applicant files."""
    for it in a_case(town, choose, Draft):
        by = town.acting(somebody_as(town, choose, it.applicant))
        town.act(
            by,
            case.SUBMIT,
            it.case,
            declared_truthful=choose(MOSTLY),
            declared_unclassified=True,
        )


def a_case_is_resubmitted(town: Town, choose: Choose) -> None:
    """The applicant files the mended case, in time or not."""
    for it in a_case(town, choose, Returned):
        by = town.acting(somebody_as(town, choose, it.applicant))
        town.act(
            by,
            case.RESUBMIT,
            it.case,
            answers=papers.answers(it) if choose((*(True,) * 7, False)) else (),
            declared_truthful=True,
            declared_unclassified=choose(MOSTLY),
        )


def a_case_is_withdrawn(town: Town, choose: Choose) -> None:
    """The applicant gives up; most do not."""
    if choose(ONCE_IN_FOUR):
        for it in a_case(town, choose, Draft, UnderReview, Returned):
            by = town.acting(somebody_as(town, choose, it.applicant))
            town.act(by, case.WITHDRAW, it.case, reason=None)


def the_timekeeper_comes_by(town: Town, choose: Choose) -> None:
    """Whatever is due lapses or is closed; asked twice, it happens once."""
    due = (e for e in town.cases.values() if isinstance(e.phase, (Returned, UnderPublicity)))
    for it in one(choose, due):
        for _ in range(2):
            command = town.number("command")
            case.lapse(town.office, it.case, it.round, command, town.now)
            publicity.close(town.office, it.case, command, town.now)
