"""A client that looks at a thing after each act on it, and notes where it is shown otherwise."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from api.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.client import Reply


@dataclass
class Looked:
    """The topics of what acts led to that were looked at, and what differed."""

    topics: set[str] = field(default_factory=set)
    differing: list[tuple[str, object, object]] = field(default_factory=list)

    def compare(self, did: str, answer: Reply, seen: Reply) -> None:
        """What an act was answered with, and what is read right after it."""
        if answer.status != 201 or seen.status != 200 or "acts" not in seen.body:
            return
        self.topics |= {each["topic"] for each in answer.body["events"]}
        told, read = ([each.headers["ETag"], each.body["acts"]] for each in (answer, seen))
        if told != read:
            self.differing.append((did, told, read))


@contextmanager
def looking_after() -> Iterator[Looked]:
    """Let every client look, as long as this lasts."""
    looked, request = Looked(), Client.request

    def also(
        client: Client,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        answer = request(client, method, path, body, headers)
        links = answer.body.get("links", {}) if isinstance(answer.body, dict) else {}
        if method == "POST" and "self" in links and "acts" in answer.body:
            looked.compare(path, answer, request(client, "GET", links["self"]))
        return answer

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(Client, "request", also)
        yield looked
