"""One's own account: ``/v1/account``. What is told here is told to its holder and to nobody else.

Whoever signed in is the holder: no address names an account, so there is none to try.
The sessions that go on are at ``/v1/sessions``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts import own_account
from api.acts.organisation_name import Names
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.conventions.paging import PageQuery
from api.http.case_history import ActorSchema, EventSchema, event_documents
from api.http.lists import Query, front_door, lists
from api.http.person_names import all_known_as
from api.http.rows import members, shows
from api.http.value_schemas import Told
from api.services import services
from api.signin import TallyOfDay
from api.signin.gate import whence
from domain.actor import AccountActor
from projections.listing import Gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Connection

    from api.acts.acting import Acting
    from audit.record import Recorded
    from projections.listing import Listing

sign_ins = Blueprint(
    "own-sign-ins",
    prefix="/v1/account/sign-ins",
    description="本人账号的登录记录 / sign-ins to one's own account",
)
history = Blueprint(
    "own-account-history",
    prefix="/v1/account/history",
    description="本人账号的变动 / what has become of one's own account",
)


@shows(TallyOfDay, "day method browser system succeeded refused first_at last_at")
class SignInsOfDaySchema(AnswerSchema):
    """How often the secret was right or wrong on a day in Beijing, and where.

    ``refused`` counts confirmations as well; without a ``device`` it counts everything that was
    tried where nobody had signed in before.
    """

    device = fields.String(
        allow_none=True,
        metadata={"description": "What a device is called here. Null where it is not known."},
    )
    current = fields.Boolean(metadata={"description": "Whether it is that of this request."})


class NamedActorSchema(ActorSchema):
    """Who acted, with the ``name`` of the person."""

    name = fields.String(required=True, allow_none=True)


class AccountEventSchema(EventSchema):
    """One event of the account or of its seats."""

    stream = fields.String()
    actor = Told(NamedActorSchema)


def _sign_ins(who: Acting, page: Sequence[TallyOfDay]) -> list[dict[str, Any]]:
    door, account = services().sign_in, who.actor.account
    here = door.device_names(account, whence())
    shown = [members(row, device=door.device_name(account, row.device)) for row in page]
    return [each | {"current": each["device"] in here} for each in shown]


@lists(
    sign_ins,
    "SignIns",
    PageQuery,
    count=False,
    reading=front_door,
    shown=_sign_ins,
    sign_ins=SignInsOfDaySchema,
)
def list_sign_ins(who: Acting, _query: Query) -> Listing[TallyOfDay]:
    """List how often one's own account was signed in to, or not, by day and device."""
    return services().sign_in.tally.of_account(who.actor.account)


def _events(who: Acting, page: Sequence[Recorded]) -> list[dict[str, Any]]:
    names = Names(services().office.desk(who))
    persons = {each.actor.person for each in page if isinstance(each.actor, AccountActor)}
    called = all_known_as(persons)
    shown = event_documents(page, names)
    for each, one in zip(shown, page, strict=True):
        each["stream"] = one.stream
        each["actor"]["name"] = called.get(each["actor"].get("person"), {}).get("name")
    return shown


@lists(
    history,
    "AccountHistory",
    PageQuery,
    count=False,
    reading=front_door,
    shown=_events,
    events=AccountEventSchema,
)
def list_history(who: Acting, _query: Query) -> Gathered[Recorded]:
    """List what has become of one's own account: codes given and by whom, roles, seats."""
    return Gathered(place=("position",), gather=partial(_gathered, who))


def _gathered(
    who: Acting, _connection: Connection[Any], behind: Sequence[Any] | None, limit: int
) -> list[Recorded]:
    events = own_account.history(services().office.desk(who))
    return [each for each in events if behind is None or each.position < behind[0]][:limit]
