"""A proxy before PostgreSQL's socket that can swallow an answer and cut, or answer nothing."""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = ".s.PGSQL.5432"


class Proxy:
    """Passes everything on, until it is told to swallow an answer or to fall silent.

    ``host`` is what a client uses instead of the server's socket directory.
    """

    def __init__(self, directory: Path, server: str) -> None:
        self.host = str(directory)
        self._server = f"{server}/{_NAME}"
        self._swallow_after: int | None = None
        self.silent = False
        """While it is, connections are accepted, and nothing passes in either direction."""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(f"{directory}/{_NAME}")
        self._listening.listen()
        Thread(target=self._accept, daemon=True).start()

    def swallow_answer(self, number: int) -> None:
        """Let ``number`` more questions reach the server; cut instead of answering the last."""
        self._swallow_after = number

    def close(self) -> None:
        """Take no more connections."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, ExitStack() as ending:
            server.connect(self._server)
            answers = Thread(target=self._pass_answers, args=(server, client), daemon=True)
            answers.start()
            ending.callback(answers.join)
            ending.callback(_shut, server)
            while octets := _received(client):
                if self._swallow_after is not None:
                    self._swallow_after -= 1
                if not self.silent:
                    with suppress(OSError):  # it may have gone, as its answers then say
                        server.sendall(octets)

    def _pass_answers(self, server: socket.socket, client: socket.socket) -> None:
        while octets := _received(server):
            if self._swallow_after == 0:
                self._swallow_after = None
                break
            if self.silent:
                continue
            with suppress(OSError):
                client.sendall(octets)
        _shut(client)


@contextmanager
def a_proxy(directory: Path, server: str) -> Iterator[Proxy]:
    """A proxy before the server whose socket lies in ``server``."""
    proxy = Proxy(directory, server)
    try:
        yield proxy
    finally:
        proxy.close()


def _received(one: socket.socket) -> bytes:
    with suppress(OSError):
        return one.recv(1 << 16)
    return b""


def _shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
