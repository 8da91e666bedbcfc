"""SQL function append as it stands in the database, called with whatever a test wants to say.

A command is a dictionary: ``at``, ``writes`` (heads with their ``topics``), and where there are any
``checks`` (heads), ``keys``, ``identities``, ``orders`` and ``claim``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.leaf.hashing import leaf_hash
from tests.audit.said import NOON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import psycopg

Command = dict[str, Any]

_COMMAND = {"times": "timestamptz", "orders": "boolean"}
_CLAIM = {
    "accounts": "text",
    "claimed_keys": "text",
    "body_digests": "bytea",
    "statuses": "smallint",
    "replays": "text",
}
_HEAD = {
    "head_turns": "integer",
    "streams": "text",
    "versions": "bigint",
    "hashes": "bytea",
    "counts": "integer",
}
_EVENT = {"topics": "text", "leaves": "bytea"}
_KEY = {"key_turns": "integer", "key_ids": "text"}
_DOCUMENT = {
    "document_turns": "integer",
    "epochs": "integer",
    "digests": "bytea",
    "persons": "text",
    "holders": "text",
}
_PLACES = ", ".join(
    f"{name} => %s::{kind}[]"
    for name, kind in (_COMMAND | _CLAIM | _HEAD | _EVENT | _KEY | _DOCUMENT).items()
)
_QUERY = f"SELECT turn, outcome, subject, expected, actual FROM record.append({_PLACES})"  # noqa: S608


def head(stream: str, version: int = 0, leaf: bytes | None = None) -> dict[str, Any]:
    """How far a stream was read; ``leaf`` is its last."""
    return {"stream": stream, "version": version, "hash": leaf and leaf_hash(leaf)}


def writing(stream: str, version: int = 0, events: int = 1, **more: Any) -> Command:  # noqa: ANN401
    """A command that continues a stream behind ``version`` with so many events."""
    return {
        "at": NOON,
        "writes": [{**head(stream, version), "topics": ["a:b:1"] * events}],
        **more,
    }


def append(
    connection: psycopg.Connection, commands: Sequence[Command], leaves: Sequence[bytes]
) -> list[Any]:
    """Turn, outcome, subject, expected, actual: the rows that the function answers, in order."""
    turns = list(enumerate(commands, start=1))
    writes = [each for command in commands for each in command.get("writes", ())]
    claims = [command.get("claim", {}) for command in commands]
    heads = [
        (turn, each["stream"], each["version"], each["hash"], len(each.get("topics", ())))
        for turn, command in turns
        for each in (*command.get("writes", ()), *command.get("checks", ()))
    ]
    documents = [
        (turn, each["epoch"], each["digest"], each["person"], each["holder"])
        for turn, command in turns
        for each in command.get("identities", ())
    ]
    arguments = [
        [command["at"] for command in commands],
        [command.get("orders", False) for command in commands],
        *(
            [claim.get(name) for claim in claims]
            for name in ("account", "key", "body_digest", "status", "replay")
        ),
        *_columns(heads, len(_HEAD)),
        [topic for each in writes for topic in each["topics"]],
        list(leaves),
        *_columns([(turn, key) for turn, each in turns for key in each.get("keys", ())], len(_KEY)),
        *_columns(documents, len(_DOCUMENT)),
    ]
    return sorted(connection.execute(_QUERY, arguments).fetchall())


def _columns(rows: Iterable[tuple[Any, ...]], count: int) -> list[list[Any]]:
    rows = list(rows)
    return [[row[place] for row in rows] for place in range(count)]
