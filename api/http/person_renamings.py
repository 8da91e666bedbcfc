"""Persons whose name changed: ``/v1/person-renamings``, by a document, by two officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts import person_renaming
from api.acts.person_renaming import RENAMING, Proof
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import NAME_PROOFS
from api.http.lists import Query, lists, scope_to_read
from api.http.masking import masked_number, words
from api.http.person_links import ProposalsQuery
from api.http.person_names import KnownAsSchema, known_as
from api.http.rows import members, shows
from api.http.things import SeenSchema, as_read, reads
from api.http.word_fields import stream
from domain.person.naming import names
from domain.person.person_renaming import Renaming, RenamingProposed
from projections import person_renamings

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Gathered

blueprint = Blueprint(
    "person-renamings",
    prefix="/v1/person-renamings",
    description="人员更名 / persons whose name changed",
)


class ProofBody(Body):
    """The document that shows the new name: of which kind, and its number."""

    makes = Proof
    kind = Word(NAME_PROOFS)
    number = Text(longest=100)


class PersonRenamingBody(Body):
    """Whose name, the new one, by which document, and from which day in Beijing it counts."""

    person = stream("person")
    name = Text(longest=100)
    proof = fields.Nested(ProofBody)
    effective_on = Day()


@shows(RenamingProposed, "person proof number effective_on organisation")
@shows(Renaming, "renaming proposer confirmed")
class RenamingSchema(KnownAsSchema, SeenSchema):
    """A proposed change, and whether it was confirmed; the number is masked.

    ``new_name`` is what was proposed; ``name`` and ``former_names`` are those of the person now.
    """

    new_name = fields.String()


post = posts(blueprint, RENAMING)
post("", person_renaming.PROPOSE, PersonRenamingBody)
post("/<renaming_id>/confirmations", person_renaming.CONFIRM)


@reads(blueprint, "/<renaming_id>", RENAMING, RenamingSchema)
def read(seen: Seen[Renaming]) -> dict[str, Any]:
    """Read a proposed change, as one of its organisation or as one who watches over it."""
    proposed = seen.state.proposed
    return members(
        proposed,
        new_name=words(proposed.name, visible=True),
        number=masked_number(proposed.number.text),
    ) | known_as(names(seen.desk.history(proposed.person).events))


@lists(
    blueprint,
    "Renamings",
    ProposalsQuery,
    renamings=RenamingSchema,
    shown=as_read(read, "renaming"),
)
def list_renamings(who: Acting, query: Query) -> Gathered[person_renamings.Renaming]:
    """List the proposed changes of one's organisation or in one's charge."""
    return person_renamings.visible(
        scope_to_read(Act.READ_RENAMING, who), waiting=not query["settled"]
    )
