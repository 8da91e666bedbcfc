"""What was refused and recorded (已拦截): ``/v1/refusals``, for auditors and inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Regexp

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.showing import words
from api.http.vocabularies import REFUSAL_KINDS
from api.http.words import optional_stream
from api.services import services
from projections import refusals

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from domain.personal import Personal
    from projections.fact import Sealed
    from projections.listing import Listing
    from projections.refusals import Refusal

blueprint = Blueprint("refusals", prefix="/v1/refusals", description="已拦截 / recorded refusals")

REFUSAL_CODE = Regexp(r"^[A-Z][A-Z0-9_]{0,59}$(?!\n)")
"""How the code of a refusal is written; which there are grows with every pack."""


class RefusalsQuery(PageQuery):
    """What the list is narrowed to."""

    kind = Word(REFUSAL_KINDS, load_default=None)
    case = optional_stream("case")
    code = fields.String(load_default=None, validate=REFUSAL_CODE)


class RecordedRefusalSchema(AnswerSchema):
    """A check that did not pass, which is no misconduct; ``explanation`` may say why."""

    position = fields.Integer(required=True)
    kind = fields.String(required=True)
    act = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    case = fields.String(required=True, allow_none=True)
    person = fields.String(required=True)
    organisation = fields.String(required=True)
    stage = fields.String(required=True, allow_none=True)
    seat = fields.String(required=True, allow_none=True)
    codes = fields.List(fields.String(), required=True)
    rules = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    by_account = fields.String(required=True, allow_none=True)


class RefusalsSchema(CountedSchema):
    """A page of refusals, the newest first."""

    refusals = fields.List(fields.Nested(RecordedRefusalSchema), required=True)


@blueprint.get("")
@blueprint.arguments(RefusalsQuery, location="query")
@blueprint.response(200, RefusalsSchema)
def list_refusals(query: dict[str, Any]) -> Answered:
    """List the filings and the acts that were refused and recorded, the newest first."""
    narrowing = {name: query[name] for name in ("kind", "case", "code")}
    page, count, link = listed(refused(acting(), **narrowing), query)
    sealed = [row.explanation for row in page if row.explanation is not None]
    opened = dict(zip(sealed, services().record.opened(sealed), strict=True))
    return {"refusals": [_row(row, opened) for row in page], "count": count}, 200, link


def refused(who: Acting, **narrowing: str | None) -> Listing[Refusal]:
    """What was refused in the caller's charge. Raises the problem ``FORBIDDEN``."""
    return refusals.visible(scope_to_read(Act.READ_REFUSALS, who), **narrowing)


def _row(row: Refusal, opened: dict[Sealed, Personal]) -> dict[str, Any]:
    explanation = row.explanation
    return {
        "position": row.position,
        "kind": row.kind,
        "act": row.act,
        "at": row.at,
        "case": row.case,
        "person": row.person,
        "organisation": row.organisation,
        "stage": row.stage,
        "seat": row.seat,
        "codes": row.codes,
        "rules": row.rules,
        "explanation": None if explanation is None else words(opened[explanation], visible=True),
        "by": row.by,
        "by_account": row.by_account,
    }
