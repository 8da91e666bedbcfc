"""Lists taken out as files: ``/v1/exports``. Each export is itself recorded (导出留痕).

``POST /v1/exports`` answers when the file is there. Whoever waits for a long one asks at
``/v1/exports/under-way`` how far it has come, and ends it by the idempotency key under which they
asked for it.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import OneOf

from api.access import Act, relations_for
from api.acts.desk import known
from api.acts.export import EXPORT, Taken
from api.acts.export import take_out as take_out_file
from api.conventions.blueprint import Blueprint
from api.conventions.exporting import CSV, MEDIA_TYPES, NDJSON, XLSX, export
from api.conventions.fields import AnswerSchema, Body, in_body
from api.conventions.paging import PageQuery
from api.conventions.vocabulary import Word
from api.http.acting import acting, asking, takes
from api.http.body_members import member_name
from api.http.export_lists import LISTS
from api.http.exported_files import READING, file_response
from api.http.lists import Query, lists, scope_to_read
from api.http.mandates import MandateHeader, narrowed
from api.http.names import called
from api.http.query.in_words import in_words
from api.http.query.qualifiers import LANGUAGES
from api.http.query.reading import Read, read, written_out
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
    from collections.abc import Iterable, Iterator, Mapping

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

_FILTERS = {
    name: in_body(each) for taking in LISTS.values() for name, each in taking.filters.items()
}
"""What narrows any of the lists; of one name it is the same in each."""
_ONE_WORD = re.compile(r'[^\s"]+')
_ENDINGS = {NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}


class ExportBody(Body):
    """Which list, in which format, and narrowed and ordered by what that list itself takes.

    What is left out is as in the list. Of integrity records, those that a ``consultation`` of the
    same session opened.
    """

    class Meta(Body.Meta):
        """How marshmallow treats it."""

        include = _FILTERS

    list = fields.String(validate=OneOf(sorted(LISTS)))
    media_type = fields.String(load_default=NDJSON, validate=OneOf(MEDIA_TYPES))

    @validates_schema
    def _narrowing_fits(self, body: dict[str, Any], **_: object) -> None:
        """What would not narrow the list is refused, so that no trailer claims that it did."""
        others = _FILTERS.keys() - LISTS[body["list"]].filters.keys()
        wrong = sorted(name for name in others if body[name] is not None)
        if wrong:
            raise ValidationError({name: ["Does not narrow this list."] for name in wrong})


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
    taking = LISTS[body["list"]]
    query = _as_query(body["list"], taking.stated(body))
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


def _as_query(listed: str, stated: Mapping[str, Any]) -> str:
    """What was asked, as the trailer and the record tell it: the list, its filters, the query."""
    filters = [f"{name}:{_written(value)}" for name, value in stated.items() if name != "q"]
    asked = [written_out(stated["q"])] if stated.get("q") else []
    return " ".join([listed, *filters, *asked])


def _written(value: object) -> str:
    """A value of a filter as JSON has it, without quotes where it is one word."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode().strip('"')
    return text if _ONE_WORD.fullmatch(text) else orjson.dumps(text).decode()


def _in_words(who: Acting, body: dict[str, Any]) -> str:
    stated = LISTS[body["list"]].stated(body)
    read, known = _read_query(who, body), ExportBody().fields
    asked = [in_words(read, LANGUAGES[body["list"]].qualifiers)] if stated.pop("q", "") else []
    filters = (f"{member_name(known[name])}：{_said(known[name], stated[name])}" for name in stated)
    return "；".join([*asked, *filters]) or "全部"


def _said(member: fields.Field[Any], value: object) -> str:
    """What a filter was set to, in Chinese."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    return member.called(str(value)) if isinstance(member, Word) else str(value)


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
