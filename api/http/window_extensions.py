"""Extensions of windows: ``/v1/organisations/{organisation_id}/window-extensions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import fields

from api.access import Act, Relation
from api.acts import window_extension
from api.acts.thing import read as read_thing
from api.acts.window_extension import WINDOWS
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, Flag, Text
from api.conventions.versions import etag
from api.http.act_operations import acts_field, acts_of
from api.http.acting import Answered, acting, posts
from api.http.masking import words
from api.http.rows import members, nested, shows
from api.http.word_fields import stream_or_none
from api.services import services
from domain.organisation.window_extension import Extension

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.thing import Seen
    from api.office import Office
    from domain.organisation.state import Organisation

blueprint = Blueprint(
    "window-extensions", prefix="/v1/organisations", description="延期 / extensions of windows"
)


class WindowExtensionBody(Body):
    """Which window of which pack is open until when, and why.

    For one ``employer``, for one ``person``, or for everybody beneath the authority: then both
    are said to be null.
    """

    pack = Text(longest=100)
    window = Text(longest=100)
    until = Day()
    employer = stream_or_none("organisation")
    person = stream_or_none("person")
    reason = Text(longest=2000)


class ExtensionDecisionBody(Body):
    """Granted or not; ``document`` is the 文号 of the grant, where there is one."""

    grant = Flag()
    document = DocumentNumber(load_default=None)


@shows(Extension, "extension pack window until employer person granted")
class WindowExtensionSchema(AnswerSchema):
    """An extension; ``granted`` is null while it is proposed.

    ``reason`` is null for who is not of the authority.
    """

    reason = fields.String(allow_none=True)


class WindowExtensionsSchema(AnswerSchema):
    """The extensions of an authority, the oldest first."""

    extensions = nested(WindowExtensionSchema)
    acts = acts_field()


def _seen(office: Office, who: Acting, authority: str) -> Seen[Organisation]:
    return read_thing(office, who, WINDOWS, authority, Act.READ_EXTENSIONS)


post = posts(blueprint, _seen)
post("/<organisation_id>/window-extensions", window_extension.PROPOSE, WindowExtensionBody)
post(
    "/<organisation_id>/window-extensions/<extension_id>/decisions",
    window_extension.DECIDE,
    ExtensionDecisionBody,
)


@blueprint.get("/<organisation_id>/window-extensions")
@blueprint.response(200, WindowExtensionsSchema)
def list_extensions(organisation_id: str) -> Answered:
    """List the extensions of an authority, those that wait for a decision among them."""
    office = services().office
    seen = _seen(office, acting(), organisation_id)
    inside = Relation.ORGANISATION in seen.relations
    shown = [
        members(each, reason=words(each.reason, visible=True) if inside else None)
        for each in office.desk().windows(organisation_id).extensions
    ]
    return {"extensions": shown, "acts": acts_of(seen)}, 200, etag(seen.version)
