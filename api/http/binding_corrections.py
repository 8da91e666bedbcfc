"""Documents bound to the wrong person: ``/v1/binding-corrections``, by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validates_schema

from api.access import Act, permitted
from api.acts import binding_correction
from api.acts.binding_correction import CORRECTION
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.http.accounts import DocumentBody
from api.http.acting import posts
from api.http.lists import Query, lists, scope_to_read
from api.http.masking import masked_number, words
from api.http.person_links import ProposalsQuery
from api.http.rows import members, shows
from api.http.things import SeenSchema, as_read, reads
from api.http.word_fields import optional_stream
from domain.person.binding_correction import Rebinding, RebindingProposed
from projections import binding_corrections

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Gathered

blueprint = Blueprint(
    "binding-corrections",
    prefix="/v1/binding-corrections",
    description="证件绑定更正 / documents bound to the wrong person",
)


class CorrectionBody(Body):
    """Which document, whose it is, and on what evidence.

    Either a person whom the record knows, or the name of somebody whom it does not.
    """

    document = fields.Nested(DocumentBody)
    person = optional_stream("person")
    name = Text(load_default=None, longest=100)
    evidence = Text(longest=2000)

    @validates_schema
    def _names_one(self, data: dict[str, Any], **_: object) -> None:
        if (data.get("person") is None) == (data.get("name") is None):
            raise ValidationError(["person"], "person")


@shows(RebindingProposed, "kind number holder rightful organisation evidence")
@shows(Rebinding, "proposer confirmed")
class CorrectionSchema(SeenSchema):
    """A proposed correction, and whether it was confirmed; the number is masked."""

    correction = fields.String(attribute="rebinding")


post = posts(blueprint, CORRECTION)
post("", binding_correction.PROPOSE, CorrectionBody)
post("/<rebinding_id>/confirmations", binding_correction.CONFIRM)


@reads(blueprint, "/<rebinding_id>", CORRECTION, CorrectionSchema)
def read(seen: Seen[Rebinding]) -> dict[str, Any]:
    """Read a proposed correction, as one of its organisation or as one who watches over it."""
    proposed = seen.state.proposed
    # its evidence is for its own officers
    visible = permitted(Act.CONFIRM_LINK, seen.desk.acting.roles, seen.relations)
    return members(
        proposed,
        number=masked_number(proposed.number.text),
        evidence=words(proposed.evidence, visible=visible),
    )


@lists(
    blueprint,
    "Corrections",
    ProposalsQuery,
    corrections=CorrectionSchema,
    shown=as_read(read, "rebinding"),
)
def list_corrections(who: Acting, query: Query) -> Gathered[binding_corrections.Rebinding]:
    """List the proposed corrections of one's organisation or in one's charge."""
    return binding_corrections.visible(
        scope_to_read(Act.READ_LINK, who), waiting=not query["settled"]
    )
