"""A resource made for tests alone, which does what resources do and nothing else."""

from __future__ import annotations

from typing import Any

from flask import request
from marshmallow import fields
from psycopg import errors

from api.acts.acting import RefusedOnRecord
from api.conventions.admission import Admission
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body, Day, Flag, Instant, Text, WholeNumber
from api.conventions.idempotency import idempotency_key, replayed
from api.conventions.paging import PageQuery, link_to_next, place_of
from api.conventions.versions import etag, expected_version
from audit.append.errors import AcknowledgementLostError, StreamConflict, StreamConflictError
from domain.refusal import Citation, Refusal, Refused

THINGS = tuple(f"thing-{number}" for number in range(1, 8))

CITATION = Citation("XW-23", "四、（一）", "不能为同一人", "xunwu-2024")
REFUSAL = Refusal("SAME_REVIEWER", "不能为同一人。", "They are one person.", (CITATION,), "/person")
OTHER = Refusal("SELF_REVIEW", "不得审查本人的材料。", "Nobody reviews themselves.", (CITATION,))

FAULTS = {
    "law": Refused(REFUSAL, OTHER),
    "noted": RefusedOnRecord((REFUSAL,), 7, replayed=True),
    "bug": RuntimeError("360734190001011232 某甲"),
    "disk": errors.DiskFull("no space left"),
    "slow": errors.QueryCanceled("canceling statement due to statement timeout"),
    "gone": errors.AdminShutdown("terminating connection"),
    "lost": AcknowledgementLostError("the connection went"),
    "unmade": errors.UndefinedTable("relation does not exist"),
    "moved": StreamConflictError((StreamConflict("case-1", 1, 2),)),
}

blueprint = Blueprint("probe", prefix="/probe", description="for tests")


class ThingBody(Body):
    """Every kind of field; a name is needed, and the other members may be left out."""

    name = Text(longest=20)
    amount = WholeNumber(load_default=None)
    sure = Flag(load_default=None)
    day = Day(load_default=None)
    at = Instant(load_default=None)
    parts = fields.List(fields.Nested(Body.from_dict({"word": Text()})), load_default=None)


class ThingsQuery(PageQuery):
    """A list with a filter."""

    colour = fields.String()


@blueprint.post("")
@blueprint.admits(Admission.PUBLIC)
@blueprint.arguments(ThingBody)
def echo(body: dict[str, Any]) -> dict[str, Any]:
    """What was read."""
    return body


@blueprint.post("/<thing>/acts")
@blueprint.appends(to_existing=True)
def act(thing: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """The promises of a request."""
    key = idempotency_key()
    body = {"thing": thing, "account": key.account, "key": key.key, "body": key.body.hex()}
    version = expected_version()
    return body, 201, {**etag(version + 1), **replayed()}


@blueprint.get("")
@blueprint.arguments(ThingsQuery, location="query")
def things(query: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """A page of things."""
    place = place_of(query["cursor"])
    begin = 0 if place is None else THINGS.index(str(place[0])) + 1
    page = THINGS[begin : begin + query["limit"]]
    more = begin + query["limit"] < len(THINGS)
    return {"things": list(page)}, 200, link_to_next((page[-1],) if more else None)


@blueprint.get("/faults/<fault>")
@blueprint.admits(Admission.PUBLIC)
def fault(fault: str) -> None:
    """Something goes wrong."""
    raise FAULTS[fault]


@blueprint.get("/address")
@blueprint.admits(Admission.PUBLIC)
def address() -> dict[str, Any]:
    """Where the request comes from."""
    return {"address": request.remote_addr}
