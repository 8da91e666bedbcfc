"""Indicators of separation (职责分离提示): ``/v1/indicators``, for auditors and inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.vocabularies import SIGNS
from projections import indicators

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

blueprint = Blueprint(
    "indicators",
    prefix="/v1/indicators",
    description="职责分离提示（并非结论） / two persons' acts from one device or at once",
)


class IndicatorsQuery(PageQuery):
    """What the list is narrowed to: one case or other stream, one sign."""

    subject = fields.String(load_default=None, validate=Length(1, 80))
    sign = Word(SIGNS, load_default=None)


class IndicatorSchema(AnswerSchema):
    """Two acts of a stream, by their versions; no finding, and nothing is wrong because of it."""

    position = fields.Integer(required=True)
    subject = fields.String(required=True)
    organisation = fields.String(required=True)
    stage = fields.String(required=True, allow_none=True)
    round = fields.Integer(required=True, allow_none=True)
    first = fields.Integer(required=True)
    first_account = fields.String(required=True)
    first_person = fields.String(required=True)
    second = fields.Integer(required=True)
    second_account = fields.String(required=True, allow_none=True)
    second_person = fields.String(required=True, allow_none=True)
    signs = fields.List(fields.String(), required=True)
    seconds = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)


class IndicatorsSchema(CountedSchema):
    """A page of indicators, the newest first."""

    indicators = fields.List(fields.Nested(IndicatorSchema), required=True)


@blueprint.get("")
@blueprint.arguments(IndicatorsQuery, location="query")
@blueprint.response(200, IndicatorsSchema)
def list_indicators(query: dict[str, Any]) -> Answered:
    """List what two persons' acts have in common, the newest first."""
    narrowing = {name: query[name] for name in ("subject", "sign")}
    page, count, link = listed(indicated(acting(), **narrowing), query)
    return {"indicators": page, "count": count}, 200, link


def indicated(who: Acting, **narrowing: str | None) -> Listing[indicators.Indicator]:
    """Indicators in the caller's charge. Raises the problem ``FORBIDDEN``."""
    return indicators.found(scope_to_read(Act.READ_FINDINGS, who), **narrowing)
