"""Calling the server over HTTP, as any client would: nothing but the standard library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 30
"""Seconds that a caller waits for an answer."""


@dataclass(frozen=True)
class Reply:
    """What came back; ``body`` is the JSON value, or the text of anything else."""

    status: int
    headers: Message
    body: Any

    @property
    def version(self) -> str | None:
        """The entity tag of the thing that was answered, for If-Match."""
        return self.headers["ETag"]

    @property
    def position(self) -> int | None:
        """How far the record had come by this act; None where nothing was recorded."""
        position = self.body.get("position") if isinstance(self.body, dict) else None
        return position or None

    @property
    def stream(self) -> str:
        """The id of the thing that was made or changed."""
        return str(self.body["stream"])

    def member(self, path: str) -> object:
        """A member of the body by its path, such as ``reasons.0.code``; None where it lacks."""
        found: object = self.body
        for part in path.split("."):
            if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
                found = found[int(part)]
            else:
                found = found.get(part) if isinstance(found, dict) else None
        return found


def call(
    address: str, method: str, path: str, body: object = None, headers: Mapping[str, str] = {}
) -> Reply:
    """Send one request to ``host:port``; bytes go as they are, anything else as JSON."""
    sent = dict(headers)
    octets = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    if octets is not None:
        sent.setdefault("Content-Type", "application/json")
    connection = HTTPConnection(address, timeout=_PATIENCE)
    try:
        connection.request(method, path, octets, sent)
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    is_json = response.headers.get_content_type().endswith(("/json", "+json"))
    return Reply(response.status, response.headers, json.loads(text) if is_json else text)
