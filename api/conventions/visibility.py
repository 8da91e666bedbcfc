"""Reading one's own writes: a GET may ask to wait until the views show a position.

``wait_for=<position>`` in the query; the position is that of an answer to a command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import request

from api.problems import FieldError, Problem
from api.services import services
from api.signin.caller import caller_or_nobody
from projections.catalogue import VIEWS
from projections.progress import wait_for

if TYPE_CHECKING:
    from flask import Flask

PARAMETER = "wait_for"

_POSITION = re.compile(r"0|[1-9][0-9]{0,15}")
_LONGEST = 5.0
"""Seconds that a request waits for the views before it is answered 503."""


def register_visibility(app: Flask) -> None:
    """Let every GET of somebody signed in wait where it asks to; call it behind the gate."""
    app.before_request(_wait)


def _wait() -> None:
    """Wait as long as the request asks to, within reason.

    Raises the problem ``NOT_YET_VISIBLE`` (503) where the views do not get there in time,
    ``POSITION_UNREACHED`` (409) where the record itself has not got there.
    """
    stated = request.args.get(PARAMETER)
    if request.method != "GET" or stated is None or caller_or_nobody() is None:
        return
    if not _POSITION.fullmatch(stated):
        error = FieldError(f"/query/{PARAMETER}", "应为记录位置。", "Must be a position.")
        raise Problem("FIELDS_REFUSED", errors=[error])
    if int(stated) > services().record.head():
        raise Problem("POSITION_UNREACHED")
    with services().views.pool.connection() as connection:
        visible = wait_for(connection, VIEWS, int(stated), _LONGEST)
    if not visible:
        raise Problem("NOT_YET_VISIBLE")
