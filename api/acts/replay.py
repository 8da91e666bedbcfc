"""What was carried out before under the same key, and what an append led to, as an answer.

A lost acknowledgement is answered from the idempotency record, never by appending again.
What is answered from there is where the events stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from api.acts.acting import Answer, Happened, RefusedOnRecord
from api.acts.indicator import KIND
from api.problems import Problem
from domain.refusal import Citation, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.acts.acting import Acting, Promise
    from audit.record import Outcome, Record, Recorded


def answered_before(record: Record, acting: Acting) -> Answer | None:
    """What the same request led to when it was sent before; None where it never was.

    Raises the refusal that was recorded then, and ``IDEMPOTENCY_KEY_REUSED``.
    """
    promise = acting.promise
    if promise is None:
        return None
    outcome = record.outcome_of(promise.account, promise.key)
    if outcome is None:
        return None
    if outcome.body_digest != promise.body_digest:
        raise Problem("IDEMPOTENCY_KEY_REUSED")
    if outcome.replay is not None:
        refusals = tuple(_refusal(each) for each in orjson.loads(outcome.replay))
        raise RefusedOnRecord(refusals, outcome.last_position, replayed=True)
    return Answer(_events_of(record, outcome), replayed=True)


def happened(record: Record, promise: Promise) -> tuple[Happened, ...]:
    """Where the events stand to which a request led under its key; none where it never did.

    Nothing is told to who sends something else under the same key.
    """
    outcome = record.outcome_of(promise.account, promise.key)
    if outcome is None or outcome.body_digest != promise.body_digest:
        return ()
    return _events_of(record, outcome)


def _events_of(record: Record, outcome: Outcome) -> tuple[Happened, ...]:
    number = outcome.last_position - outcome.first_position + 1
    rows = record.rows(outcome.first_position - 1, number)
    return _of_callers(Happened(row[3], row[1], row[2], row[0]) for row in rows)


def led_to(recorded: tuple[Recorded, ...]) -> tuple[Happened, ...]:
    """What an append led to, as the caller is told."""
    return _of_callers(
        Happened(one.event.topic, one.stream, one.version, one.position) for one in recorded
    )


def _of_callers(events: Iterable[Happened]) -> tuple[Happened, ...]:
    """What a caller is told of: that something about them was indicated, watchers see."""
    return tuple(each for each in events if not each.stream.startswith(f"{KIND}-"))


def _refusal(stored: dict[str, object]) -> Refusal:
    citations, notice = stored.pop("citations"), stored.pop("notice", None)
    assert isinstance(citations, list)
    assert notice is None or isinstance(notice, list)
    told = tuple(Citation(**each) for each in citations)
    return Refusal(**stored, citations=told, notice=notice and tuple(notice))  # type: ignore[arg-type] # as asdict wrote it
