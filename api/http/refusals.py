"""What was refused and recorded (已拦截): ``/v1/refusals``, for auditors and inspectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields
from marshmallow.validate import Regexp

from api.access import Act
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import opened, shows
from api.http.vocabularies import REFUSAL_KINDS
from api.http.words import optional_stream
from projections import refusals
from projections.refusals import Refusal

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Listing

blueprint = Blueprint("refusals", prefix="/v1/refusals", description="已拦截 / recorded refusals")

REFUSAL_CODE = Regexp(r"^[A-Z][A-Z0-9_]{0,59}$(?!\n)")
"""How the code of a refusal is written; which there are grows with every pack."""


class RefusalsQuery(PageQuery):
    """What the list is narrowed to."""

    kind = Word(REFUSAL_KINDS, load_default=None)
    case = optional_stream("case")
    code = fields.String(load_default=None, validate=REFUSAL_CODE)


@shows(
    Refusal,
    "position kind act at case person organisation stage seat codes rules explanation by"
    " by_account",
)
class RecordedRefusalSchema(AnswerSchema):
    """A check that did not pass, which is no misconduct; ``explanation`` may say why."""


@lists(
    blueprint,
    "Refusals",
    RefusalsQuery,
    refusals=RecordedRefusalSchema,
    shown=lambda _, page: opened(page, "explanation"),
)
def list_refusals(who: Acting, query: Query) -> Listing[Refusal]:
    """List the filings and the acts that were refused and recorded, the newest first."""
    narrowing = {name: query[name] for name in ("kind", "case", "code")}
    return refusals.visible(scope_to_read(Act.READ_REFUSALS, who), **narrowing)
