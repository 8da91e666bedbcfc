"""Clients that are slow on purpose: how long one may keep a thread of the server waiting.

gunicorn's threads wait for as long as a client likes once its first octet is there, so a handful
of clients that trickle their headers, stop in a body, or read no answer would hold all of them.
Here waiting is measured: a few seconds for each request and as many for its answer, and more
only for as long as octets move.
A proxy in front that buffers is better still (``docs/operations.md``).
"""

from __future__ import annotations

import errno
import socket
from time import monotonic
from typing import TYPE_CHECKING

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable

    from gunicorn.workers.gthread import TConn

SLOWEST = 16 * 1024
"""Octets a second of the slowest client that is still waited for."""


class PatientSocket(socket.socket):
    """The connection of a client, which is given up when it has kept us waiting for too long.

    ``patience`` is in seconds, for the octets of one request and again for those of its answer.
    Only waiting counts, not what the application does meanwhile.
    """

    patience = 0.0
    _receiving = 0.0
    _sending = 0.0

    def begin(self, patience: float) -> None:
        """A new request: what was waited for before does not count."""
        self.patience = self._receiving = self._sending = patience

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """As any socket's. Raises ``ConnectionResetError`` when patience has run out."""
        if self.gettimeout() is not None:  # somebody else measures
            return super().recv(bufsize, flags)
        began = monotonic()
        octets: bytes = self._waiting(
            self._receiving, lambda: super(PatientSocket, self).recv(bufsize, flags)
        )
        self._receiving -= monotonic() - began - len(octets) / SLOWEST
        self._receiving = min(self._receiving, self.patience)
        return octets

    def sendall(self, data: bytes, flags: int = 0, /) -> None:  # type: ignore[override] # gunicorn sends bytes
        """As any socket's. Raises ``ConnectionResetError`` when patience has run out."""
        if self.gettimeout() is not None:
            super().sendall(data, flags)
            return
        began = monotonic()
        allowed = self._sending + len(data) / SLOWEST
        self._waiting(allowed, lambda: super(PatientSocket, self).sendall(data, flags))
        self._sending = min(allowed - (monotonic() - began), self.patience)

    def _waiting(self, seconds: float, wait: Callable[[], bytes | None]) -> bytes:
        try:
            self.settimeout(max(seconds, 0.001))
            return wait() or b""
        except TimeoutError as error:
            # Nobody shall linger for the rest of what this client does not send or read.
            self._shut()
            raise ConnectionResetError(errno.ECONNRESET, "the client is too slow") from error
        finally:
            self.settimeout(None)

    def _shut(self) -> None:
        try:
            self.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is gone already, which is what was wanted


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's worker of threads, on sockets that don't wait for ever."""

    def enqueue_req(self, conn: TConn) -> None:
        """A request begins: on a new connection, or on one that was kept."""
        if not isinstance(conn.sock, PatientSocket):
            blocking = conn.sock.getblocking()
            conn.sock = PatientSocket(fileno=conn.sock.detach())
            conn.sock.setblocking(blocking)
        conn.sock.begin(self.patience)
        super().enqueue_req(conn)

    patience = 15.0
    """Seconds; ``patient_worker`` makes another of it."""


def patient_worker(seconds: float) -> type[PatientWorker]:
    """A worker that is kept waiting for so many seconds by one client at most."""
    return type("PatientWorker", (PatientWorker,), {"patience": float(seconds)})
