"""Whether a locality is ready: ``/v1/organisations/{organisation_id}/readiness``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from api.acts.addressee import offices_of
from api.acts.readiness import let_read, readiness_of
from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.labels import AFFAIRS, LACKS, SEATS, TASKS
from api.http.rows import members, nested, shows
from api.law.words import BODIES
from api.problems.handlers import language
from api.services import services
from domain.case.readiness import SEAL, Lack, LackKind, Staff
from projections import objections, organisations

if TYPE_CHECKING:
    from collections.abc import Mapping

blueprint = Blueprint(
    "readiness", prefix="/v1/organisations", description="就绪情况 / readiness of a locality"
)
_SORTS = 200
"""How many sorts of units beneath an organisation are looked at."""
_NAMES: Mapping[str, str] = {**BODIES, **AFFAIRS, **SEATS, SEAL: "岗位信息表盖章"}
_SENTENCES: Mapping[LackKind, Mapping[str, str]] = {
    LackKind.NOBODY_HAS_POWER: {
        "zh": "「{name}」等 {number} 个单位之上，没有单位有「{what}」职权。"
        "请由上级机关授权，或完善单位隶属关系。",
        "en": "Above {name!r} and its like ({number}) nobody has the power {lacks!r}."
        " Have it granted from above, or complete the register.",
    },
    LackKind.SEVERAL_HAVE_POWER: {
        "zh": "「{name}」等 {number} 个单位之上，有多个同级单位有「{what}」职权：{among}。"
        "请由授予职权的机关划清范围。",
        "en": "Above {name!r} and its like ({number}) several equally near have the power"
        " {lacks!r}: {among}. Ask whoever granted it to tell their bounds apart.",
    },
    LackKind.SEAT_EMPTY: {
        "zh": "「{name}」的「{what}」岗位无人在任。请由该单位管理员指派。",
        "en": "Nobody holds the seat {lacks!r} of {name!r}. Its administrator appoints somebody.",
    },
    LackKind.TOO_FEW_PERSONS: {
        "zh": "「{name}」各岗位均为同一人，须由不同的人担任。请另行指派「{what}」。",
        "en": "One human being holds all seats of the task at {name!r}. Appoint another {lacks!r}.",
    },
    LackKind.NOBODY_ABOVE: {
        "zh": "「{name}」人员不足四名，本单位审核的申报件如有「{what}」事项须由上级办理，"
        "而上级没有单位有此职权。请增配人员，或由上级机关取得职权。",
        "en": "{name!r} has fewer than four persons, so {lacks!r} in cases that it reviews is for"
        " an office above, and none there has the power. Appoint more, or have it granted.",
    },
    LackKind.MATTERS_WAIT: {
        "zh": "「{name}」有 {number} 件异议或投诉待办，而「{what}」岗位无人在任。请尽快指派。",
        "en": "{number} objections or complaints wait at {name!r}, where nobody holds the seat"
        " {lacks!r}. Appoint somebody soon.",
    },
}


@shows(Lack, "organisation name lacks kind number")
class LackSchema(AnswerSchema):
    """One thing that is lacking: a body, an affair or a seat, and what to do about it.

    ``number`` is how many units stand so, or how many objections and complaints wait.
    """

    lacks_name = fields.String()
    kind_name = fields.String()
    sentence = fields.String(
        metadata={"description": "In the language that Accept-Language prefers."}
    )


@shows(Staff, "organisation name task persons needed")
class StaffSchema(AnswerSchema):
    """How many distinct persons sit in the seats of a task, and how many it needs."""

    task_name = fields.String()


class ReadinessSchema(AnswerSchema):
    """What is lacking under the law of the organisation's area; none of it: ready.

    ``counts`` says how often each kind of lack is listed. ``complete`` is false where more sorts of
    units stand beneath the organisation than are looked at.
    """

    organisation = fields.String()
    pack = fields.String()
    lacks = nested(LackSchema)
    staff = nested(StaffSchema)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    complete = fields.Boolean()


@blueprint.get("/<organisation_id>/readiness")
@blueprint.response(200, ReadinessSchema)
def read_readiness(organisation_id: str) -> dict[str, Any]:
    """Read which powers and seats are lacking at an organisation and directly beneath it."""
    office, who = services().office, acting()
    house = let_read(office, who, organisation_id)
    own = offices_of(office.desk(who), who.actor.person)
    with services().views.connection() as connection:
        alike = organisations.employers_beneath(connection, organisation_id, _SORTS + 1)
        offices = {organisation_id, *organisations.beneath(connection, organisation_id)}
        waiting = objections.open_at(connection, offices, own)
    sorts = [(each.organisation, each.number) for each in alike[:_SORTS]]
    found = readiness_of(office, who, house, sorts, waiting)
    return {
        "organisation": organisation_id,
        "pack": found.law.id,
        "lacks": [_shown(each) for each in found.lacks],
        "staff": [members(each, task_name=TASKS[each.task]) for each in found.staff],
        "counts": dict.fromkeys(LackKind, 0) | Counter(each.kind for each in found.lacks),
        "complete": len(alike) <= _SORTS,
    }


def _shown(lack: Lack) -> dict[str, Any]:
    what = _NAMES.get(lack.lacks, lack.lacks)
    sentence = _SENTENCES[lack.kind][language()].format(
        name=lack.name,
        number=lack.number,
        what=what,
        lacks=lack.lacks,
        among="、".join(lack.among),
    )
    return members(lack, lacks_name=what, kind_name=LACKS[lack.kind], sentence=sentence)
