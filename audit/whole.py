"""The operator's whole-log check: every position, stream and hash, every duty, every power.

It finds what was altered without the hashes being made anew; against an operator who rebuilds
everything, only what others hold is proof.

The record is read twice: first what says who is who and who may do what, then stream by stream, so
that no more than one page of it and one case are ever at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from audit.duties.bindings import STREAMS, Bindings
from audit.duties.leaf import LeafUnreadableError, leaf_of, members_of
from audit.duties.passages import Verdict
from audit.duties.proof import prove
from audit.duties.topics import HEARD
from audit.leaf.canonical import NotCanonicalError, decode_for_reader
from audit.leaf.hashing import leaf_hash
from audit.powers.grants import Grants
from audit.powers.rights import WITHOUT_POWER, Right, rights_in_affairs, rights_in_case
from audit.powers.topics import AFFAIRS, AT_A_STAGE
from audit.powers.topics import STREAMS as AUTHORITIES
from audit.reading import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from audit.duties.leaf import Leaf
    from audit.reading import Span
    from audit.shelf import Row


class Pages(Protocol):
    """A record page by page, as ``audit.reading.Reading`` gives it."""

    def beside_cases(self, last: int) -> Iterator[list[Row]]:
        """Every event of whatever is no case, in order of position."""

    def by_stream(self, last: int, span: Span = WHOLE) -> Iterator[list[Row]]:
        """Every event stream by stream, in order of version; of the streams of a span."""

    def out_of_order(self, last: int) -> list[tuple[int, str, bool, bool]]:
        """Positions before which one is missing, or at which the time goes back."""


class Readable(Protocol):
    """A record that can be checked."""

    @property
    def reading(self) -> Pages:
        """Its pages."""

    def head(self) -> int:
        """Its last position."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded; ``code`` is stable, ``about`` holds ids only."""

    position: int
    code: str
    about: str


@dataclass
class Whole:
    """What was found: how much there is, and the faults in order of position.

    ``verdicts`` of every case, and by what right each act was done, where they were to be kept.
    """

    positions: int = 0
    streams: int = 0
    cases: int = 0
    faults: list[Fault] = field(default_factory=list)
    verdicts: dict[str, list[Verdict]] = field(default_factory=dict)
    rights: dict[str, list[Right]] = field(default_factory=dict)

    def add(self, share: Whole) -> None:
        """What was found in some of the streams."""
        self.streams += share.streams
        self.cases += share.cases
        self.faults += share.faults


@dataclass
class Known:
    """What every case is judged by, and what could not be heard of it."""

    bindings: Bindings = field(default_factory=Bindings)
    grants: Grants = field(default_factory=Grants)
    faults: list[Fault] = field(default_factory=list)

    def hear(self, row: Row) -> None:
        """One more event of whatever is no case; one that can't be read is found elsewhere."""
        position, stream, _, _, octets, _ = row
        heard: list[Bindings | Grants] = []
        if stream.startswith(STREAMS):
            heard.append(self.bindings)
        if stream.startswith(AUTHORITIES):
            heard.append(self.grants)
        if not heard:
            return
        try:
            leaf = leaf_of(position, _members(position, octets))
        except LeafUnreadableError:
            return
        for each in heard:
            try:
                each.hear(leaf)
            except LeafUnreadableError:
                self.faults.append(Fault(position, "LEAF_UNREADABLE", stream))


def check_whole(record: Readable, moved: Callable[[int], None] = lambda _: None) -> Whole:
    """Check the whole record in this process, and keep every verdict.

    ``moved`` is told after each page how many events have been checked.
    """
    return check_alone(record, record.head(), moved, keep=True)


def check_alone(
    record: Readable, last: int, moved: Callable[[int], None], *, keep: bool = False
) -> Whole:
    """Check the whole record in this process, as far as ``last``."""
    known = known_of(record, last)
    whole = check_streams(record, last, known, moved, keep=keep)
    whole.faults += known.faults
    conclude(record, last, whole)
    return whole


def known_of(record: Readable, last: int) -> Known:
    """Who is who and who may do what, as everything up to ``last`` says."""
    known = Known()
    for page in record.reading.beside_cases(last):
        for row in page:
            known.hear(row)
    return known


def check_streams(
    record: Readable,
    last: int,
    known: Known,
    moved: Callable[[int], None],
    span: Span = WHOLE,
    *,
    keep: bool = False,
) -> Whole:
    """Check each stream of a span as far as ``last``."""
    whole = Whole()
    rows = chain.from_iterable(_told(record.reading.by_stream(last, span), moved))
    for stream, run in groupby(rows, key=itemgetter(1)):
        whole.streams += 1
        leaves = _Stream(whole.faults).leaves(run)
        if stream.startswith("case-"):
            heard = [each for each in leaves if each.topic in HEARD or each.topic in AT_A_STAGE]
            _judge(whole, known, stream, heard, keep=keep)
        else:
            acts = (each for each in leaves if each.topic in AFFAIRS)
            rights = rights_in_affairs(acts, known.grants)
            whole.faults += _powerless(rights, "")
    return whole


def conclude(record: Readable, last: int, whole: Whole) -> None:
    """Check what concerns no single stream, and bring the faults into order."""
    whole.positions = last
    for position, stream, missing, went_back in record.reading.out_of_order(last):
        if missing:
            whole.faults.append(Fault(position, "POSITION_MISSING", f"before {position}"))
        if went_back:
            whole.faults.append(Fault(position, "TIME_WENT_BACK", stream))
    whole.faults.sort(key=lambda fault: fault.position)


def _told(pages: Iterable[list[Row]], moved: Callable[[int], None]) -> Iterator[list[Row]]:
    checked = 0
    for page in pages:
        yield page
        checked += len(page)
        moved(checked)


@dataclass
class _Stream:
    """How far a stream has been checked."""

    faults: list[Fault]
    version: int = 0
    head: str | None = None

    def leaves(self, rows: Iterable[Row]) -> Iterator[Leaf]:
        """The events of the stream that can be read."""
        for row in rows:
            leaf = self._leaf(row)
            if leaf is not None:
                yield leaf

    def _leaf(self, row: Row) -> Leaf | None:
        position, stream, version, topic, octets, _ = row
        if version != self.version + 1:
            self._fault(position, "VERSION_MISSING", f"{stream} before {version}")
        try:
            stored = _members(position, octets)
            leaf = leaf_of(position, stored)
        except LeafUnreadableError:
            self._fault(position, "LEAF_UNREADABLE", stream)
            return None
        if (leaf.stream, leaf.version, leaf.topic) != (stream, version, topic):
            self._fault(position, "ROW_IS_NOT_ITS_LEAF", stream)
        if stored.get("previous") != self.head:
            self._fault(position, "CHAIN_BROKEN", f"{stream} at {version}")
        self.version, self.head = version, leaf_hash(octets).hex()
        return leaf

    def _fault(self, position: int, code: str, about: str) -> None:
        self.faults.append(Fault(position, code, about))


def _members(position: int, octets: bytes) -> Any:  # noqa: ANN401 -- whatever was stored
    """What is stored; what comes back byte for byte holds no name twice; nothing else is sure."""
    try:
        return decode_for_reader(octets)
    except NotCanonicalError:
        return members_of(position, octets)


def _judge(whole: Whole, known: Known, case: str, leaves: list[Leaf], *, keep: bool) -> None:
    if not leaves:
        return
    whole.cases += 1
    try:
        verdicts = prove(leaves, known.bindings)
        rights = rights_in_case(leaves, known.grants)
    except LeafUnreadableError:
        whole.faults.append(Fault(leaves[-1].position, "LEAF_UNREADABLE", case))
        return
    if keep:
        whole.verdicts[case], whole.rights[case] = verdicts, rights
    for verdict in verdicts:
        if (code := _breach(verdict)) is not None:
            at = verdict.leader or verdict.handler or leaves[-1].position
            about = f"{case} {verdict.stage} {verdict.organisation} round {verdict.round}"
            whole.faults.append(Fault(at, code, about))
    whole.faults += _powerless(rights, case)


def _powerless(rights: Iterable[Right], case: str) -> Iterator[Fault]:
    for each in rights:
        if each.verdict == WITHOUT_POWER:
            about = f"{case} {each.topic} {each.organisation} {each.kind}".strip()
            yield Fault(each.position, WITHOUT_POWER, about)


def _breach(verdict: Verdict) -> str | None:
    """What a verdict is a fault of, if of anything; as then before as corrected."""
    if verdict.verdict in ("SAME", "ONE_HAND", "INCOMPLETE"):
        return f"SEPARATION_{verdict.verdict}"
    if verdict.corrected in ("SAME", "ONE_HAND"):
        return f"SEPARATION_{verdict.corrected}_AS_CORRECTED"
    return None
