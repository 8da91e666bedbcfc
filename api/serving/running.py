"""How the application is put on a socket: gunicorn for real use, one threaded server for a story.

gunicorn forks, so nothing that holds a connection or a thread is made before: each worker
process makes its own application and stops it before it ends.
"""

from __future__ import annotations

import logging
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]
from prometheus_client.multiprocess import mark_process_dead
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app, open_beside
from api.jobs.catalogue import jobs
from api.jobs.workers import Workers
from api.services import Services
from api.serving.slow_clients import patient_worker
from audit.outage import is_outage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.settings import Settings

SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter from another, a tenth of what Python gives it.

Whoever reckons for long has no need to wait for the database; all others do, some dozen times an
answer, and have to win the interpreter back each time.
"""
_AGAIN = 1
"""How a process ends in whose place gunicorn begins another; by 3 or 4 it would give up."""
_BEGUN_AGAIN_SECONDS = 0.5
_log = structlog.get_logger()


@dataclass(frozen=True)
class Running:
    """One process at work: the application, what works beside it, what each stands on."""

    app: Flask
    services: Services
    beside: Services
    workers: Workers

    @classmethod
    def over(cls, services: Services) -> Self:
        """The application over these services, with its jobs on connections of their own."""
        beside = open_beside(services)
        return cls(create_app(services), services, beside, Workers(jobs(beside)))

    def start(self) -> None:
        """Begin to work beside the requests; after the fork."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self.workers.start()

    def end(self) -> None:
        """Let the work end in order, then give the connections back."""
        self.workers.stop(seconds=5)
        self.beside.close()
        self.services.close()


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with this server's settings.

    ``begin`` is called in each process after the fork; ``ready`` once, when the socket listens;
    ``again`` in the parent when it is told to begin its processes anew.
    """

    def __init__(
        self,
        settings: Settings,
        begin: Callable[[], Running],
        ready: Callable[[], None],
        again: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._begin = begin
        self._ready = ready
        self._again = again
        self._running: Running | None = None
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        for name, value in _gunicorn(self._settings).items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda _arbiter: self._ready())
        self.cfg.set("on_reload", lambda _arbiter: self._again())
        self.cfg.set("worker_exit", self._end)
        self.cfg.set("child_exit", self._forget)

    def load(self) -> Flask:
        """Called by gunicorn in each process after the fork.

        A process that begins while the database is away ends, and gunicorn begins another; of one
        that fails otherwise it would end itself, for the next would fail, too.
        """
        try:
            self._running = self._begin()
        except Exception as error:
            if not is_outage(error):
                raise
            _log.warning("the database is away", kind=type(error).__name__)
            time.sleep(_BEGUN_AGAIN_SECONDS)
            raise SystemExit(_AGAIN) from error
        self._running.start()
        return self._running.app

    def _end(self, _arbiter: object, _worker: object) -> None:
        """In a process that ends, after its last answer."""
        if self._running is not None:
            self._running.end()

    def _forget(self, _arbiter: object, worker: Any) -> None:  # noqa: ANN401 -- gunicorn has no types
        """In the parent, when a process has gone: it measures nothing any more."""
        if self._settings.metrics is not None:
            mark_process_dead(worker.pid, str(self._settings.metrics))  # type: ignore[no-untyped-call]


class PlainLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's own words go where all others go, and no line is written a request."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 -- gunicorn has no types
        """Leave the writing to the root logger."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers = [logging.NullHandler()]
        self.error_log.propagate = True

    def warning(self, msg: str, *arguments: object, **options: Any) -> None:  # noqa: ANN401 -- gunicorn has no types
        """Keep back what gunicorn quotes of a request that it could not read."""
        if msg.startswith("Invalid request"):
            msg, arguments = "a request could not be read", ()
        super().warning(msg, *arguments, **options)

    def exception(self, msg: object, *arguments: object, **options: Any) -> None:  # noqa: ANN401 -- gunicorn has no types
        """Keep back the address that gunicorn quotes of a request on which it failed."""
        if str(msg).startswith("Error handling request"):
            msg, arguments = "a request could not be answered", ()
        super().exception(msg, *arguments, **options)


def _gunicorn(settings: Settings) -> dict[str, object]:
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": patient_worker(settings.client_seconds),
        "sendfile": False,  # it would go round the patience of the socket
        "threads": settings.threads,
        "preload_app": False,  # a pool opened before the fork hangs every child
        "control_socket_disable": True,
        "graceful_timeout": settings.stop_seconds,
        "timeout": 60,
        "keepalive": 5,
        "forwarded_allow_ips": "",  # whom to believe is said by MINGJIAN_TRUSTED_PROXIES
        "logger_class": PlainLogger,
        "loglevel": settings.log_level,
        "accesslog": None,
        "proc_name": "mingjian",
    }


class _Quiet(WSGIRequestHandler):
    """Writes no line a request: the application does, without the path."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- as it is called
        """Nothing, nor of a request that can't be read: it would be quoted."""


@contextmanager
def listening(app: Flask, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The application on a socket in threads of this process, for a story or a test.

    Answers ``host:port``; port 0 takes a free one. Not for a network.
    """
    server = make_server(host, port, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, name="listening")
    thread.start()
    try:
        yield f"{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
