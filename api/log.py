"""The log: one JSON object a line on standard error, with nothing personal in it.

A line has the request's id, the acting account's and the case's, where there are any: ids that
the record knows, and nothing else of what a client wrote into an address.
Of an exception it keeps the kind and the places in the code, never its words nor the values of
variables: an error text of the database quotes the row that it is about.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import EventDict, Processor, WrappedLogger

_frames = ExceptionDictTransformer(show_locals=False, max_frames=30)


def configure_log(level: str, stream: TextIO | None = None) -> None:
    """Send structlog's lines and those of the standard library's loggers to one stream."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    lines = _Lines(handler)
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(_dumps)],
        logger_factory=lambda *_: lines,
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(_dumps),
            ],
        )
    )
    # what nobody reads in a line is not looked for at each: where in the code, which thread
    logging._srcfile = None  # noqa: SLF001 -- as Python's own guide has it
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # psycopg's pool names the server in full; its warnings are worth keeping, its chat is not
    logging.getLogger("psycopg.pool").setLevel(logging.WARNING)


class _Lines:
    """Takes what structlog has written to the stream of a handler, line by line, as that one does.

    So a line that can't be written is lost, and nobody goes unanswered for it.
    """

    def __init__(self, handler: logging.StreamHandler[TextIO]) -> None:
        self._handler = handler

    def write(self, line: str) -> None:
        """Write a line, whichever thread it comes from."""
        assert self._handler.lock is not None
        with self._handler.lock, suppress(OSError, ValueError):
            self._handler.stream.write(f"{line}\n")
            self._handler.flush()

    debug = info = warning = error = exception = critical = write


def name_case(case: str) -> None:
    """Let the lines of this request name a case, now that it is known that there is one."""
    structlog.contextvars.bind_contextvars(case=case)


def _without_words(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Put the kind of an exception and its places in the code in the place of the exception."""
    caught = line.pop("exc_info", None)
    if caught is True:
        caught = sys.exc_info()
    elif isinstance(caught, BaseException):
        caught = (type(caught), caught, caught.__traceback__)
    if isinstance(caught, tuple) and caught[0] is not None:
        line["exception"] = [_kind_and_places(stack) for stack in _frames(caught)]
    return line


def _kind_and_places(stack: MutableMapping[str, object]) -> dict[str, object]:
    frames = stack["frames"]
    places = [
        f"{frame['filename']}:{frame['lineno']} {frame['name']}"
        for frame in (frames if isinstance(frames, list) else [])
    ]
    return {"kind": stack["exc_type"], "places": places}


def _dumps(line: object, **_: object) -> str:
    return orjson.dumps(line, default=str).decode()
