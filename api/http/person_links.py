"""Two persons of the record who are one human being, or not after all: ``/v1/person-links``.

One officer proposes it on evidence, another confirms it; so is a link severed that was wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery, place_of
from api.conventions.versions import etag
from api.http.acting import Answered, AppendedSchema, acting, answered, commanding
from api.http.lists import paged
from api.http.showing import words
from api.http.words import stream
from api.services import services
from projections import proposals

if TYPE_CHECKING:
    from domain.personal import Personal

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


class LinksSchema(AnswerSchema):
    """A page of proposals that wait for a second officer, the oldest first."""

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
    return answered(answer, answer.stream_of("link:proposed:1"))


@blueprint.post("/<link_id>/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def confirm(link_id: str) -> Answered:
    """Confirm a proposal as the second officer; from then on the two count as one."""
    answer = services().office.persons.confirm_link(commanding(to_existing=True), link_id)
    return answered(answer, link_id)


@blueprint.post("/<link_id>/severances")
@blueprint.appends(to_existing=True)
@blueprint.arguments(SeveranceBody)
@blueprint.response(201, AppendedSchema)
def propose_severance(body: dict[str, str], link_id: str) -> Answered:
    """Propose, as the first officer, to sever a link that was wrong."""
    answer = services().office.persons.propose_severance(
        commanding(to_existing=True), link_id, body["evidence"]
    )
    return answered(answer, link_id)


@blueprint.post("/<link_id>/severances/confirmations")
@blueprint.appends(to_existing=True)
@blueprint.response(201, AppendedSchema)
def sever(link_id: str) -> Answered:
    """Sever the link as the second officer; from then on the two count as two."""
    answer = services().office.persons.sever(commanding(to_existing=True), link_id)
    return answered(answer, link_id)


@blueprint.get("")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, LinksSchema)
def list_proposals(query: dict[str, Any]) -> Answered:
    """List the proposals, to link or to sever, that the caller's organisation has to confirm."""
    organisation, place = services().office.persons.links_of(acting()), place_of(query["cursor"])
    with services().views.connection() as connection:
        found = proposals.awaiting(
            connection,
            organisation,
            after=None if place is None else str(place[0]),
            limit=query["limit"] + 1,
        )
    page, link = paged(found, query["limit"], lambda row: (row.link,))
    opened = services().record.opened([row.evidence for row in page if row.evidence is not None])
    evidence = iter(opened)
    rows = [_row(each, None if each.evidence is None else next(evidence)) for each in page]
    return {"links": rows}, 200, link


@blueprint.get("/<link_id>")
@blueprint.response(200, LinkSchema)
def read(link_id: str) -> Answered:
    """Read a proposal of the caller's organisation."""
    link, version, evidence = services().office.persons.read_link(acting(), link_id)
    body = {
        "link": link.link,
        "version": version,
        "first": link.first,
        "second": link.second,
        "organisation": link.organisation,
        "proposer": link.proposer,
        "evidence": words(evidence, visible=True),
        "confirmed": link.confirmed,
        "severing": link.severer is not None,
        "severed": link.severed,
    }
    return body, 200, etag(version)


def _row(row: proposals.Proposal, evidence: Personal | None) -> dict[str, Any]:
    return {
        "link": row.link,
        "version": row.version,
        "first": row.first,
        "second": row.second,
        "organisation": row.organisation,
        "proposer": row.proposer,
        "evidence": "" if evidence is None else words(evidence, visible=True),
        "confirmed": row.confirmed is not None,
        "severing": row.severing is not None,
        "severed": row.severed is not None,
    }
