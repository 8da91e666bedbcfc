"""A caller over HTTP as tests write it: a word for each method, headers as keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import client

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = client.Reply


class Client(client.Client):
    """In names of headers ``_`` stands for ``-``."""

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
        """Any request. Bytes go as they are, anything else as JSON."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        return super().request(method, path, body, sent)
