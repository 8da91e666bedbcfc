"""Files that the caller is having made just now: ``/v1/exports/under-way``.

``POST /v1/exports`` answers when the file is there. Whoever waits for a long one asks here how far
it has come, and ends it by the idempotency key under which they asked for it.
"""

from __future__ import annotations

from typing import Any

from api.conventions.blueprint import Blueprint
from api.conventions.fields import AnswerSchema
from api.http.acting import acting
from api.http.rows import nested, shows
from api.problems import Problem
from api.services import services
from api.tables.exports_under_way import UnderWay

blueprint = Blueprint(
    "exports-under-way",
    prefix="/v1/exports/under-way",
    description="正在导出的文件 / files that are being made",
)


@shows(UnderWay, "key list begun_at read written cancelled")
class UnderWaySchema(AnswerSchema):
    """One file; `read` rows were found so far, `written` of them are in it."""


class FilesUnderWaySchema(AnswerSchema):
    """What the caller waits for."""

    exports = nested(UnderWaySchema)


@blueprint.get("")
@blueprint.response(200, FilesUnderWaySchema)
def list_under_way() -> dict[str, Any]:
    """List the files that are being made for the caller, the latest first."""
    return {"exports": services().exports_under_way.of(acting().actor.account)}


@blueprint.delete("/<key>")
@blueprint.response(204)
def cancel(key: str) -> None:
    """Want a file no more: whoever waits for it is answered `EXPORT_CANCELLED` soon.

    Nothing is recorded of it, and its key is free.
    """
    if not services().exports_under_way.cancel(acting().actor.account, key):
        raise Problem("NOT_FOUND")
