"""Lists taken out as files: ``/v1/exports``. Each export is itself recorded (导出留痕).

``POST /v1/exports`` answers when the file is there. Whoever waits for a long one asks at
``/v1/exports/under-way`` how far it has come, and ends it by the idempotency key under which they
asked for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import OneOf

from api.access import Act, relations_for
from api.acts.desk import known
from api.acts.export import EXPORT, Taken
from api.acts.export import take_out as take_out_file
from api.conventions.blueprint import Blueprint
from api.conventions.exporting import CSV, MEDIA_TYPES, NDJSON, XLSX, export
from api.conventions.fields import AnswerSchema, Body, Day
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import acting, asking, takes
from api.http.export_lists import LISTS
from api.http.exported_files import READING, file_response
from api.http.headings import CALLED
from api.http.labels import ERASURE_PHASES, VERDICTS
from api.http.lists import Query, lists, scope_to_read
from api.http.mandates import MandateHeader, narrowed
from api.http.names import called
from api.http.query.in_words import in_words
from api.http.query.qualifiers import LANGUAGES
from api.http.query.reading import Read, query_field, read, written_out
from api.http.rows import nested, shows
from api.http.sheet_layout import sheet
from api.http.word_fields import optional_stream
from api.problems import Problem
from api.services import services
from api.tables.exports_under_way import UnderWay
from domain.beijing import BEIJING
from domain.single_events import RecordExported
from projections import consultations
from projections.consultations import Export

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from flask import Response

    from api.acts.acting import Acting
    from api.conventions.exporting import Rows
    from api.conventions.spreadsheet import Sheet
    from api.http.export_lists import Row, Takeable
    from api.tables.exports_under_way import Progress
    from projections.listing import Gathered

blueprint = Blueprint("exports", prefix="/v1/exports", description="导出 / lists as files")
under_way = Blueprint(
    "exports-under-way",
    prefix="/v1/exports/under-way",
    description="正在导出的文件 / files that are being made",
)

_NARROWING = ("consultation", "effective_at", "phase", "verdict")
_NARROWED_BY = {
    **dict.fromkeys(LANGUAGES, ("q",)),
    "erasures": ("phase",),
    "integrity-records": ("consultation", "effective_at"),
    "separation-findings": ("verdict",),
    "titles": ("q", "effective_at"),
}
"""What narrows each list; the others are taken out as they are."""
_ENDINGS = {NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}


class ExportBody(Body):
    """Which list, narrowed to what, in which format; those with qualifiers as ``q`` says.

    Of integrity records, those that a ``consultation`` of the same session opened; these and
    titles as they stood on a day in Beijing (``effective_at``).
    """

    list = fields.String(validate=OneOf(sorted(LISTS)))
    media_type = fields.String(load_default=NDJSON, validate=OneOf(MEDIA_TYPES))
    consultation = optional_stream("consultation")
    q = query_field()
    effective_at = Day(load_default=None)
    phase = Word(ERASURE_PHASES, load_default=None)
    verdict = Word(VERDICTS, load_default=None)

    @validates_schema
    def _narrowing_fits(self, body: dict[str, Any], **_: object) -> None:
        """What would not narrow the list is refused, so that no trailer claims that it did."""
        narrowing = _NARROWED_BY.get(body["list"], ())
        for name in (*_NARROWING, "q"):
            if body[name] is not None and name not in narrowing:
                raise ValidationError("Does not narrow this list.", name)


class ExportsQuery(PageQuery):
    """By whom."""

    person = optional_stream("person")


@shows(
    Export,
    "position at person account organisation query first_position last_position digest media_type"
    " mandate",
)
class ExportSchema(AnswerSchema):
    """One list that was taken out, by whom; ``digest`` is the SHA-256 of the whole file, in hex."""

    rows = fields.Integer(attribute="count")


@lists(blueprint, "Exports", ExportsQuery, exports=ExportSchema)
def list_exports(who: Acting, query: Query) -> Gathered[Export]:
    """List what was taken out, by whom in the caller's charge."""
    scope = scope_to_read(Act.READ_EXPORTS, who)
    return consultations.exported(scope, person=query["person"])


@takes(blueprint, "", EXPORT, ExportBody, headers=MandateHeader, answers=MEDIA_TYPES)
def take_out(body: dict[str, Any], header: dict[str, Any]) -> Response:
    """Take a list out as a file, under a mandate and narrowed to what that is about.

    Its trailer says what it is, and the export is recorded.

    The answer comes when the file is there; how far it has come meanwhile is told at
    `/v1/exports/under-way`, where it can be ended, too.

    The `Repr-Digest` header (RFC 9530) is that of the whole file, as it is recorded.
    """
    who = asking(EXPORT)
    _read_query(who, body)  # what is wrong is told before anything is asked of it
    asked = {**body, **header}
    answer, taken = take_out_file(services().office, who, EXPORT, lambda at: _file(who, asked, at))
    name = f"{body['list']}.{_ENDINGS[body['media_type']]}"
    return file_response(answer, taken, name)


def _file(who: Acting, body: dict[str, Any], at: datetime) -> Taken:
    if not relations_for(Act.EXPORT, who.roles):
        raise Problem("FORBIDDEN")
    who = narrowed(who, body["mandate"])
    narrowing = [f"{name}:{body[name]}" for name in _NARROWING if body[name]]
    asked = [written_out(body["q"])] if body["q"] else []
    query = " ".join([body["list"], *narrowing, *asked])
    taking = LISTS[body["list"]]
    shown = partial(_sheet, who, body, taking, at)
    with _watched(who, body["list"]) as progress:
        rows = _counted(taking.take(who, body), progress)
        exported = export(rows, query, body["media_type"], at, shown)
    told = {**asdict(exported.trailer), "digest": exported.digest.hex()}
    event = RecordExported(**told, media_type=exported.media_type, mandate=body["mandate"])
    return Taken(exported.pieces, event)


@contextmanager
def _watched(who: Acting, about: str) -> Iterator[Progress]:
    """Let the caller know meanwhile how far their file has come, and end it."""
    assert who.promise is not None
    with services().exports_under_way.going_on(who.promise, about, who.at) as progress:
        token = READING.set(progress.read)
        try:
            yield progress
        finally:
            READING.reset(token)


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for row in rows:
        progress.wrote()
        yield row


def _sheet(who: Acting, body: dict[str, Any], taking: Takeable, at: datetime, rows: Rows) -> Sheet:
    """What people are shown of the rows; the cover says of whom, by whom and under what."""
    desk = services().office.desk(who)
    mandate = known(desk.mandate(body["mandate"]))
    scope, house = mandate.scope, known(desk.organisation(mandate.organisation))
    about = (*scope.organisations, *scope.cases, *scope.persons)
    names = called(who, (who.actor.person, *about))
    told = {
        "清单": taking.chinese,
        "检索条件": _in_words(who, body),
        "范围": "、".join(names.get(each, each) or "全部" for each in (*scope.areas, *about)),
        "依据": mandate.document,
        "导出人": f"{names.get(who.actor.person, '')}  {who.actor.account}",
        "单位": house.name,
        "导出时间（北京时间）": f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
    }
    return sheet(who, taking, rows, told)


def _in_words(who: Acting, body: dict[str, Any]) -> str:
    if body["list"] in LANGUAGES:
        asked = in_words(_read_query(who, body), LANGUAGES[body["list"]].qualifiers)
        return f"{asked}（截至 {body['effective_at']}）" if body["effective_at"] else asked
    said = [
        CALLED[name]().get(body[name], body[name]) if name in CALLED else body[name]
        for name in _NARROWING
        if body[name]
    ]
    return "；".join(said) or "全部"


def _read_query(who: Acting, body: dict[str, Any]) -> Read:
    language = LANGUAGES.get(body["list"])
    if language is None:
        return Read()
    return read(body["q"], language.qualifiers, who, sorts=language.sorts, pointer="/q")


@shows(UnderWay, "key list begun_at read written cancelled")
class UnderWaySchema(AnswerSchema):
    """One file; `read` rows were found so far, `written` of them are in it."""


class FilesUnderWaySchema(AnswerSchema):
    """What the caller waits for."""

    exports = nested(UnderWaySchema)


@under_way.get("")
@under_way.response(200, FilesUnderWaySchema)
def list_under_way() -> dict[str, Any]:
    """List the files that are being made for the caller, the latest first."""
    return {"exports": services().exports_under_way.of(acting().actor.account)}


@under_way.delete("/<key>")
@under_way.response(204)
def cancel(key: str) -> None:
    """Want a file no more: whoever waits for it is answered `EXPORT_CANCELLED` soon.

    Nothing is recorded of it, and its key is free.
    """
    if not services().exports_under_way.cancel(acting().actor.account, key):
        raise Problem("NOT_FOUND")
