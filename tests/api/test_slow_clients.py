"""Clients that trickle, stop, or read nothing, at the server that ``serve`` starts."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.api.served import serving

if TYPE_CHECKING:
    from api.database import Reached

THREADS = 4
"""Of both processes together, as ``served`` starts them."""
HEADERS = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b'Content-Length: 1000\r\n\r\n{"login": '
)
READS_NOTHING = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200


def connected(address: str) -> socket.socket:
    """A client that has little room for answers."""
    host, port = address.split(":")
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(30)
    client.connect((host, int(port)))
    return client


def stops(client: socket.socket, sent: bytes) -> None:
    """Send something, and never anything again."""
    client.sendall(sent)


def trickles(client: socket.socket, sent: bytes) -> None:
    """Send something, and then an octet at a time until it is cut off."""
    client.sendall(sent)
    client.settimeout(0.2)
    while True:
        try:
            client.sendall(b"x")
            if client.recv(1) == b"":
                return
        except TimeoutError:
            continue
        except OSError:
            return


def test_more_clients_that_stop_than_threads_keep_nobody_out(record: Reached) -> None:
    with serving(record, MINGJIAN_CLIENT_SECONDS="1") as (_, client, _):
        for sent in (HEADERS, BODY, READS_NOTHING):
            with ExitStack() as clients:
                for _ in range(2 * THREADS):
                    stops(clients.enter_context(connected(client.address)), sent)
                for _ in range(THREADS):
                    assert client.get("/livez").status == 200, sent[:40]


def test_a_client_that_trickles_is_cut_off_and_one_that_is_merely_slow_is_not(
    record: Reached,
) -> None:
    with serving(record, MINGJIAN_CLIENT_SECONDS="3") as (_, client, _):
        for sent in (HEADERS, BODY):
            with connected(client.address) as slow:
                trickles(slow, sent)
        assert client.get("/livez").status == 200
        with connected(client.address) as slow:
            for octet in HEADERS + b"y\r\n\r\n":
                slow.sendall(bytes([octet]))
            assert slow.recv(4096).startswith(b"HTTP/1.1 200 OK")
