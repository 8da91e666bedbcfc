"""Lists of cases: ``GET /v1/cases``, narrowed by what cases are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.standing import scope_for
from api.conventions.blueprint import Blueprint
from api.conventions.paging import PageQuery, link_to_next, place_of
from api.conventions.vocabulary import Word
from api.http.acting import acting
from api.http.vocabularies import PHASES
from api.http.words import optional_stream, phase_field
from api.problems import FieldError, Problem
from api.services import services
from projections import parties

if TYPE_CHECKING:
    from projections.status import CaseStatus

blueprint = Blueprint("case-list", prefix="/v1/cases", description="申报列表 / lists of cases")


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


class CaseRowSchema(Schema):
    """A case in a list: where it stands, and nothing about people but ids."""

    case = fields.String(required=True)
    number = fields.String(required=True)
    applicant = fields.String(required=True)
    employer = fields.String(required=True)
    pack = fields.String(required=True)
    series = fields.String(required=True)
    specialty = fields.String(required=True)
    level = fields.String(required=True)
    phase = phase_field()
    round = fields.Integer(required=True)
    stage = fields.String(required=True, allow_none=True)
    organisation = fields.String(required=True, allow_none=True)
    seat = fields.String(required=True, allow_none=True)
    batch = fields.String(required=True, allow_none=True)
    flags = fields.List(fields.String(), required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    certificate = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    changed_at = fields.AwareDateTime(required=True)


class CasesSchema(Schema):
    """A page of cases, the newest first."""

    cases = fields.List(fields.Nested(CaseRowSchema), required=True)


@blueprint.get("")
@blueprint.arguments(CasesQuery, location="query")
@blueprint.response(200, CasesSchema)
def list_cases(query: dict[str, Any]) -> tuple[dict[str, list[CaseStatus]], int, dict[str, str]]:
    """List the cases that the caller may read, the newest first."""
    limit, place = query.pop("limit"), place_of(query.pop("cursor"))
    scope = scope_for(Act.READ_CASE, services().office.deliberate(acting()))
    with services().views.connection() as connection:
        found = parties.visible(
            connection,
            scope,
            parties.Narrowing(**query),
            before=None if place is None else str(place[0]),
            limit=limit + 1,
        )
    if not found:
        refuse_unknown_words(query)
    page = found[:limit]
    following = (page[-1].case,) if len(found) > limit else None
    return {"cases": page}, 200, link_to_next(following)


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
