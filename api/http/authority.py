"""By what right a case was dealt with: ``/v1/cases/{case_id}/authority``.

Computed from the stored bytes by the audit's own rules, which share nothing with those that let
the acts through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.access import Act
from api.acts.case_reading import read_case
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.rows import members, nested, shows
from api.law.words import BODIES
from api.services import services
from audit.powers.grants import Granted
from audit.powers.looking import rights_of
from audit.powers.rights import Right

if TYPE_CHECKING:
    from api.acts.organisation_name import Names

blueprint = Blueprint(
    "authority", prefix="/v1/cases", description="职权溯源 / by what right an act was done"
)


@shows(Granted, "grant holder source by document granted")
class GrantPassedOnSchema(AnswerSchema):
    """One grant of the chain; ``granted`` is the position at which it was confirmed."""

    holder_name = fields.String()
    by_name = fields.String()
    area = fields.String()
    starts_on = fields.String()
    last_day = fields.String(allow_none=True)


@shows(Right, "position topic organisation kind verdict")
class RightSchema(AnswerSchema):
    """By what right one act was done, and in whose name, where that is not the office's own.

    ``GRANTED``: by the grants of ``chain``, from the one that it rests on up to the one that came
    from the root. ``OWN_HOUSE``: an employer acted at its own stage. ``WITHOUT_POWER``: by none.
    Organisations have the names that they had then.
    """

    name = fields.String()
    in_name_of = fields.String(allow_none=True)
    kind_name = fields.String()
    chain = nested(GrantPassedOnSchema)


class AuthoritySchema(AnswerSchema):
    """By what right each act at a stage of the case was done."""

    case = fields.String()
    acts = nested(RightSchema)


@blueprint.get("/<case_id>/authority")
@blueprint.response(200, AuthoritySchema)
def read_authority(case_id: str) -> dict[str, Any]:
    """Read by what right each act on the case was done: its grants, up to the root."""
    seen = read_case(services().office, acting(), case_id, Act.READ_AUTHORITY)
    rights = rights_of(services().record.rows_of, case_id)
    return {"case": case_id, "acts": [_shown(each, seen.names) for each in rights]}


def _shown(right: Right, names: Names) -> dict[str, Any]:
    return members(
        right,
        name=names.called(right.organisation, right.position).name,
        in_name_of=right.chain[0].power["in_name_of"] if right.chain else None,
        kind_name=BODIES.get(right.kind, right.kind),
    ) | {"chain": [_link(each, right.position, names) for each in right.chain]}


def _link(grant: Granted, position: int, names: Names) -> dict[str, Any]:
    return members(
        grant,
        holder_name=names.called(grant.holder, position).name,
        by_name=names.called(grant.by, position).name,
        area=grant.power["area"],
        starts_on=grant.power["starts_on"],
        last_day=grant.power["last_day"],
    )
