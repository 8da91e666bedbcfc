"""Erasure of personal data (删除个人信息): ``/v1/erasures``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts.desk import known
from api.acts.erasure import APPROVE, ASK, DECLINE, ERASURE, ORDER, Concerned
from api.acts.guard import guard
from api.acts.seats import integrity_seats
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, DocumentNumber, Statement, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.labels import ERASABLE, ERASURE_PHASES
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.things import SeenWithEventsSchema, events_of, reads
from api.http.word_fields import word
from api.jobs.eraser import carry_out_at_once
from api.problems import Problem
from api.services import services
from domain.erasure.state import Erasure
from projections import case_scope, criticisms, erasures, investigations, objections
from projections.catalogue import VIEWS
from projections.progress import wait_for

if TYPE_CHECKING:
    from api.acts.acting import Acting, Answer
    from api.acts.thing import Seen
    from api.office import Office
    from projections.listing import Gathered

blueprint = Blueprint("erasures", prefix="/v1/erasures", description="删除个人信息 / erasures")
_SECONDS = 10.0
"""How long a decision waits for the views: what they don't know of can't stand in the way."""


class ErasureBody(Body):
    """Whom to erase, which of their words, on what legal basis, and who is to decide."""

    person = word()
    purposes = fields.List(Word(ERASABLE), validate=Length(1, 3))
    organisation = word()
    basis = Text(longest=500)
    reason = Statement()


class ErasureApprovalBody(Body):
    """What the first officer found."""

    grounds = Statement()


class ErasureOrderBody(Body):
    """The number of the decision."""

    decision = DocumentNumber()


class ErasureRefusalBody(Body):
    """Why it is declined, under the number of the decision."""

    decision = DocumentNumber()
    reason = Statement()


@shows(Erasure, "erasure person purposes phase")
class ErasureSchema(SeenWithEventsSchema):
    """An erasure with its events; it is complete when no copy of the database opens any more."""


class ErasuresQuery(PageQuery):
    """How far they have come; without it, however far."""

    phase = Word(ERASURE_PHASES, load_default=None)


@shows(
    erasures.Erasure,
    "person organisation purposes basis phase decision requested_at changed_at version",
)
class ErasureRowSchema(AnswerSchema):
    """One erasure: of whom, of which of their words, on what basis, and how far it has come."""

    erasure = fields.String(attribute="stream")


@lists(blueprint, "Erasures", ErasuresQuery, erasures=ErasureRowSchema)
def list_erasures(who: Acting, query: Query) -> Gathered[erasures.Erasure]:
    """List erasures: one's own, those that one decides as an officer, or those in one's charge."""
    scope = scope_to_read(Act.READ_ERASURE, who)
    if not scope.mandated and not integrity_seats(services().office.desk(who)):
        scope = replace(scope, organisations=frozenset())
    return erasures.visible(scope, phase=query["phase"])


@reads(blueprint, "/<erasure_id>", ERASURE, ErasureSchema)
def read(seen: Seen[Erasure]) -> dict[str, Any]:
    """Read how far an erasure has come; a watcher does with its words masked."""
    return events_of(seen)


def _ask(office: Office, who: Acting, _: str, /, *, person: str, **asked: Any) -> Answer:  # noqa: ANN401 -- of the body
    return guard(office, who, ASK, person, **asked)


def _approve(office: Office, who: Acting, erasure: str, /, **asked: str) -> Answer:
    return guard(office, who, APPROVE, erasure, concerned=_concerned(erasure), **asked)


def _order(office: Office, who: Acting, erasure: str, /, **asked: str) -> Answer:
    answer = guard(office, who, ORDER, erasure, concerned=_concerned(erasure), **asked)
    return carry_out_at_once(services(), answer)


post = posts(blueprint, ERASURE)
post("", ASK, ErasureBody, _ask)
post("/<erasure_id>/approvals", APPROVE, ErasureApprovalBody, _approve)
post("/<erasure_id>/orders", ORDER, ErasureOrderBody, _order)
post("/<erasure_id>/refusals", DECLINE, ErasureRefusalBody)


def _concerned(erasure_id: str) -> Concerned:
    """What the views know of whom it is about, once they have come to where the record is.

    Raises the problem ``NOT_YET_VISIBLE`` if they don't get there in time.
    """
    desk = services().office.desk()
    erasure = known(desk.erasure(erasure_id))
    circle = [each.person for each in desk.circle(erasure.person)]
    with services().views.connection() as connection:
        if not wait_for(connection, VIEWS, services().record.head(), _SECONDS):
            raise Problem("NOT_YET_VISIBLE")
        cases = tuple(case for each in circle for case in case_scope.of_party(connection, each))
        matters = [one.criticism for one in criticisms.of(connection, circle)]
        for case in cases:
            matters += [one.investigation for one in investigations.of_case(connection, case)]
            matters += [one.stream for one in objections.of_case(connection, case)]
    return Concerned(cases, tuple(matters))
