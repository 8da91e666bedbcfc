"""Moving to another employer (调动): ``/v1/moves``, asked for by whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts import move
from api.acts.move import MOVE
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Text
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import CONTRACT_PROOFS
from api.http.lists import Query, lists, scope_to_read
from api.http.masking import masked_number
from api.http.person_links import ProposalsQuery
from api.http.person_names import KnownAsSchema, known_as
from api.http.rows import picked, shows
from api.http.things import SeenSchema, as_read, reads
from api.http.word_fields import stream
from domain.account.move import Move, MoveAsked
from domain.person.naming import names
from projections import moves

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Gathered

blueprint = Blueprint("moves", prefix="/v1/moves", description="调动 / moving to another employer")


class MoveBody(Body):
    """To which employer."""

    organisation = stream("organisation")


class ReleaseBody(Body):
    """Since when they work there no more, and by which document; above, there has to be one."""

    ended_on = Day()
    proof = Word(CONTRACT_PROOFS, load_default=None)
    number = Text(load_default=None, longest=100)


@shows(MoveAsked, "account person leaves joins")
class MoveSchema(KnownAsSchema, SeenSchema):
    """Who moves, from where and to where, and what came of it; the number is masked.

    ``release_by`` is the last day in Beijing on which the employer that they leave releases them
    and no office above does. The organisations bear the names that they had at the last act.
    """

    move = fields.String()
    leaves_name = fields.String(allow_none=True)
    joins_name = fields.String()
    accepted = fields.Boolean()
    released = fields.Boolean()
    withdrawn = fields.Boolean()
    release_by = fields.Date(allow_none=True)
    released_by = fields.String(
        allow_none=True,
        metadata={"description": "The organisation that did: the employer, or an office above."},
    )
    ended_on = fields.Date(allow_none=True)
    proof = Word(CONTRACT_PROOFS, allow_none=True)
    number = fields.String(allow_none=True)


post = posts(blueprint, MOVE)
post("", move.ASK, MoveBody)
post("/<move_id>/acceptances", move.ACCEPT)
post("/<move_id>/releases", move.LET_GO, ReleaseBody)
post("/<move_id>/withdrawals", move.WITHDRAW)


@reads(blueprint, "/<move_id>", MOVE, MoveSchema)
def read(seen: Seen[Move]) -> dict[str, Any]:
    """Read a move, as whom it is about, or for one of the two employers."""
    asked, accepted, released = seen.state.asked, seen.state.accepted, seen.state.released
    then = seen.history.recorded[-1].position
    return dict(
        picked(asked, "account person leaves joins"),
        **known_as(names(seen.desk.history(asked.person).events)),
        leaves_name=None if asked.leaves is None else seen.names.called(asked.leaves, then).name,
        joins_name=seen.names.called(asked.joins, then).name,
        accepted=accepted is not None,
        released=released is not None,
        release_by=None if accepted is None else accepted.release_by,
        released_by=None if released is None else released.organisation,
        ended_on=None if released is None else released.ended_on,
        proof=None if released is None else released.proof,
        number=None
        if released is None or released.number is None
        else masked_number(released.number.text),
    )


@lists(
    blueprint,
    "Moves",
    ProposalsQuery,
    moves=MoveSchema,
    shown=as_read(read, "move"),
)
def list_moves(who: Acting, query: Query) -> Gathered[moves.Move]:
    """List one's own moves, and those from or to the employers whose accounts one manages."""
    return moves.visible(scope_to_read(Act.READ_MOVE, who), waiting=not query["settled"])
