"""Two persons of the record who are one human being, or not after all: ``/v1/person-links``.

One officer proposes it on evidence, another confirms it; so is a link severed that was wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted
from api.acts import link
from api.acts.link import LINK
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.http.acting import Answered, acting, acts_field, posts
from api.http.lists import CountedSchema, listed, scope_to_read
from api.http.showing import words
from api.http.words import stream
from api.services import services
from domain.person.events import LinkProposed
from projections import proposals

if TYPE_CHECKING:
    from api.acts.acting import Acting
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


post = posts(blueprint, LINK)
post("", link.PROPOSE, LinkBody)
post("/<link_id>/confirmations", link.CONFIRM)
post("/<link_id>/severances", link.PROPOSE_SEVERANCE, SeveranceBody)
post("/<link_id>/severances/confirmations", link.SEVER)


@blueprint.get("")
@blueprint.arguments(LinksQuery, location="query")
@blueprint.response(200, LinksSchema)
def list_proposals(query: dict[str, Any]) -> Answered:
    """List the proposals, to link or to sever, of one's organisation or in one's charge."""
    who = acting()
    page, count, following = listed(found_links(who, settled=query["settled"]), query)
    return {"links": [_document(who, row.link) for row in page], "count": count}, 200, following


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
    seen = read_thing(services().office, who, LINK, stream)
    known = seen.state
    proposed = seen.history.recorded[0].event
    assert isinstance(proposed, LinkProposed)
    return {
        "link": known.link,
        "version": seen.history.version,
        "first": known.first,
        "second": known.second,
        "organisation": known.organisation,
        "proposer": known.proposer,
        "evidence": words(
            proposed.evidence, visible=permitted(Act.CONFIRM_LINK, who.roles, seen.relations)
        ),
        "confirmed": known.confirmed,
        "severing": known.severer is not None,
        "severed": known.severed,
        "acts": [act.value for act in seen.offers],
    }
