"""One question put to the law: facts as it finds them, the kind of case, the dates and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain import beijing
from domain.policy.case_types import FIRST, Kind, kind_of_case
from domain.policy.context import Context
from domain.policy.facts import Facts
from domain.policy.records import NotMentioned
from domain.policy.silent import DATES
from domain.policy.windows import batch_at
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.policy.layer import Layer

FILING_DAY = "filing.day"
REFERENCE_DAY = "reference.day"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What an assessment begins with.

    ``facts`` are those that were told, beside them how titles and educations compare; ``known``
    are those that count by the reference date. ``repeated`` is the kind of case of somebody who
    holds a title; ``pending`` says that an education is gained between filing and reference date.
    """

    facts: Facts
    known: Facts
    context: Context
    repeated: Kind | None
    pending: bool


def occasion_of(law: Layer, facts: Facts) -> Occasion:
    """The occasion of a question about these facts."""
    ranks = law.ranks
    told = ranks.beside(_counted_as(law, facts))
    repeated = kind_of_case(law.case_types.values(), told, ranks)
    context = _context(law, told, repeated)
    known, pending = _known(told, context)
    return Occasion(facts=told, known=known, context=context, repeated=repeated, pending=pending)


def context_of(law: Layer, facts: Facts) -> Context:
    """The dates and words for a question about a first case."""
    return _context(law, facts, None)


def _counted_as(law: Layer, facts: Facts) -> Facts:
    """The facts with what an education is treated like (视同)."""
    if isinstance(facts.education, NotMentioned):
        return facts
    known = (law.educations.get(each.level) for each in facts.education)
    alike = {each.id: each.counts_as for each in known if each and each.counts_as}
    if not alike:
        return facts
    listed = (replace(each, counts_as=alike.get(each.level)) for each in facts.education)
    return replace(facts, education=tuple(listed))


def _context(law: Layer, facts: Facts, repeated: Kind | None) -> Context:
    filed = _filed(law, facts)
    batch = facts.batch if isinstance(facts.batch, str) else None
    dated_here = not any(other.when.applies(facts) for other in law.silent_about(DATES))
    if batch is None and dated_here and not isinstance(facts.submitted_at, NotMentioned):
        batch = batch_at(law.windows.values(), facts, filed)
    stated = facts.reference_date
    known = law.batches.get(batch) if batch else None
    education_by = known.education_reference if known else None
    of_batch = known.reference if known else None
    reference = of_batch if law.years and law.years.reference == "batch" and of_batch else filed
    case_type, title, _ = repeated or (None, None, None)
    return Context(
        reference=stated if isinstance(stated, date) else reference,
        filed=filed,
        batch=batch,
        case_type=case_type.id if case_type else FIRST,
        supersedes=title.level if case_type and title and case_type.supersedes else None,
        borderline_days=law.years.borderline_days if law.years else 0,
        sum_margin_days=law.years.sum_margin_days if law.years else 0,
        needs_evidence=bool(law.years and law.years.evidence_required),
        counted_from=law.years.counted_from if law.years else "day",
        levels=law.levels,
        educations=law.educations,
        ranks=law.ranks,
        vacancy_form=law.vacancy_form,
        education_by=education_by,
    )


def _filed(law: Layer, facts: Facts) -> date:
    """The day of the filing; where it is not mentioned, the last on which one could file."""
    if not isinstance(facts.submitted_at, NotMentioned):
        return beijing.day(facts.submitted_at)
    closing = [
        window.closes
        for window in law.windows.values()
        if window.closes
        if isinstance(facts.batch, NotMentioned) or window.batch == facts.batch
    ]
    return max(closing, default=law.header.issued_on or date.max)


def _known(facts: Facts, context: Context) -> tuple[Facts, bool]:
    """Only what is gained by the reference date counts; what is gained after filing is awaited.

    Beside it the days of the filing and of the reference date, which packs may compare with.
    """
    days = {FILING_DAY: context.filed, REFERENCE_DAY: context.reference}
    facts = replace(facts, named={**facts.named, **days})
    if isinstance(facts.education, NotMentioned):
        return facts, False
    until = context.education_by or context.reference
    counted = tuple(
        each for each in facts.education if (each.awarded or each.entered or date.min) <= until
    )
    pending = any(each.awarded and each.awarded > context.filed for each in counted)
    return replace(facts, education=counted), pending
