"""Lists of cases: ``GET /v1/cases``, narrowed by what cases are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import Schema, fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.standing import scope_for
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import acting
from api.http.lists import Query, paged
from api.http.rows import nested, shows
from api.http.vocabularies import PHASES
from api.http.words import optional_stream, phase_field
from api.problems import FieldError, Problem
from api.services import services
from projections import parties
from projections.status import CaseStatus

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.http.acting import Answered
    from projections.listing import Gathered

blueprint = Blueprint("case-list", prefix="/v1/cases", description="申报列表 / lists of cases")
_NARROWING = ("phase", "pack", "stage", "series", "level", "batch", "employer", "flag")


def _filter() -> fields.String:
    return fields.String(load_default=None, validate=Length(1, 80))


class CasesQuery(PageQuery):
    """What the list is narrowed to.

    ``pack``, ``stage``, ``level`` and ``batch`` are words of the packs; ``series`` is as the
    applicant wrote it, and ``flag`` as whoever marked the case called it.
    """

    phase = Word(PHASES, load_default=None)
    pack = _filter()
    stage = _filter()
    series = _filter()
    level = _filter()
    batch = _filter()
    employer = optional_stream("organisation")
    flag = _filter()


@shows(
    CaseStatus,
    "case number applicant employer pack series specialty level round stage organisation seat batch"
    " flags due_at certificate version changed_at",
)
class CaseRowSchema(Schema):
    """A case in a list: where it stands, and nothing about people but ids."""

    phase = phase_field()


class CasesSchema(Schema):
    """A page of cases, the newest first."""

    cases = nested(CaseRowSchema)


@blueprint.get("")
@blueprint.arguments(CasesQuery, location="query")
@blueprint.response(200, CasesSchema)
def list_cases(query: Query) -> Answered:
    """List the cases that the caller may read, the newest first."""
    page, link = paged(found_cases(acting(), query), query)
    if not page:
        refuse_unknown_words(query)
    return {"cases": page}, 200, link


def found_cases(who: Acting, query: Query) -> Gathered[CaseStatus]:
    """The cases that the caller may read, narrowed by what the query names."""
    scope = scope_for(Act.READ_CASE, services().office.desk(who))
    return parties.visible(scope, parties.Narrowing(**{name: query[name] for name in _NARROWING}))


def refuse_unknown_words(narrowing: dict[str, str | None]) -> None:
    """Say which words no law here knows, where a list that they narrow is empty.

    A word of a law that is here no more still finds its cases.
    Raises the problem ``FIELDS_REFUSED``.
    """
    errors = [
        FieldError(
            f"/query/{name}",
            f"应为下列之一：{'、'.join(sorted(known))}。",
            f"Must be one of: {', '.join(sorted(known))}.",
        )
        for name, known in services().office.laws.vocabularies().items()
        if narrowing[name] is not None and narrowing[name] not in known
    ]
    if errors:
        raise Problem("FIELDS_REFUSED", errors=errors)
