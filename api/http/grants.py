"""Powers of an organisation: ``/v1/organisations/{organisation_id}/grants``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from api.acts import folding, power_grant
from api.acts.power_grant import POWERS_OF
from api.acts.thing import read as read_thing
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema, Body, Day, DocumentNumber, Flag, KnownAt, Text
from api.conventions.versions import etag
from api.conventions.vocabulary import Word
from api.http.act_operations import acts_field, acts_of
from api.http.acting import Answered, acting, posts
from api.http.labels import AFFAIRS, GRANTED_BODIES
from api.http.labels_of_laws import title_levels
from api.http.rows import members, nested, shows
from api.http.word_fields import area_field, words
from api.services import services
from domain.authority.power import Power
from domain.authority.state import Grant

if TYPE_CHECKING:
    from api.acts.acting import Acting
    from api.acts.power_grant import Powers
    from api.acts.thing import Seen
    from api.office import Office

blueprint = Blueprint("grants", prefix="/v1/organisations", description="职权 / powers")


class GrantBody(Body):
    """A power out of one's own: as which bodies, over which affairs, within which bounds.

    ``source`` is the grant that it comes from, or ``authority-root``. Empty ``levels`` are all
    levels, empty ``series`` all series; an empty ``area`` is the whole record; a ``last_day`` of
    null is none. Whoever means it that wide says so. ``in_name_of`` is in whose name the holder
    acts.
    """

    source = Text(longest=100)
    bodies = fields.List(Word(GRANTED_BODIES), load_default=list, validate=Length(0, 20))
    affairs = fields.List(Word(AFFAIRS), load_default=list, validate=Length(0, 20))
    area = area_field(whole=True)
    levels = fields.List(Word(title_levels), validate=Length(0, 20))
    series = words(50, required=True)
    exercises = Flag()
    passes_on = Flag(load_default=False)
    in_name_of = Text(load_default=None, longest=200)
    starts_on = Day(load_default=None)
    last_day = Day(allow_none=True)
    document = DocumentNumber()


class GrantDecisionBody(Body):
    """Whether what was proposed is granted."""

    grant = Flag()


class GrantWithdrawalBody(Body):
    """The first day in Beijing without the power, by which document.

    ``passed_on_too`` ends what came from it as well.
    """

    ends_on = Day()
    passed_on_too = Flag()
    document = DocumentNumber()


@shows(
    Power,
    "bodies affairs area levels series exercises passes_on in_name_of starts_on last_day",
)
@shows(Grant, "grant source by document granted ends_on")
class GrantSchema(AnswerSchema):
    """A power; ``granted`` is null while it is proposed, ``ends_on`` the first day without it."""

    withdrawal_proposed = Flag()


class OrganisationGrantsSchema(AnswerSchema):
    """The powers of an organisation, the oldest first."""

    grants = nested(GrantSchema)
    acts = acts_field()


def _seen(office: Office, who: Acting, holder: str) -> Seen[Powers]:
    return read_thing(office, who, POWERS_OF, holder)


post = posts(blueprint, _seen)
post("/<organisation_id>/grants", power_grant.PROPOSE, GrantBody)
post("/<organisation_id>/grants/<grant_id>/decisions", power_grant.DECIDE, GrantDecisionBody)
post(
    "/<organisation_id>/grants/<grant_id>/withdrawals",
    power_grant.PROPOSE_WITHDRAWAL,
    GrantWithdrawalBody,
)
post(
    "/<organisation_id>/grants/<grant_id>/withdrawals/current/confirmations",
    power_grant.WITHDRAW,
)


class GrantsQuery(Schema):
    """The day in Beijing on which powers stand, and the instant as of which they are known.

    Without a day all are listed, with what is only proposed or has ended.
    """

    effective_at = Day(load_default=None)
    as_of = KnownAt()


@blueprint.get("/<organisation_id>/grants")
@blueprint.arguments(GrantsQuery, location="query")
@blueprint.response(200, OrganisationGrantsSchema)
def list_grants(query: dict[str, Any], organisation_id: str) -> Answered:
    """List what an organisation may do, now or on a day, as is known now or was at an instant."""
    day, instant = query["effective_at"], query["as_of"]
    seen = _seen(services().office, acting(), organisation_id)
    history = seen.history
    if instant is not None:
        history = history.as_of(services().record.position_at(instant))
    known = folding.authority(history)
    shown = [
        members(each.power, **members(each, withdrawal_proposed=bool(each.withdrawal)))
        for each in (() if known is None else known.grants)
        if day is None or each.stands(day)
    ]
    return {"grants": shown, "acts": acts_of(seen)}, 200, etag(seen.version)
