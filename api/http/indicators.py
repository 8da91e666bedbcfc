"""Indicators of separation (职责分离提示): ``/v1/indicators``, for auditors and inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.vocabularies import SIGNS
from projections import indicators
from projections.indicators import Indicator

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


@shows(
    Indicator,
    "position subject organisation stage round first first_account first_person second"
    " second_account second_person signs seconds at",
)
class IndicatorSchema(AnswerSchema):
    """Two acts of a stream, by their versions; no finding, and nothing is wrong because of it."""


@lists(blueprint, "Indicators", IndicatorsQuery, indicators=IndicatorSchema)
def list_indicators(who: Acting, query: Query) -> Listing[Indicator]:
    """List what two persons' acts have in common, the newest first."""
    scope = scope_to_read(Act.READ_FINDINGS, who)
    return indicators.found(scope, subject=query["subject"], sign=query["sign"])
