"""Law put in force by two officials: ``/v1/editions``.

One proposes a text, which stands on record from then on; another reads it, printed as a notice,
and confirms it clause by clause. Every server goes by it from the moment of its confirmation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from api.access import Act
from api.acts import edition as acts
from api.acts.desk import known
from api.acts.edition import EDITION
from api.acts.relation import require
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, Flag, Text
from api.conventions.paging import PageQuery
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.act_operations import acts_of
from api.http.acting import AppendedSchema, acting, posts, takes
from api.http.labels import BINDINGS, LAW_STEPS
from api.http.lists import Query, lists
from api.http.masking import printed
from api.http.rows import members, nested, shows
from api.http.things import SeenSchema
from api.http.uploads import attach as attach_file
from api.http.uploads import content, gives_file, may_do, take_in, takes_file
from api.http.word_fields import ID, optional_word, word
from api.pages.pack.page import pack_page
from api.services import services
from domain.law.events import Edition as Held
from domain.law.events import EditionProposed, NoticeAttached
from domain.policy.loader import table_of
from domain.policy.supplement import bindings
from projections import editions
from projections.editions import Edition

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.http.acting import Answered
    from domain.law.edition import Proposal
    from projections.listing import Listing

blueprint = Blueprint("editions", prefix="/v1/editions", description="政策施行 / law in force")
_LONGEST = 200_000
"""Characters of a text: five times the longest that there is."""
_MOST = 2_000
"""Rules of a text."""


class EditionBody(Body):
    """A text of law, or the id of one that is offered, and its first day in Beijing.

    The text is that of a pack, of an overlay, of the national default or of a calendar, in TOML.
    ``reason`` says why it takes the place of an edition that was put in force.
    """

    text = Text(load_default=None, longest=_LONGEST)
    offered = optional_word()
    starts_on = Day()
    reason = Text(load_default=None, longest=500)

    @validates_schema
    def _one_of_both(self, stated: dict[str, Any], **_: object) -> None:
        if (stated["text"] is None) == (stated["offered"] is None):
            msg = "Either a text or the id of one that is offered."
            raise ValidationError(msg, "text")


class EditionStepBody(Body):
    """What is to become of an edition, and why, in words that are public."""

    step = Word(LAW_STEPS)
    reason = Text(longest=500)


class EditionDecisionBody(Body):
    """Whether what was proposed is confirmed: the digest of what was read, and each of its rules.

    The rules are those that the edition lists; for another step than putting it in force, none.
    ``notice`` is the digest of the notice that is attached, beside which they were read.
    """

    confirm = Flag()
    digest = fields.String(validate=Length(64, 64))
    rules = fields.List(fields.String(validate=ID), load_default=list, validate=Length(max=_MOST))
    notice = fields.String(load_default=None, validate=Length(64, 64))


class NoticeBody(Body):
    """The notice itself, which was uploaded before; its number (文号), where it bears one.

    ``source`` says where it was published, by its address say, or from where it came.
    """

    upload = word()
    number = DocumentNumber(load_default=None)
    source = Text(longest=300)


class EditionsQuery(PageQuery):
    """All of them, or those that wait for another official."""

    waiting = fields.Boolean(load_default=False)


@shows(
    Edition,
    "edition kind law number title jurisdiction extends digest notice starts_on organisation person"
    " pending done decided_by decided_at proposed_at position",
)
class EditionSchema(AnswerSchema):
    """One edition of a text of law, and how it stands."""


@shows(NoticeAttached, "media_type size digest number source")
class NoticeSchema(AnswerSchema):
    """The notice itself: what is on record of its file, its number, and where it came from."""


class BindingSchema(AnswerSchema):
    """A value of a supplement, by where it stands, and which cases it binds."""

    value = fields.String()
    binds = Word(BINDINGS)


@shows(Held, "kind law number title jurisdiction procedure extends documents digest supplements")
@shows(EditionProposed, "organisation rules starts_on reason")
class SeenEditionSchema(SeenSchema):
    """One edition as it stands; ``rules`` are to be confirmed, ``faults`` say why it can't be.

    ``pending_reason`` is why the step that waits is to be taken, which is public once it is.

    ``binding`` says of each value of a supplement which cases it binds, also where the text is
    silent; it is empty for any other edition.
    """

    edition = fields.String()
    notice = fields.Nested(NoticeSchema, allow_none=True)
    binding = nested(BindingSchema)
    pending = fields.String(allow_none=True)
    pending_reason = fields.String(allow_none=True)
    done = fields.String(allow_none=True)
    faults = fields.List(fields.String())


@lists(blueprint, "Editions", EditionsQuery, editions=EditionSchema)
def list_editions(who: Acting, query: Query) -> Listing[Edition]:
    """List the editions of law that were proposed, and how each stands."""
    require(services().office.desk(who), (Act.READ_POLICY,), ())
    return editions.known(waiting=query["waiting"])


@blueprint.get("/<edition_id>")
@blueprint.response(200, SeenEditionSchema)
def read(edition_id: str) -> Answered:
    """Read an edition, with the rules that are to be confirmed and what keeps it from that."""
    who, office = acting(), services().office
    seen = read_thing(office, who, EDITION, edition_id)
    state: Proposal = seen.state
    read_now = acts.law_of(office.desk(who), state)
    proposed = state.proposed
    body = members(proposed.edition) | members(proposed, edition=edition_id)
    return (
        body
        | {
            "notice": state.notice,
            "pending": None if state.pending is None else state.pending.step,
            "pending_reason": None if state.pending is None else state.pending.reason or None,
            "done": state.done,
            "faults": [each.told("zh") for each in read_now.faults],
            "binding": [
                {"value": value, "binds": binds}
                for value, binds in bindings(table_of(read_now.texts[-1]))
            ],
            "version": seen.version,
            "acts": acts_of(seen),
        },
        200,
        etag(seen.version),
    )


@blueprint.get("/<edition_id>/notice")
@blueprint.response(200, content_type="text/html")
def read_notice(edition_id: str) -> Response:
    """Print the law as a notice, as it would be with this edition."""
    who, office = acting(), services().office
    state: Proposal = read_thing(office, who, EDITION, edition_id).state
    law = known(acts.law_of(office.desk(who), state).law)
    return printed(pack_page(law, "zh"))


@blueprint.get("/<edition_id>/notices/current/content")
@gives_file(blueprint)
def read_original(edition_id: str) -> Response:
    """Read the notice itself that is attached, in its own media type."""
    attached = known(read_thing(services().office, acting(), EDITION, edition_id).state.notice)
    return content(attached.file, attached.media_type)


@blueprint.get("/<edition_id>/text")
@blueprint.response(200, content_type="text/plain")
def read_text(edition_id: str) -> Response:
    """Read the text itself, as it stands on record."""
    who, office = acting(), services().office
    state: Proposal = read_thing(office, who, EDITION, edition_id).state
    text = office.laws.library.text(state.proposed.edition.documents[-1])
    return Response(text.text, mimetype="text/plain")


post = posts(blueprint, EDITION)
post("", acts.PROPOSE, EditionBody)
post("/<edition_id>/steps", acts.PROPOSE_STEP, EditionStepBody)
post("/<edition_id>/decisions", acts.DECIDE, EditionDecisionBody)
post("/<edition_id>/proposals/current/withdrawals", acts.TAKE_BACK)


_MAY = may_do(EDITION, Act.PROPOSE_LAW)


@takes_file(blueprint, "/<edition_id>/uploads", acts.ATTACH)
def upload(edition_id: str) -> dict[str, Any]:
    """Upload the notice as the body, of any content type: a PDF, an OFD or a picture."""
    return take_in(edition_id, _MAY)


@takes(blueprint, "/<edition_id>/notices", acts.ATTACH, NoticeBody, answers=AppendedSchema)
def attach(body: dict[str, Any], edition_id: str) -> Answered:
    """Attach the notice itself, as who proposed the edition."""

    def command(file: dict[str, Any]) -> NoticeAttached:
        return NoticeAttached(number=body["number"], source=body["source"], **file)

    return attach_file(acts.ATTACH, edition_id, body["upload"], _MAY, command, EDITION)
