"""Two persons of the record who are one human being, or not after all: ``/v1/person-links``.

One officer proposes it on evidence, another confirms it; so is a link severed that was wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields

from api.access import Act, permitted
from api.acts import link
from api.acts.link import LINK
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.paging import PageQuery
from api.http.acting import Answered, acting, posts
from api.http.lists import Query, as_read, lists, scope_to_read
from api.http.masking import words
from api.http.rows import SeenSchema, seen_answer, shows
from api.http.word_fields import stream
from api.services import services
from domain.person.events import LinkProposed
from domain.person.link import Link
from projections import proposals

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from projections.listing import Gathered
    from projections.proposals import Proposal

blueprint = Blueprint(
    "person-links", prefix="/v1/person-links", description="同一人合并 / links between persons"
)


class LinkBody(Body):
    """Which two, and on what evidence."""

    first = stream("person")
    second = stream("person")
    evidence = Text(longest=2000)


class SeveranceBody(Body):
    """On what evidence the two are not one."""

    evidence = Text(longest=2000)


@shows(Link, "link first second organisation confirmed severed")
class LinkSchema(SeenSchema):
    """A proposal, and whether it was confirmed; ``severing`` where it may have been wrong."""

    proposer = fields.String(allow_none=True)
    evidence = fields.String()
    severing = fields.Boolean()


class ProposalsQuery(PageQuery):
    """Those that wait for a second officer, or with ``settled`` those that were confirmed, too."""

    settled = fields.Boolean(load_default=False)


post = posts(blueprint, LINK)
post("", link.PROPOSE, LinkBody)
post("/<link_id>/confirmations", link.CONFIRM)
post("/<link_id>/severances", link.PROPOSE_SEVERANCE, SeveranceBody)
post("/<link_id>/severances/confirmations", link.SEVER)


def _seen(who: Acting, stream: str) -> Answered:
    """A proposal as it stands in the record; its evidence is for the officers who decide on it."""
    seen = read_thing(services().office, who, LINK, stream)
    proposed = seen.history.recorded[0].event
    assert isinstance(proposed, LinkProposed)
    officer = link.holds_office(services().office.desk(who))
    visible = officer and permitted(Act.CONFIRM_LINK, who.roles, seen.relations)
    return seen_answer(
        seen,
        evidence=words(proposed.evidence, visible=visible),
        severing=seen.state.severer is not None,
    )


@lists(
    blueprint,
    "Links",
    ProposalsQuery,
    links=LinkSchema,
    shown=lambda who, page: as_read(_seen, who, (row.link for row in page)),
)
def list_proposals(who: Acting, query: Query) -> Gathered[Proposal]:
    """List the proposals, to link or to sever, of one's organisation or in one's charge."""
    return proposals.visible(scope_to_read(Act.READ_LINK, who), waiting=not query["settled"])


@blueprint.get("/<link_id>")
@blueprint.response(200, LinkSchema)
def read(link_id: str) -> Answered:
    """Read a proposal, as one of its organisation or as one who watches over it."""
    return _seen(acting(), link_id)
