"""Two persons of the record who are one human being, or not after all: ``/v1/person-links``.

One officer proposes it on evidence, another confirms it; so is a link severed that was wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act, permitted
from api.acts import person_link
from api.acts.person_link import LINK
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Text
from api.conventions.paging import PageQuery
from api.http.acting import posts
from api.http.lists import Query, lists, scope_to_read
from api.http.masking import words
from api.http.rows import shows
from api.http.things import SeenSchema, as_read, reads
from api.http.word_fields import stream
from domain.person.link import Link, LinkProposed
from projections import person_links

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Gathered
    from projections.person_links import Proposal

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
post("", person_link.PROPOSE, LinkBody)
post("/<link_id>/confirmations", person_link.CONFIRM)
post("/<link_id>/severances", person_link.PROPOSE_SEVERANCE, SeveranceBody)
post("/<link_id>/severances/confirmations", person_link.SEVER)


@reads(blueprint, "/<link_id>", LINK, LinkSchema)
def read(seen: Seen[Link]) -> dict[str, Any]:
    """Read a proposal, as one of its organisation or as one who watches over it."""
    proposed = seen.history.recorded[0].event
    assert isinstance(proposed, LinkProposed)
    # its evidence is for the officers who decide on it
    officer = not person_link.officer_objections(seen.desk)
    visible = officer and permitted(Act.CONFIRM_LINK, seen.desk.acting.roles, seen.relations)
    return {
        "evidence": words(proposed.evidence, visible=visible),
        "severing": seen.state.severer is not None,
    }


@lists(
    blueprint,
    "Links",
    ProposalsQuery,
    links=LinkSchema,
    shown=as_read(read, "link"),
)
def list_proposals(who: Acting, query: Query) -> Gathered[Proposal]:
    """List the proposals, to link or to sever, of one's organisation or in one's charge."""
    return person_links.visible(scope_to_read(Act.READ_LINK, who), waiting=not query["settled"])
