"""Dealing with objections (异议): listed, read, screened, investigated, settled, erased.

What whoever raised one may do by their receipt stands in ``api.http.objections_handed_in``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from api.access import Act
from api.acts import handed_in_takeover, objection, words_erasure
from api.acts.addressee import dealing
from api.acts.guard import guard
from api.acts.objection import OBJECTION
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, DocumentNumber, Flag, Statement, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.act_operations import acts_of
from api.http.acting import Answered, acting, posts
from api.http.case_history import EventSchema, event_documents
from api.http.labels import DISPOSITIONS
from api.http.lists import Query, lists, scope_to_read
from api.http.public_files import handed_in
from api.http.rows import members, nested, shows
from api.http.takeovers import MatterTakeoverBody
from api.http.things import SeenSchema
from api.http.uploads import gives_file
from api.http.word_fields import optional_stream
from api.jobs.eraser import carry_out_at_once
from api.problems import Problem
from api.services import services
from projections import objections

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask import Response

    from api.acts.acting import Acting, Answer
    from api.acts.guard import Row
    from api.acts.thing import Seen
    from api.office import Office
    from audit.record import History
    from domain.objection.state import Objection
    from projections.listing import Gathered

blueprint = Blueprint("objections", prefix="/v1/objections", description="异议 / objections")


@shows(
    objections.Objection,
    "stream kind case about authority phase real_name identified files raised_at screen_by overdue"
    " version",
)
class ObjectionRowSchema(AnswerSchema):
    """One in a list; who objected and what was said is not here.

    ``about`` is the organisation that it is about, or about one of whose people; ``authority`` is
    the one that deals with it, null where none stands above whom it is about.
    """

    erasure = fields.String(
        allow_none=True, metadata={"description": "`asked`, `proposed`, `erased`, or `completed`."}
    )


class ObjectionSchema(SeenSchema):
    """An objection or complaint with its events, for those who deal with it."""

    stream = fields.String()
    masked = fields.Boolean(
        metadata={"description": "Whether its words are kept from who has a part in the case."}
    )
    events = nested(EventSchema)


class ScreeningBody(Body):
    """Whether it is admitted; where it is not, why."""

    admitted = Flag()
    reason = Statement(load_default=None)

    @validates_schema
    def _reasoned(self, body: dict[str, Any], **_: object) -> None:
        """Neither by leaving the reason out nor by giving one is anything decided."""
        if body["admitted"] != (body["reason"] is None):
            raise ValidationError(
                "不予受理须说明理由，受理则不填。 Only a refusal to admit gives a reason.", "reason"
            )


class IdentificationBody(Body):
    """By what the objector showed who they are; whom of the record that is, if anybody."""

    shown = Text(longest=500)
    person = optional_stream("person")


class ObjectionFindingsBody(Body):
    """What the first officer found, on which evidence."""

    findings = Statement()
    evidence = fields.List(Text(longest=80), load_default=list, validate=Length(0, 100))


class SettlementBody(Body):
    """Upheld with a disposition, or dismissed (null), under the number of the decision.

    ``answer`` is told to whoever objected, ``summary`` to the applicant.
    """

    disposition = Word(DISPOSITIONS, allow_none=True)
    decision = DocumentNumber()
    answer = Statement()
    summary = Statement()


@lists(
    blueprint,
    "Objections",
    PageQuery,
    objections=ObjectionRowSchema,
    shown=lambda who, page: [members(row, overdue=_overdue(row, who.today)) for row in page],
)
def list_objections(who: Acting, _query: Query) -> Gathered[objections.Objection]:
    """List what the caller's organisation deals with, or what is about offices that one watches.

    What is about an office is never shown to whoever belongs to it.
    """
    scope = scope_to_read(Act.READ_OBJECTION, who)
    return objections.visible(scope, dealing(services().office.desk(who)))


@blueprint.get("/<id('objection'):objection_id>")
@blueprint.response(200, ObjectionSchema)
def read(objection_id: str) -> Answered:
    """Read an objection, as one of those who deal with it."""
    return seen_document(*_seen(objection_id))


@blueprint.get("/<objection_id>/files/<file>/content")
@gives_file(blueprint)
def read_file(objection_id: str, file: str) -> Response:
    """Read a file that came with it, in its own media type."""
    return handed_in(shown(*_seen(objection_id)), file)


def _seen(objection_id: str) -> tuple[Seen[Objection], bool]:
    seen = read_thing(services().office, acting(), OBJECTION, objection_id)
    return seen, objection.masked(seen.desk, seen.state)


def shown(seen: Seen[Any], masked: bool) -> History:  # noqa: FBT001 -- as it was read
    """The history, for who may see its words and files; else the problem ``FORBIDDEN``."""
    if masked:
        raise Problem("FORBIDDEN")
    return seen.history


def seen_document(seen: Seen[Any], masked: bool) -> Answered:  # noqa: FBT001 -- as it was read
    """An objection or a complaint as whom it was read for may see it."""
    history = seen.history
    body = {
        "stream": history.stream,
        "version": history.version,
        "masked": masked,
        "events": event_documents(history.recorded, seen.names, visible=not masked),
        "acts": acts_of(seen, case_id=getattr(seen.state, "case", None)),
    }
    return body, 200, etag(history.version)


def _overdue(row: objections.Objection, today: date) -> bool:
    """Whether it was not screened in time: as flagged, or not flagged yet."""
    waits = row.phase == "raised" and row.screen_by is not None and today > row.screen_by
    return row.overdue or waits


class WordsErasureProposalBody(Body):
    """Why the words may go, on which legal basis."""

    basis = Text(longest=500)
    reason = Statement()


class WordsErasureOrderBody(Body):
    """The number of the decision."""

    decision = DocumentNumber()


def take_in(
    post: Callable[..., None],
    of: str,
    propose: Row[Any, Any] = words_erasure.PROPOSE,
    order: Row[Any, Any] = words_erasure.ORDER,
) -> None:
    """Let a resource take in both acts, beneath the address of one thing."""

    def carry_out(office: Office, who: Acting, stream: str, /, *, decision: str) -> Answer:
        answer = guard(office, who, order, stream, decision=decision)
        return carry_out_at_once(services(), answer)

    post(f"{of}/erasure-proposals", propose, WordsErasureProposalBody)
    post(f"{of}/erasure-orders", order, WordsErasureOrderBody, carry_out)


post = posts(blueprint, OBJECTION)
post("/<objection_id>/screenings", objection.SCREEN, ScreeningBody)
post("/<objection_id>/identifications", objection.IDENTIFY, IdentificationBody)
post("/<objection_id>/investigations", objection.INVESTIGATE, ObjectionFindingsBody)
post("/<objection_id>/settlements", objection.SETTLE, SettlementBody)
post("/<objection_id>/takeovers", handed_in_takeover.TAKE_OVER, MatterTakeoverBody)
take_in(post, "/<objection_id>")
