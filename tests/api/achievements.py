"""Somebody's own record of achievements over HTTP: entered, confirmed by an employer, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.filings import SCAN, done

if TYPE_CHECKING:
    from tests.api.actor import Actor
    from tests.api.client import Answer

ENTERED = {"kind": "paper", "gained_on": "2023-05-01", "title": "某论文"}


def uploaded(person: Actor, by: Actor | None = None) -> Answer:
    """What came of uploading a proof to somebody's record."""
    sent = {"Content_Type": "application/pdf", "Idempotency_Key": uuid4().hex}
    return (by or person).client.post(f"{path_of(person)}/uploads", SCAN, **sent)


def path_of(person: Actor) -> str:
    """Where somebody's record is."""
    return f"/v1/persons/{person.person}/achievements"


def enter(person: Actor, **members: Any) -> Answer:  # noqa: ANN401 -- of a request
    """Somebody enters an achievement with a proof."""
    body = {**ENTERED, "upload": done(uploaded(person)).body["upload"], **members}
    return person.change(path_of(person), "", body)


def entered(person: Actor, **members: Any) -> str:  # noqa: ANN401 -- of a request
    """The entry that it became."""
    done(enter(person, **members))
    return str(entries(person)[-1]["entry"])


def entries(person: Actor, by: Actor | None = None) -> list[dict[str, Any]]:
    """What stands in somebody's record, as they or another sees it."""
    found: list[dict[str, Any]] = done((by or person).get(path_of(person))).body["entries"]
    return found


def review(by: Actor, person: Actor, entry: str, *, in_favour: bool = True, **more: Any) -> Answer:  # noqa: ANN401 -- of a request
    """An employer's officer confirms an entry, or does not."""
    body = {"in_favour": in_favour, **more}
    return by.change(path_of(person), f"/{entry}/reviews", body)


def withdraw(person: Actor, entry: str) -> Answer:
    """Somebody takes an entry out."""
    return person.change(path_of(person), f"/{entry}/withdrawals", {})
