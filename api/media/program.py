"""The program that looks into files, each in a child of its own with limits.

Whoever made a file may have made it to take the memory or the time of whoever looks, or to bring
the reader down: all of that ends in the child. What reads files is loaded once, before any comes;
nothing of one child is there in the next.

Standard input is a socket. Each message brings another socket, on which a file comes, and on
which its media type, or the code of the problem, is answered; a child that dies answers nothing.
The program ends when its input does.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys

from api.media.kinds import MediaRefusedError
from api.media.whole import look

MEMORY = 1 << 30
"""Octets of address space: a page of the most pixels takes six tenths of it."""
SECONDS = 20
"""Of a processor."""


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a child
    with socket.socket(fileno=sys.stdin.fileno()) as asked:
        while True:
            _, sockets, _, _ = socket.recv_fds(asked, 1, 1)
            if not sockets:
                return
            with socket.socket(fileno=sockets[0]) as file:
                if os.fork() == 0:
                    asked.close()
                    _answer(file)
                    os._exit(0)


def _answer(file: socket.socket) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with file.makefile("rb") as coming:
            told = look(coming.read())
    except MediaRefusedError as error:
        told = error.reason
    except (MemoryError, RecursionError):
        told = "MEDIA_BOMB"
    file.sendall(told.encode())


if __name__ == "__main__":
    main()
