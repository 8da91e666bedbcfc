"""A caller over HTTP, with nothing between the test and the wire but the standard library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` is the JSON value, or the text of anything else."""

    status: int
    headers: Message
    body: Any

    @property
    def code(self) -> str:
        """The code of a problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self.body
        return str(self.body["code"])


@dataclass(frozen=True)
class Client:
    """Speaks to one address, signed in or not."""

    address: str
    token: str | None = None
    refresh_token: str | None = None

    def signed_in(self, login: str, password: str) -> Client:
        """The same caller with the tokens of a new session."""
        answer = self.post("/v1/sessions", {"login": login, "password": password})
        assert answer.status == 201, answer.body
        return Client(self.address, answer.body["access_token"], answer.body["refresh_token"])

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.request("GET", path, headers=headers)

    def post(self, path: str, body: object, **headers: str) -> Answer:
        """POST of a JSON value."""
        return self.request("POST", path, body, headers)

    def put(self, path: str, body: object, **headers: str) -> Answer:
        """PUT of a JSON value."""
        return self.request("PUT", path, body, headers)

    def delete(self, path: str, **headers: str) -> Answer:
        """DELETE."""
        return self.request("DELETE", path, headers=headers)

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Any request. Bytes go as they are; in names of headers ``_`` stands for ``-``."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        octets = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        if octets is not None:
            sent.setdefault("Content-Type", "application/json")
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        connection = HTTPConnection(self.address, timeout=30)
        try:
            connection.request(method, path, octets, sent)
            response = connection.getresponse()
            text = response.read().decode(errors="surrogateescape")  # so that octets come back
        finally:
            connection.close()
        is_json = response.headers.get_content_type().endswith(("/json", "+json"))
        return Answer(response.status, response.headers, json.loads(text) if is_json else text)
