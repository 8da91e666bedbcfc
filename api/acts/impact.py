"""Every filing on record judged under a draft of the law, and under its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from api.acts import extension, standing
from api.acts.vacancy_form import form_of
from domain import beijing
from domain.case.facts import about, facts
from domain.case.filing import CaseSubmitted
from domain.case.impact import Impact, at_filing, judged
from domain.case.law_answer import ask
from domain.notes import FilingRefused
from domain.policy.succeeding import moved, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from api.acts.desk import Desk
    from api.office import Office
    from audit.record import Record
    from domain.case.facts import About
    from domain.case.impact import Judged
    from domain.case.state import Case
    from domain.policy.law import Law

_PAGE = 1000
_TOGETHER = 100
"""How many filings are judged at one look at the record, which remembers what it read."""
_FILINGS = {CaseSubmitted.topic, FilingRefused.topic}


@dataclass(frozen=True)
class Filing:
    """A case that somebody filed or tried to, and when: first taken, else last refused."""

    case: str
    at: datetime


def filings(
    record: Record, year: int | None, progress: Callable[[int], None] = lambda _: None
) -> tuple[Filing, ...]:
    """Every filing on record, of one year in Beijing or of all, in the order of the record."""
    found: dict[str, Filing] = {}
    taken: set[str] = set()
    after = 0
    while page := record.rows(after, _PAGE):
        for row in page:
            after, topic = row[0], row[3]
            if topic not in _FILINGS:
                continue
            recorded = record.recorded(row)
            event = recorded.event
            case = event.case if isinstance(event, FilingRefused) else recorded.stream
            if case is not None and case not in taken:
                found[case] = Filing(case, recorded.recorded_at)
                taken |= {case} if isinstance(event, CaseSubmitted) else set()
        progress(after)
    every = found.values()
    return tuple(e for e in every if year is None or beijing.day(e.at).year == year)


def survey(
    office: Office, draft: Law, every: Iterable[Filing]
) -> Iterator[tuple[Filing, Impact | None]]:
    """Each of these filings that a draft concerns, under both laws.

    None for one whose application can't be read any more.
    """
    for number, each in enumerate(every):
        if number % _TOGETHER == 0:
            desk = office.desk()
        case = desk.case(each.case)
        if case is not None and concerns(draft, desk.law_of(case)):
            yield each, impact(desk, draft, each)


def impact(desk: Desk, draft: Law, filing: Filing) -> Impact | None:
    """A filing under both laws; None where its application can't be read any more.

    The draft's windows and batches are moved to the year of the filing's own law: whoever files on
    a day of one year is judged as on that day of the other.
    """
    case = desk.case(filing.case)
    if case is None or case.application is None:
        return None
    own, employer = desk.law_of(case), standing.employer_of(desk, case.employer)
    known = about(case, employer, desk.circle(case.applicant), desk.following(case.applicant))
    known = at_filing(known, filing.at)
    years = (year_of(draft.id) or 0) - (year_of(own.id) or 0)
    form = form_of(desk, own, case.employer)

    def under(law: Law) -> Judged:
        answer = ask(
            law,
            known,
            filed_at=filing.at,
            present={each.kind for each in case.materials},
            vacancies=lambda batch: form(_in_year_of(own, law, batch)),
            calendar=desk.calendar,
        )
        return judged(answer)

    return Impact(
        case=case.case,
        applicant=case.applicant,
        filed_at=filing.at,
        before=under(_extended(desk, own, case, known, filing.at)),
        after=under(moved(draft, -years)),
    )


def _extended(desk: Desk, own: Law, case: Case, known: About, filed_at: datetime) -> Law:
    """The law of a filing, with its windows as they were extended for it."""
    if case.chain:
        return extension.extended(own, extension.of_case(desk, own, case))
    told, day = facts(known, own, filed_at), beijing.day(filed_at)
    persons = [each.person for each in known.applicant]
    granted = extension.before_filing(desk, own, told, known.employer, persons, day)
    return extension.extended(own, granted)


def _in_year_of(own: Law, law: Law, batch: str | None) -> str | None:
    """What a batch is called under the law of a filing, where its name has its year in it."""
    return batch and batch.replace(str(year_of(law.id)), str(year_of(own.id)))


def concerns(draft: Law, own: Law) -> bool:
    """Whether a draft would take the place of a law: it follows it, or is of its kind and place."""
    if draft.earlier:
        return own.id in {draft.id, *draft.earlier}
    mine, theirs = draft.whole.header, own.whole.header
    return (mine.jurisdiction, mine.procedure) == (theirs.jurisdiction, theirs.procedure)
