"""What each act was seen to rest on while the tests ran, held against what is written down.

An act is bound to every stream that it read: the append refuses it when one of them has moved. So
what an act reads is what it can't overlook. ``readings.txt`` says it for each act, by the first
event that it writes and the kinds of streams that it read beside those that it continued.
A run in which an act rests on something that is not written there fails; so does a whole run in
which an act rests on less. For each kind there is a race in ``tests/api/test_races.py``.
What goes by chance is not looked at: each run would see something else.

``MINGJIAN_WRITE_READINGS=1`` before a whole run writes the file anew.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from api.acts.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.record import Head

WRITTEN_DOWN = Path(__file__).parent / "readings.txt"
_WRITE = os.environ.get("MINGJIAN_WRITE_READINGS") == "1"

_TOLD = ("tests/api/", "tests/stories/")
"""Where tests tell the same each time they run."""
_BY_CHANCE = ("fuzzing", "words_decide_nothing", "test_powers", "served_walk", "lists_folded")
"""And those there that do not."""

seen: defaultdict[str, set[str]] = defaultdict(set)
"""The kinds of streams that each act only read, in this process."""


def watch() -> None:
    """See what every act rests on from now on, in whatever application of this process."""
    checks = vars(Streams)["checks"].fget

    def watched(desk: Streams) -> tuple[Head, ...]:
        heads: tuple[Head, ...] = checks(desk)
        writes = desk.writes
        if writes and _looked_at(os.environ.get("PYTEST_CURRENT_TEST", "")):
            seen[writes[0].events[0].topic] |= {kind_of(head.stream) for head in heads}
        return heads

    Streams.checks = property(watched)  # type: ignore[assignment] # for the tests alone


def _looked_at(test: str) -> bool:
    return test.startswith(_TOLD) and not any(each in test for each in _BY_CHANCE)


def kind_of(stream: str) -> str:
    """The word before the id of a stream."""
    return stream.partition("-")[0]


def written_down() -> dict[str, set[str]]:
    """The kinds of streams that each act rests on, as the file says."""
    lines = (line.split() for line in WRITTEN_DOWN.read_text("utf-8").splitlines())
    return {act: set(kinds) for act, *kinds in lines}


def differences(found: Mapping[str, Iterable[str]], *, whole: bool) -> list[str]:
    """How what was seen differs from what is written down, in words; writes it where asked to."""
    if whole and _WRITE:
        lines = (" ".join((act, *sorted(found[act]))) for act in sorted(found))
        WRITTEN_DOWN.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    known, said = written_down(), []
    for act, kinds in sorted(found.items()):
        if more := set(kinds) - known.get(act, set()):
            said.append(f"{act} was seen to rest on: {', '.join(sorted(more))}")
    if whole:
        for act, kinds in sorted(known.items()):
            if less := set(kinds) - set(found.get(act, ())):
                said.append(f"{act} was never seen to rest on: {', '.join(sorted(less))}")
    return said
