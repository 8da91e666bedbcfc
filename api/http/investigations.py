"""Investigations of misconduct (核查): ``/v1/investigations``.

Two officers conduct one, who reviewed nothing in the case. Others don't learn that there is one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length, Regexp

from api.access import Act, Relation
from api.acts import investigation, investigation_takeover
from api.acts.investigation import INVESTIGATION
from api.acts.investigation_aftermath import DECIDE_REVIEW, REQUEST_REVIEW, SERVE
from api.acts.seats import integrity_seats
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, DocumentNumber, Statement, Text
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import posts
from api.http.case_history import event_documents
from api.http.labels import GROUNDS, INVESTIGATION_PHASES, REVIEW_OUTCOMES
from api.http.lists import Query, lists, scope_to_read
from api.http.notification import NotifiedBody, told
from api.http.organisation_names import OrganisationNamedSchema, names_then
from api.http.query import qualifiers
from api.http.query.reading import query_field
from api.http.query.reading import read as read_query
from api.http.rows import members, shows
from api.http.takeovers import MatterTakeoverBody
from api.http.things import SeenWithEventsSchema, reads
from api.services import services
from domain.investigation.events import AllegationNotified, StatementReceived
from domain.investigation.state import Investigation
from projections import case_status, investigations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from audit.record import Recorded
    from projections.listing import Gathered

blueprint = Blueprint(
    "investigations", prefix="/v1/investigations", description="核查 / investigations"
)
of_cases = Blueprint(
    "case-investigations", prefix="/v1/cases", description="启动核查 / opening investigations"
)

_TOLD = (AllegationNotified, StatementReceived)
"""What the person whom it is about sees before the end."""


class SuspicionBody(Body):
    """What is suspected, and on the ground of which upheld objection, complaint or clue."""

    suspicion = Statement()
    source = fields.String(
        load_default=None, validate=Regexp(r"^(objection|complaint)-[a-z0-9-]{36}$")
    )


class TermExtensionBody(Body):
    """Why the investigation needs longer."""

    reason = Statement()


class AllegationBody(NotifiedBody):
    """What the person is told, how they were told, and until when they may answer.

    Without ``answer_by`` the term of the law is taken; it runs from the day of being told.
    """

    allegation = Statement()
    hearing_on = Day(load_default=None)


class StatementBody(Body):
    """The person's own words, or their words as the handler received them."""

    statement = Statement()


class ProposalBody(Body):
    """What the first officer proposes to find, on which materials."""

    ground = Word(GROUNDS)
    evidence = fields.List(Text(longest=80), validate=Length(1, 100))
    finding = Statement()


class FindingBody(Body):
    """The second officer's finding, under the number of its decision."""

    decision = DocumentNumber()
    finding = Statement()


class InvestigationClosureBody(Body):
    """Why the suspicion was not confirmed, under the number of the decision."""

    decision = DocumentNumber()
    reason = Statement()


class ServiceBody(Body):
    """How the decision was served, and which remedy it names; that nothing was confirmed, none."""

    told = told()
    remedy = Statement(load_default=None)


class ReviewRequestBody(Body):
    """Why the person asks for a re-examination."""

    grounds = Statement()


class ReviewDecisionBody(Body):
    """How the review ended, under the number of its decision."""

    outcome = Word(REVIEW_OUTCOMES)
    decision = DocumentNumber()
    ends_on = Day(load_default=None)
    reason = Statement()


class InvestigationsQuery(PageQuery):
    """What the list is narrowed to."""

    q = query_field()


@shows(
    investigations.Investigation,
    "investigation case subject organisation answer_by ground decision review opened_at",
)
class InvestigationRowSchema(OrganisationNamedSchema):
    """One in a list; what is suspected, alleged, answered or found stands at its own address.

    ``number`` is that of the case. What is proposed to be found is the officers' own: until it is
    decided a row stands as before, without a ``ground``.
    """

    number = fields.String()
    phase = Word(INVESTIGATION_PHASES)


def _rows(who: Acting, page: Sequence[investigations.Investigation]) -> list[dict[str, Any]]:
    """Investigations with the numbers of their cases, and the names of who conducts them."""
    desk = services().office.desk(who)
    names = names_then(desk, ((row.organisation, row.position) for row in page))
    with services().views.connection() as connection:
        cases = case_status.among(connection, [row.case for row in page])
    return [
        members(row, number=cases[row.case].number) | name
        for row, name in zip(page, names, strict=True)
    ]


@lists(
    blueprint,
    "Investigations",
    InvestigationsQuery,
    shown=_rows,
    investigations=InvestigationRowSchema,
)
def list_investigations(
    who: Acting, query: Query, *, ascending: bool = False
) -> Gathered[investigations.Investigation]:
    """List the investigations that the caller may read one by one, the newest first.

    Those of integrity officers' own organisation and beneath it, those in an inspector's area, and
    those about the caller of which they were told.
    """
    asked = read_query(query["q"], qualifiers.INVESTIGATIONS, who)
    scope = scope_to_read(Act.READ_INVESTIGATION, who)
    if not scope.mandated and not integrity_seats(services().office.desk(who)):
        scope = replace(scope, organisations=frozenset())
    return investigations.visible(scope, asked.asked, ascending=ascending)


@shows(
    Investigation,
    "investigation case subject organisation due_on answer_by hearing_on heard ended review_by"
    " decide_by",
)
class InvestigationSchema(SeenWithEventsSchema):
    """An investigation with its events, as far as the caller may see them."""


@reads(blueprint, "/<investigation_id>", INVESTIGATION, InvestigationSchema)
def read(seen: Seen[Investigation]) -> dict[str, Any]:
    """Read an investigation; the person whom it is about sees what they were told and said."""
    return {"events": event_documents(_events(seen), seen.names)}


posts(of_cases, INVESTIGATION)("/<case_id>/investigations", investigation.OPEN, SuspicionBody)
post = posts(blueprint, INVESTIGATION)
post("/<investigation_id>/extensions", investigation.EXTEND, TermExtensionBody)
post("/<investigation_id>/allegations", investigation.NOTIFY, AllegationBody)
post("/<investigation_id>/statements", investigation.STATE, StatementBody)
post("/<investigation_id>/proposals", investigation.PROPOSE, ProposalBody)
post("/<investigation_id>/findings", investigation.FIND, FindingBody)
post("/<investigation_id>/closures", investigation.CLOSE, InvestigationClosureBody)
post("/<investigation_id>/services", SERVE, ServiceBody)
post("/<investigation_id>/review-requests", REQUEST_REVIEW, ReviewRequestBody)
post("/<investigation_id>/takeovers", investigation_takeover.TAKE_OVER, MatterTakeoverBody)
post(
    "/<investigation_id>/review-decisions",
    DECIDE_REVIEW,
    ReviewDecisionBody,
)


def _events(seen: Seen[Investigation]) -> list[Recorded]:
    officer = not seen.relations.isdisjoint({Relation.ORGANISATION, Relation.JURISDICTION})
    return [
        one
        for one in seen.history.recorded
        if officer or seen.state.ended is not None or isinstance(one.event, _TOLD)
    ]
