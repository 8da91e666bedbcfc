"""The leaves of an invented province, as the record would hold them.

Made without the record's append, because millions of them are needed; the append is measured
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from audit.keys.sealing import Place, SealingKey, seal
from audit.leaf.envelope import Envelope, to_leaf
from audit.leaf.hashing import leaf_hash
from bench.courses import course
from bench.misconduct import asides
from bench.province import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.leaf.canonical import JSON
    from audit.record import Row
    from bench.province import Happening, Province
    from domain.personal import Personal

SECRET = b"invented".ljust(32, b".")
"""The secret of every key; keys differ by their ids."""


def commands(province: Province, *, abreast: int = 50) -> Iterator[list[Happening]]:
    """Everything that happens, one command at a time, without end: ``abreast`` cases at a time.

    Once in ``province.calm`` commands something happens beside the cases.
    """
    yield list(province.settle())
    chance = province.random
    running = [course(province) for _ in range(abreast)]
    while True:
        number = chance.randrange(abreast)
        together = next(running[number], None)
        if together is None:
            running[number] = course(province)
        else:
            yield together
        if chance.randrange(province.calm) == 0:
            yield list(asides(province))
        if chance.randrange(province.calm) == 0:
            yield list(province.replace())


def happenings(province: Province, number: int) -> Iterator[Happening]:
    """The first ``number`` events, and what remains of the last command."""
    count = 0
    for together in commands(province):
        province.versions.update(stream for stream, _, _ in together)
        yield from together
        count += len(together)
        if count >= number:
            return


def rows(province: Province, number: int, origin: str) -> Iterator[Row]:
    """The first ``number`` events, and what remains of the last command, as rows of the record."""
    versions: Counter[str] = Counter()
    heads: dict[str, bytes] = {}
    for position, (stream, event, actor) in enumerate(happenings(province, number), 1):
        versions[stream] += 1
        version = versions[stream]
        envelope = Envelope(
            event=event,
            origin=origin,
            stream=stream,
            version=version,
            actor=actor,
            recorded_at=moment(position),
            command=f"command-{position}",
            request=None,
            causation=None,
            previous=heads.get(stream),
        )
        place = Place(origin, stream, version, event.topic)
        leaf = to_leaf(envelope, partial(_sealed, place))
        heads[stream] = leaf_hash(leaf)
        yield position, stream, version, event.topic, leaf, moment(position)


def key_of(words: Personal) -> str:
    """The id of the key that seals some words."""
    return f"{words.owner}/{words.purpose.value}/1"


def _sealed(place: Place, pointer: str, words: Personal) -> JSON:
    return seal(place, pointer, words, SealingKey(key_of(words), SECRET))
