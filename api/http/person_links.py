"""Two persons of the record who are one human being, or not after all: ``/v1/person-links``.

One officer proposes it on evidence, another confirms it; so is a link severed that was wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.http.acting import (
    Answered,
    AppendedSchema,
    acting,
    acts_field,
    answered,
    commanding,
    offers_of,
)
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.showing import words
from api.http.words import stream
from api.services import services
from domain.person.events import LinkProposed
from projections import proposals

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from projections.listing import Listing
    from projections.proposals import Proposal

blueprint = Blueprint(
    "person-links", prefix="/v1/person-links", description="同一人合并 / links between persons"
)


class LinkBody(Body):
    """Which two, and on what evidence."""

    first = stream("person")
    second = stream("person")
    evidence = Text(required=True, longest=2000)


class SeveranceBody(Body):
    """On what evidence the two are not one."""

    evidence = Text(required=True, longest=2000)


class LinkSchema(AnswerSchema):
    """A proposal, and whether it was confirmed; ``severing`` where it may have been wrong."""

    link = fields.String(required=True)
    version = fields.Integer(required=True)
    first = fields.String(required=True)
    second = fields.String(required=True)
    organisation = fields.String(required=True)
    proposer = fields.String(required=True, allow_none=True)
    evidence = fields.String(required=True)
    confirmed = fields.Boolean(required=True)
    severing = fields.Boolean(required=True)
    severed = fields.Boolean(required=True)
    acts = acts_field()


class LinksQuery(PageQuery):
    """Those that wait for a second officer, or with ``settled`` those that were confirmed, too."""

    settled = fields.Boolean(load_default=False)


class LinksSchema(CountedSchema):
    """A page of proposals, the newest first."""

    links = fields.List(fields.Nested(LinkSchema), required=True)


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(LinkBody)
@blueprint.response(201, AppendedSchema)
def propose(body: dict[str, str]) -> Answered:
    """Propose, as the first officer, that two persons are one human being."""
    answer = services().office.persons.propose_link(
        commanding(to_existing=False), body["first"], body["second"], body["evidence"]
    )
    return _told(answer, answer.stream_of("link:proposed:1"))


@blueprint.post("/<link_id>/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def confirm(link_id: str) -> Answered:
    """Confirm a proposal as the second officer; from then on the two count as one."""
    answer = services().office.persons.confirm_link(commanding(to_existing=True), link_id)
    return _told(answer, link_id)


@blueprint.post("/<link_id>/severances")
@blueprint.appends(to_existing=True)
@blueprint.arguments(SeveranceBody)
@blueprint.response(201, AppendedSchema)
def propose_severance(body: dict[str, str], link_id: str) -> Answered:
    """Propose, as the first officer, to sever a link that was wrong."""
    answer = services().office.persons.propose_severance(
        commanding(to_existing=True), link_id, body["evidence"]
    )
    return _told(answer, link_id)


@blueprint.post("/<link_id>/severances/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def sever(link_id: str) -> Answered:
    """Sever the link as the second officer; from then on the two count as two."""
    answer = services().office.persons.sever(commanding(to_existing=True), link_id)
    return _told(answer, link_id)


@blueprint.get("")
@blueprint.arguments(LinksQuery, location="query")
@blueprint.response(200, LinksSchema)
def list_proposals(query: dict[str, Any]) -> Answered:
    """List the proposals, to link or to sever, of one's organisation or in one's charge."""
    who = acting()
    page, count, link = listed(found_links(who, settled=query["settled"]), query)
    return {"links": [_document(who, row.link) for row in page], "count": count}, 200, link


@blueprint.get("/<link_id>")
@blueprint.response(200, LinkSchema)
def read(link_id: str) -> Answered:
    """Read a proposal, as one of its organisation or as one who watches over it."""
    body = _document(acting(), link_id)
    return body, 200, etag(body["version"])


def found_links(who: Acting, *, settled: bool) -> Listing[Proposal]:
    """Proposals that the caller may read. Raises the problem ``FORBIDDEN``."""
    return proposals.visible(scope_to_read(Act.READ_LINK, who), waiting=not settled)


def _document(who: Acting, stream: str) -> dict[str, Any]:
    """A proposal as it stands in the record; its evidence is for the officers who decide on it."""
    seen = services().office.persons.read_link(who, stream)
    link = seen.state
    proposed = seen.history.recorded[0].event
    assert isinstance(proposed, LinkProposed)
    return {
        "link": link.link,
        "version": seen.history.version,
        "first": link.first,
        "second": link.second,
        "organisation": link.organisation,
        "proposer": link.proposer,
        "evidence": words(
            proposed.evidence, visible=permitted(Act.CONFIRM_LINK, who.roles, seen.relations)
        ),
        "confirmed": link.confirmed,
        "severing": link.severer is not None,
        "severed": link.severed,
        "acts": [act.value for act in seen.offers],
    }


def _told(answer: Answer, link: str) -> Answered:
    acts = offers_of(lambda: services().office.persons.read_link(acting(), link))
    return answered(answer, link, next_acts=acts)
