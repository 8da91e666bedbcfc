"""Every filing on record judged under a draft of the law, and under its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from api.access import Act
from api.acts import competence, relation, window_extension
from api.acts.desk import known
from api.acts.edition import EDITION
from api.acts.seats import seats_at_home
from api.acts.thing import read
from api.acts.vacancy_form import form_of
from api.law.library import edition_of
from api.law.proposed import change
from api.problems import Problem
from domain import beijing
from domain.area import covers
from domain.case.facts import about, facts
from domain.case.filing import CaseSubmitted
from domain.case.impact import Impact, at_filing, judged
from domain.case.law_answer import ask
from domain.law.events import Edition, EditionKind
from domain.policy.law import Law
from domain.policy.loader import Document
from domain.policy.succeeding import moved, year_of
from domain.separation import HANDLER, LEADER
from domain.single_events import FilingRefused
from projections.filings import Filing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from api.acts.acting import Acting
    from api.acts.desk import Desk
    from api.law.book import LawBook
    from api.law.library import Layers
    from api.office import Office
    from audit.record import Record
    from domain.case.facts import About
    from domain.case.impact import Judged
    from domain.case.state import Case
    from domain.organisation.state import Organisation

_PAGE = 1000
_TOGETHER = 100
"""How many filings are judged at one look at the record, which remembers what it read."""
_FILINGS = {CaseSubmitted.topic, FilingRefused.topic}


@dataclass(frozen=True)
class Draft:
    """An edition that is no law yet, and the law that it would be in its own place."""

    edition: Edition
    law: Law

    @classmethod
    def of(cls, law: Law) -> Draft:
        """The draft that the topmost text of a law is."""
        texts = tuple(Document(*each) for each in law.texts)
        return cls(edition_of(texts[1:] or texts), law)

    def instead_of(self, own: Law, employer: Organisation, laws: LawBook) -> Law | None:
        """What would be law in the place of that under which somebody filed through an employer.

        None where that one would stay, because the draft is of another place or procedure.
        Raises the problem ``LAW_UNREADABLE`` where it does not read over the draft.
        """
        edition, area = self.edition, employer.area
        if edition.kind is EditionKind.DEFAULT:
            above = (digest for _, digest in own.layers[1:])
            return _read(laws, (*edition.documents, *above))
        wider = covers(own.jurisdiction, edition.jurisdiction)
        same = own.whole.header.procedure == self.law.whole.header.procedure
        return self.law if same and wider and covers(edition.jurisdiction, area) else None


def _read(laws: LawBook, layers: Layers) -> Law:
    found = laws.library.law(layers)
    if not isinstance(found, Law):
        raise Problem("LAW_UNREADABLE")
    return found


def draft_for(office: Office, acting: Acting, edition: str) -> Draft:
    """An edition, for who may ask what it would change.

    Raises the problem ``NOT_FOUND`` also where it is no law by itself or does not read,
    ``FORBIDDEN`` to whom may not or holds no seat, ``WITHOUT_POWER``.
    """
    seen = read(office, acting, EDITION, edition, Act.READ_IMPACT)
    desk = office.desk(acting)
    competence.require(desk, (Act.READ_IMPACT,), seen.relations, EDITION.concern(desk, seen.state))
    if not seats_at_home(desk, HANDLER, LEADER):
        raise Problem("FORBIDDEN")
    found = known(change(desk.laws, seen.state))
    return Draft(found.edition, found.after)


def filings(
    record: Record, year: int | None, progress: Callable[[int], None] = lambda _: None
) -> tuple[Filing, ...]:
    """Every filing on record, of one year in Beijing or of all, in the order of the record.

    It asks no view: whoever reads a record by the command line may keep none.
    """
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
    office: Office, draft: Draft, every: Iterable[Filing]
) -> Iterator[tuple[Filing, Impact | None]]:
    """Each of these filings that a draft concerns, under both laws.

    None for one whose application or law can't be read any more.
    """
    for together in shares(every):
        desk = office.desk()
        read_together(desk, together)
        for each in together:
            try:
                instead = _instead(desk, draft, each)
            except Problem:  # LAW_UNREADABLE or POLICY_UNKNOWN
                yield each, None
                continue
            if instead is not None:
                yield each, impact(desk, instead, each)


def shares(every: Iterable[Filing]) -> Iterator[list[Filing]]:
    """Filings in shares, each of which is judged at one look at the record."""
    left = iter(every)
    while share := list(islice(left, _TOGETHER)):
        yield share


def read_together(desk: Desk, every: Iterable[Filing]) -> None:
    """Read at once what most filings rest on: their cases, applicants and employers."""
    streams = [each.case for each in every]
    desk.read_together(streams)
    cases = [case for case in map(desk.case, streams) if case is not None]
    desk.read_together(each for case in cases for each in (case.applicant, case.employer))


def _instead(desk: Desk, draft: Draft, filing: Filing) -> Law | None:
    case = desk.case(filing.case)
    if case is None:
        return None
    return draft.instead_of(desk.law_of(case), relation.registered(desk, case), desk.laws)


def impact(desk: Desk, draft: Law, filing: Filing) -> Impact | None:
    """A filing under both laws; None where its application can't be read any more.

    The draft's windows and batches are moved to the year of the filing's own law: whoever files on
    a day of one year is judged as on that day of the other.
    """
    case = desk.case(filing.case)
    if case is None or case.application is None:
        return None
    own, employer = desk.law_of(case), relation.registered(desk, case)
    told = at_filing(about(case, employer, desk.circle(case.applicant)), filing.at)
    years = (year_of(draft.id) or 0) - (year_of(own.id) or 0)
    form = form_of(desk, own, case.employer)

    def under(law: Law) -> Judged:
        answer = ask(
            law,
            told,
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
        before=under(_extended(desk, own, case, told, filing.at)),
        after=under(moved(draft, -years)),
    )


def _extended(desk: Desk, own: Law, case: Case, of: About, filed_at: datetime) -> Law:
    """The law of a filing, with its windows as they were extended for it."""
    if case.chain:
        return window_extension.extended(own, window_extension.of_case(desk, own, case))
    told, day = facts(of, own, filed_at), beijing.day(filed_at)
    persons = [each.person for each in of.applicant]
    granted = window_extension.before_filing(desk, own, told, of.employer, persons, day)
    return window_extension.extended(own, granted)


def _in_year_of(own: Law, law: Law, batch: str | None) -> str | None:
    """What a batch is called under the law of a filing, where its name has its year in it."""
    return batch and batch.replace(str(year_of(law.id)), str(year_of(own.id)))
