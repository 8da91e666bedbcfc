"""Mandates (审计通知书、调取函), named in a header when something is looked up: ``/v1/mandates``.

One person of a body of watchers proposes it and attaches the document, another approves it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marshmallow import fields
from marshmallow.validate import Length

from api.access import Act
from api.acts import mandate as acts
from api.acts.desk import known
from api.acts.mandate import MANDATE, in_bulk
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, Flag
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import Answered, acting, posts, takes
from api.http.labels import MANDATE_KINDS
from api.http.lists import Query, lists, scope_to_read
from api.http.rows import shows
from api.http.things import SeenSchema, reads
from api.http.uploads import attach as attach_file
from api.http.uploads import content, gives_file, may_do, take_in, takes_file
from api.http.value_schemas import told
from api.http.word_fields import area_field, stream, word
from api.services import services
from domain import mandate as domain
from domain.mandate import MandateDocumentAttached, MandateScope
from projections import mandates
from projections.mandates import Mandate

if TYPE_CHECKING:
    from flask import Response

    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from projections.listing import Gathered

blueprint = Blueprint(
    "mandates", prefix="/v1/mandates", description="审计通知书／调取函 / mandates"
)
_MOST = 100
"""Of each kind that one mandate names."""


class MandateHeader(AnswerSchema):
    """Under which mandate somebody looks."""

    mandate = fields.String(
        data_key="Mandate",
        load_default=None,
        metadata={"description": "From `/v1/mandates`, of the caller's organisation, in force."},
    )


class ScopeBody(Body):
    """What a mandate is about: whatever concerns one of these, of which one at least is named.

    An organisation stands for those beneath it too; an empty area is the whole record.
    """

    makes = MandateScope
    organisations = fields.List(
        stream("organisation"), load_default=tuple, validate=Length(max=_MOST)
    )
    areas = fields.List(area_field(whole=True), load_default=tuple, validate=Length(max=_MOST))
    cases = fields.List(stream("case"), load_default=tuple, validate=Length(max=_MOST))
    persons = fields.List(stream("person"), load_default=tuple, validate=Length(max=_MOST))


class MandateBody(Body):
    """The kind of document, its number (文号), what it is about, and its last day in Beijing."""

    kind = Word(MANDATE_KINDS)
    document = DocumentNumber()
    scope = fields.Nested(ScopeBody)
    last_day = Day()


class MandateDocumentBody(Body):
    """The document itself, which was uploaded before."""

    upload = word()


class MandateDecisionBody(Body):
    """Whether what was proposed is approved."""

    approved = Flag()


class MandatesQuery(PageQuery):
    """Those that are or may come in force, or with ``expired`` those that are over as well."""

    expired = fields.Boolean(load_default=False)


@shows(
    Mandate,
    "mandate organisation kind document organisations areas cases persons last_day digest approved"
    " person account decided_by decided_at proposed_at position",
)
class MandateSchema(AnswerSchema):
    """One mandate: by whom it was proposed and decided, about what, and its last day.

    ``approved`` is null until it was decided; ``digest`` is the SHA-256 of its sealed document.
    """


@shows(domain.Mandate, "mandate organisation document last_day proposer approved")
class SeenMandateSchema(SeenSchema):
    """One mandate, as it stands."""

    kind = fields.String()
    scope = told(MandateScope)
    digest = fields.String(allow_none=True)


@lists(blueprint, "Mandates", MandatesQuery, mandates=MandateSchema)
def list_mandates(who: Acting, query: Query) -> Gathered[Mandate]:
    """List the mandates of the caller's organisation, and of those in the caller's charge."""
    scope = scope_to_read(Act.READ_MANDATES, who)
    return mandates.visible(scope, good_on=None if query["expired"] else who.today)


@reads(blueprint, "/<mandate_id>", MANDATE, SeenMandateSchema)
def read(seen: Seen[domain.Mandate]) -> dict[str, Any]:
    """Read a mandate as it stands, with what may be done next about it."""
    file = seen.state.file
    return {"digest": None if file is None else file.digest}


@blueprint.get("/<mandate_id>/document/content")
@gives_file(blueprint)
def read_document(mandate_id: str) -> Response:
    """Read the document of a mandate, in its own media type."""
    file = known(read_thing(services().office, acting(), MANDATE, mandate_id).state.file)
    return content(file.file, file.media_type)


post = posts(blueprint, MANDATE)
post("", acts.PROPOSE, MandateBody)
post("/<mandate_id>/decisions", acts.DECIDE, MandateDecisionBody)


_MAY = may_do(MANDATE, Act.PROPOSE_MANDATE)


@takes_file(blueprint, "/<mandate_id>/uploads", acts.ATTACH)
def upload(mandate_id: str) -> dict[str, Any]:
    """Upload the document as the body, of any content type: a PDF, an OFD or a picture."""
    return take_in(mandate_id, _MAY)


@takes(
    blueprint,
    "/<mandate_id>/documents",
    acts.ATTACH,
    MandateDocumentBody,
)
def attach(body: dict[str, Any], mandate_id: str) -> Answered:
    """Attach the document itself, as who proposed the mandate."""

    def command(file: dict[str, Any]) -> MandateDocumentAttached:
        return MandateDocumentAttached(**file)

    return attach_file(acts.ATTACH, mandate_id, body["upload"], _MAY, command, MANDATE)


def narrowed(who: Acting, mandate: str | None) -> Acting:
    """The caller, whose lists show what a mandate of their body lets them read in bulk.

    Raises the problem ``MANDATE_REQUIRED``, and ``Refused`` where it does not serve.
    """
    _, scope = in_bulk(services().office.desk(who), mandate)
    return replace(who, within=scope)
