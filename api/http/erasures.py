"""Erasure of personal data (删除个人信息): ``/v1/erasures``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.erasure import APPROVE, ASK, DECLINE, ERASURE, ORDER, Concerned
from api.acts.guard import guard
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, acts_field, posts
from api.http.case_history import EventSchema, event_document
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.vocabularies import ERASABLE, ERASURE_PHASES
from api.http.words import word
from api.jobs.eraser import carry_out_at_once
from api.problems import Problem
from api.services import services
from projections import criticisms, erasures, investigations, objections, parties
from projections.catalogue import VIEWS
from projections.progress import wait_for
from projections.scope import Scope

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.office import Office
    from projections.erasures import Erasure
    from projections.listing import Listing

blueprint = Blueprint("erasures", prefix="/v1/erasures", description="删除个人信息 / erasures")
_LONGEST = 4000
_MOST = 1000
_SECONDS = 10.0
"""How long a decision waits for the views: what they don't know of can't stand in the way."""


class ErasureBody(Body):
    """Whom to erase, which of their words, on what legal basis, and who is to decide."""

    person = word()
    purposes = fields.List(Word(ERASABLE), required=True, validate=Length(1, 3))
    organisation = word()
    basis = Text(required=True, longest=500)
    reason = Text(required=True, longest=_LONGEST)


class ErasureApprovalBody(Body):
    """What the first officer found."""

    grounds = Text(required=True, longest=_LONGEST)


class ErasureOrderBody(Body):
    """The number of the decision."""

    decision = Text(required=True, longest=100)


class ErasureRefusalBody(Body):
    """Why it is declined, under the number of the decision."""

    decision = Text(required=True, longest=100)
    reason = Text(required=True, longest=_LONGEST)


class ErasureSchema(AnswerSchema):
    """An erasure with its events; it is complete when no copy of the database opens any more."""

    erasure = fields.String(required=True)
    version = fields.Integer(required=True)
    person = fields.String(required=True)
    purposes = fields.List(fields.String(), required=True)
    phase = fields.String(required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)
    acts = acts_field()


class ErasuresQuery(PageQuery):
    """How far they have come; without it, however far."""

    phase = Word(ERASURE_PHASES, load_default=None)


class ErasureRowSchema(AnswerSchema):
    """One erasure: of whom, of which of their words, on what basis, and how far it has come."""

    erasure = fields.String(required=True, attribute="stream")
    person = fields.String(required=True)
    organisation = fields.String(required=True)
    purposes = fields.List(fields.String(), required=True)
    basis = fields.String(required=True)
    phase = fields.String(required=True)
    decision = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ErasuresSchema(CountedSchema):
    """A page of erasures, the newest first."""

    erasures = fields.List(fields.Nested(ErasureRowSchema), required=True)


@blueprint.get("")
@blueprint.arguments(ErasuresQuery, location="query")
@blueprint.response(200, ErasuresSchema)
def list_erasures(query: dict[str, Any]) -> Answered:
    """List erasures: one's own, those that one's authority decides, or those in one's charge."""
    page, count, link = listed(found_erasures(acting(), query["phase"]), query)
    return {"erasures": page, "count": count}, 200, link


@blueprint.get("/<erasure_id>")
@blueprint.response(200, ErasureSchema)
def read(erasure_id: str) -> Answered:
    """Read how far an erasure has come."""
    seen = read_thing(services().office, acting(), ERASURE, erasure_id)
    known, history = seen.state, seen.history
    body = {
        "erasure": erasure_id,
        "version": history.version,
        "person": known.person,
        "purposes": [each.value for each in known.purposes],
        "phase": known.phase.value,
        "events": [event_document(each, visible=True) for each in history.recorded],
        "acts": [act.value for act in seen.offers],
    }
    return body, 200, etag(history.version)


def _ask(office: Office, who: Acting, _: str, /, *, person: str, **asked: Any) -> Answer:  # noqa: ANN401 -- of the body
    return guard(office, who, ASK, person, **asked)


def _approve(office: Office, who: Acting, erasure: str, /, **asked: str) -> Answer:
    return guard(office, who, APPROVE, erasure, concerned=_concerned(erasure), **asked)


def _order(office: Office, who: Acting, erasure: str, /, **asked: str) -> Answer:
    answer = guard(office, who, ORDER, erasure, concerned=_concerned(erasure), **asked)
    carry_out_at_once(services(), answer)
    return answer


post = posts(blueprint, ERASURE)
post("", ASK, ErasureBody, _ask)
post("/<erasure_id>/approvals", APPROVE, ErasureApprovalBody, _approve)
post("/<erasure_id>/orders", ORDER, ErasureOrderBody, _order)
post("/<erasure_id>/refusals", DECLINE, ErasureRefusalBody)


def found_erasures(who: Acting, phase: str | None) -> Listing[Erasure]:
    """Erasures that the caller may read. Raises the problem ``FORBIDDEN``."""
    return erasures.visible(scope_to_read(Act.READ_ERASURE, who), phase=phase)


def _concerned(erasure_id: str) -> Concerned:
    """What the views know of whom it is about, once they have come to where the record is.

    Raises the problem ``NOT_YET_VISIBLE`` if they don't get there in time.
    """
    deliberation = services().office.deliberate()
    known = deliberation.erasure(erasure_id)
    if known is None:
        raise Problem("NOT_FOUND")
    circle = [each.person for each in deliberation.circle(known.person)]
    with services().views.connection() as connection:
        if not wait_for(connection, VIEWS, services().record.head(), _SECONDS):
            raise Problem("NOT_YET_VISIBLE")
        about = Scope(persons=frozenset(circle))
        cases = tuple(case for each in circle for case in parties.of_party(connection, each))
        found = criticisms.visible(about).page(connection, limit=_MOST)
        matters = [one.criticism for one in found]
        for case in cases:
            matters += [one.investigation for one in investigations.of_case(connection, case)]
            matters += [one.stream for one in objections.of_case(connection, case)]
    return Concerned(cases, tuple(matters))
