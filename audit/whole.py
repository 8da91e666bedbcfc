"""The operator's whole-log check: every position, stream and hash, every duty, every power.

Reads the record once, in order. It finds what was altered without the hashes being made anew;
against an operator who rebuilds everything, only what others hold is proof.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import orjson

from audit.duties.bindings import STREAMS, Bindings
from audit.duties.leaf import Leaf, LeafUnreadableError, read_leaf
from audit.duties.passages import Verdict
from audit.duties.proof import prove
from audit.duties.topics import HEARD
from audit.leaf.hashing import leaf_hash
from audit.powers.grants import Grants
from audit.powers.rights import WITHOUT_POWER, Right, rights_in_affairs, rights_in_case
from audit.powers.topics import AFFAIRS, AT_A_STAGE
from audit.powers.topics import STREAMS as AUTHORITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from audit.record import Row

PAGE = 5_000


class Readable(Protocol):
    """Whatever can give the rows of a record in order."""

    def rows(self, after: int, limit: int) -> Sequence[Row]:
        """The rows behind a position."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded; ``code`` is stable, ``about`` holds ids only."""

    position: int
    code: str
    about: str


@dataclass
class _Stream:
    version: int = 0
    head: bytes | None = None


@dataclass
class Whole:
    """What was found: faults, the verdicts of every case, and by what right each act was done."""

    positions: int = 0
    time: datetime | None = None
    streams: dict[str, _Stream] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    rights: dict[str, list[Right]] = field(default_factory=dict)


def check_whole(record: Readable, moved: Callable[[int], None] | None = None) -> Whole:
    """Check the whole record; ``moved`` is told how far it has come."""
    whole = Whole()
    bindings, grants = Bindings(), Grants()
    affairs: list[tuple[int, bytes]] = []
    # Cases wait until every binding is known: as octets, a tenth of what is read out of them.
    cases: dict[str, list[tuple[int, bytes]]] = defaultdict(list)
    for row in _rows(record):
        leaf = _check_row(whole, row)
        if leaf is not None and leaf.stream.startswith("case-"):
            if leaf.topic in HEARD or leaf.topic in AT_A_STAGE:
                cases[leaf.stream].append((row[0], row[4]))
        elif leaf is not None:
            if leaf.stream.startswith(STREAMS):
                _bind(whole, bindings, leaf)
            if leaf.stream.startswith(AUTHORITIES):
                _bind(whole, grants, leaf)
            if leaf.topic in AFFAIRS:
                affairs.append((row[0], row[4]))
        if moved is not None:
            moved(whole.positions)
    for case, heard in cases.items():
        leaves = [read_leaf(position, octets) for position, octets in heard]
        try:
            whole.verdicts[case] = prove(leaves, bindings)
            whole.rights[case] = rights_in_case(leaves, grants)
        except LeafUnreadableError:
            whole.faults.append(Fault(leaves[-1].position, "LEAF_UNREADABLE", case))
            continue
        for verdict in whole.verdicts[case]:
            if (code := _breach(verdict)) is not None:
                at = verdict.leader or verdict.handler or leaves[-1].position
                about = f"{case} {verdict.stage} {verdict.organisation} round {verdict.round}"
                whole.faults.append(Fault(at, code, about))
        whole.faults += _powerless(whole.rights[case], case)
    acts = (read_leaf(position, octets) for position, octets in affairs)
    whole.faults += _powerless(rights_in_affairs(acts, grants), "")
    return whole


def _powerless(rights: Iterable[Right], case: str) -> Iterator[Fault]:
    for each in rights:
        if each.verdict == WITHOUT_POWER:
            about = f"{case} {each.topic} {each.organisation} {each.kind}".strip()
            yield Fault(each.position, WITHOUT_POWER, about)


def _bind(whole: Whole, what: Bindings | Grants, leaf: Leaf) -> None:
    try:
        what.hear(leaf)
    except LeafUnreadableError:
        whole.faults.append(Fault(leaf.position, "LEAF_UNREADABLE", leaf.stream))


def _breach(verdict: Verdict) -> str | None:
    """What a verdict is a fault of, if of anything; as then before as corrected."""
    if verdict.verdict in ("SAME", "ONE_HAND", "INCOMPLETE"):
        return f"SEPARATION_{verdict.verdict}"
    if verdict.corrected in ("SAME", "ONE_HAND"):
        return f"SEPARATION_{verdict.corrected}_AS_CORRECTED"
    return None


def _rows(record: Readable) -> Iterator[Row]:
    after = 0
    while page := record.rows(after, PAGE):
        yield from page
        after = page[-1][0]


def _check_row(whole: Whole, row: Row) -> Leaf | None:
    position, stream, version, topic, octets, placed_at = row
    whole.positions += 1
    if whole.time is not None and placed_at < whole.time and topic != "record:time-resumed:1":
        whole.faults.append(Fault(position, "TIME_WENT_BACK", stream))
    whole.time = placed_at
    if position != whole.positions:
        whole.faults.append(Fault(position, "POSITION_MISSING", f"before {position}"))
        whole.positions = position
    known = whole.streams.setdefault(stream, _Stream())
    if version != known.version + 1:
        whole.faults.append(Fault(position, "VERSION_MISSING", f"{stream} before {version}"))
    try:
        leaf = read_leaf(position, octets)
    except LeafUnreadableError:
        whole.faults.append(Fault(position, "LEAF_UNREADABLE", stream))
        return None
    if (leaf.stream, leaf.version, leaf.topic) != (stream, version, topic):
        whole.faults.append(Fault(position, "ROW_IS_NOT_ITS_LEAF", stream))
    previous = orjson.loads(octets).get("previous")
    if previous != (None if known.head is None else known.head.hex()):
        whole.faults.append(Fault(position, "CHAIN_BROKEN", f"{stream} at {version}"))
    known.version, known.head = version, leaf_hash(octets)
    return leaf
