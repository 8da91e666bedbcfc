"""Lists taken out as files: ``/v1/exports``. Each export is itself recorded (导出留痕)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response
from marshmallow import fields
from marshmallow.validate import Length, OneOf

from api.access import Act, relations_for
from api.application.scoping import scope_for
from api.conventions.blueprint import Blueprint
from api.conventions.fields import Body
from api.exporting import CSV, MEDIA_TYPES, NDJSON, XLSX, export
from api.http.acting import commanding
from api.http.exceptions import watched
from api.http.inspections import found_consultations, found_trails
from api.http.integrity_records import opened, scope_of
from api.http.lists import scope_below
from api.http.words import optional_stream
from api.identifiers import new_stream
from api.problems import Problem
from api.services import services
from domain.notes import RecordExported
from projections import indicators, integrity, lateness, parties, refusals

if TYPE_CHECKING:
    from api.application.acting import Acting
    from api.application.deliberation import Deliberation

blueprint = Blueprint("exports", prefix="/v1/exports", description="导出 / lists as files")

_MOST = 100_000
_NARROWING = ("consultation", "phase", "code", "verdict")
_ENDINGS = {NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}


class ExportBody(Body):
    """Which list, narrowed to what, in which format.

    Of integrity records, those that a ``consultation`` of the same session opened.
    """

    list = fields.String(
        required=True,
        validate=OneOf(
            (
                "cases",
                "consultations",
                "indicators",
                "integrity-records",
                "late-acts",
                "refusals",
                "separation-findings",
            )
        ),
    )
    media_type = fields.String(load_default=NDJSON, validate=OneOf(MEDIA_TYPES))
    consultation = optional_stream("consultation")
    phase = fields.String(load_default=None, allow_none=True, validate=Length(1, 40))
    code = fields.String(load_default=None, allow_none=True, validate=Length(1, 60))
    verdict = fields.String(
        load_default=None, allow_none=True, validate=OneOf(("SAME", "INCOMPLETE", "CROSS_LEVEL"))
    )


@blueprint.post("")
@blueprint.appends(to_existing=False)
@blueprint.arguments(ExportBody)
@blueprint.response(201, content_type=NDJSON)
def take_out(body: dict[str, Any]) -> Response:
    """Take a list out as a file; its trailer says what it is, and the export is recorded."""
    who = commanding(to_existing=False)
    if not relations_for(Act.EXPORT, who.roles):
        raise Problem("FORBIDDEN")
    narrowing = {name: body[name] for name in _NARROWING if body[name]}
    query = " ".join([body["list"], *(f"{name}:{value}" for name, value in narrowing.items())])
    exported = export(_LISTS[body["list"]](who, body), query, body["media_type"])
    stream = new_stream("export", who.at)
    trailer = exported.trailer

    def think(deliberation: Deliberation) -> None:
        deliberation.write(
            stream,
            RecordExported(
                query=trailer.query,
                count=trailer.count,
                first_position=trailer.first_position,
                last_position=trailer.last_position,
                digest=trailer.digest,
                media_type=exported.media_type,
            ),
        )

    answer = services().office.desk.act(who, think)
    name = f"{body['list']}.{_ENDINGS[exported.media_type]}"
    headers = {
        "Content-Disposition": f"attachment; filename={name}",
        "Export": answer.stream_of("export:recorded:1"),
    }
    return Response(exported.octets, 201, headers, mimetype=exported.media_type)


def _cases(who: Acting, body: dict[str, Any]) -> list[dict[str, Any]]:
    scope = scope_for(Act.READ_CASE, who, services().office.desk.deliberate())
    narrowing = parties.Narrowing(phase=body["phase"])
    with services().views.connection() as connection:
        found = parties.visible(connection, scope, narrowing, limit=_MOST)
    names = ("number", "case", "applicant", "employer", "pack", "series", "specialty", "level")
    standing = ("phase", "round", "stage", "organisation", "batch", "flags", "certificate")
    return [
        {name: getattr(row, name) for name in (*names, *standing, "changed_at", "position")}
        for row in found
    ]


def _refusals(who: Acting, body: dict[str, Any]) -> list[dict[str, Any]]:
    with services().views.connection() as connection:
        scope = scope_below(Act.READ_REFUSALS, who, connection)
        found = refusals.visible(connection, scope, code=body["code"], limit=_MOST)
    names = ("at", "kind", "act", "case", "person", "organisation", "stage", "seat", "codes")
    return [{name: getattr(row, name) for name in (*names, "rules", "position")} for row in found]


def _findings(who: Acting, body: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("number", "case", "applicant", "stage", "organisation", "round", "verdict")
    return [
        {
            **{name: getattr(row, name) for name in (*names, "corrected", "basis")},
            "acts": [f"{act.seat}:{act.person}@{act.position}" for act in row.acts],
            "position": row.entered,
        }
        for row in found_trails(who, body["verdict"], None, _MOST)
    ]


def _consultations(who: Acting, _body: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("at", "subject", "extent", "mandate", "person", "account", "position")
    found = found_consultations(who, None, None, None, _MOST)
    return [{name: getattr(row, name) for name in names} for row in found]


def _integrity_records(who: Acting, body: dict[str, Any]) -> list[dict[str, Any]]:
    consulted = opened(who, body["consultation"] or "")
    with services().views.connection() as connection:
        scope = scope_of(connection, who, consulted)
        narrowing = integrity.Narrowing()
        found = integrity.visible(connection, scope, narrowing, on=who.today, limit=_MOST)
    about = ("entry", "person", "case", "investigation", "ground", "decision", "authority")
    term = ("scope", "area", "starts_on", "ends_on", "months", "term_source", "effect", "rules")
    return [
        {
            **{name: getattr(row, name) for name in (*about, *term)},
            "state": row.state(who.today),
            "position": row.known_from,
        }
        for row in found
    ]


def _late_acts(who: Acting, _body: dict[str, Any]) -> list[dict[str, Any]]:
    names = ("at", "case", "kind", "act", "organisation", "person", "due_on", "items", "position")
    scope = watched(who)
    with services().views.connection() as connection:
        found = lateness.found(connection, scope, limit=_MOST)
    return [{name: getattr(row, name) for name in names} for row in found]


def _indicators(who: Acting, _body: dict[str, Any]) -> list[dict[str, Any]]:
    acts = ("subject", "organisation", "stage", "round", "first", "first_account", "first_person")
    signs = ("second", "second_account", "second_person", "signs", "seconds", "at", "position")
    scope = watched(who)
    with services().views.connection() as connection:
        found = indicators.found(connection, scope, limit=_MOST)
    return [{name: getattr(row, name) for name in (*acts, *signs)} for row in found]


_LISTS = {
    "cases": _cases,
    "consultations": _consultations,
    "indicators": _indicators,
    "integrity-records": _integrity_records,
    "late-acts": _late_acts,
    "refusals": _refusals,
    "separation-findings": _findings,
}
