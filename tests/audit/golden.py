"""The golden file of each topic: bytes that every later version of Mingjian must read.

``python -m tests.audit.golden`` writes the files of topics that have none. It never touches one
that is there: whoever adds a field to an event keeps the old file and writes a second one,
``<topic>.2.json``, with ``python -m tests.audit.golden <topic>``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from audit.keys.sealing import Place, Sealed, SealingKey, seal, unseal
from audit.leaf import canonical
from audit.leaf.envelope import Envelope, from_leaf, to_leaf
from domain import vocabulary
from domain.actor import AccountActor
from domain.event import Event, topics
from domain.personal import Personal, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.leaf.canonical import JSON

DIRECTORY = Path(__file__).parent / "golden"
ORIGIN = "mingjian/golden"
STREAM = "golden-1"
WORDS = "张三𠮷"
ACTOR = AccountActor(
    "account-1",
    "person-1",
    "organisation-1",
    "handler",
    "appointment-1",
    "sign-in-1",
    "password",
    "grant-1",
)


@dataclass(frozen=True)
class GoldenKeys:
    """The one key under which the golden files seal, whatever its id."""

    def find(self, key_id: str) -> SealingKey:
        return SealingKey(key_id, bytes(range(32)))


def topics_of_the_vocabulary() -> dict[str, type[Event]]:
    """Every topic that the domain declares; those of tests and benches are theirs."""
    assert vocabulary.__all__
    return {
        topic: kind for topic, kind in topics().items() if kind.__module__.startswith("domain.")
    }


def files_of(topic: str) -> list[Path]:
    """The golden files of a topic, the oldest first."""
    name = topic.replace(":", ".")
    later = DIRECTORY.glob(f"{name}.*.json")
    return [
        *(path for path in [DIRECTORY / f"{name}.json"] if path.exists()),
        *sorted(later, key=lambda path: int(path.name.split(".")[-2])),
    ]


def read(path: Path, topic: str) -> Envelope:
    """What a golden file says; its words open under the golden key."""
    place = Place(ORIGIN, STREAM, 2, topic)

    def unsealing(pointer: str, stored: JSON) -> Personal:
        return unseal(place, pointer, stored, GoldenKeys())

    return from_leaf(path.read_bytes(), unsealing)


def as_it_was_sealed(_pointer: str, words: Personal) -> JSON:
    """The envelope from which these words were read."""
    assert isinstance(words, Sealed)
    token = canonical.decode(words.token.encode())
    assert isinstance(token, list)
    envelope: JSON = token[-1]
    return envelope


def write(path: Path, kind: type[Event]) -> None:
    """Write a new golden file; raises ``FileExistsError``."""
    place = Place(ORIGIN, STREAM, 2, kind.topic)

    def sealing(pointer: str, words: Personal) -> JSON:
        key_id = f"{words.owner}/{words.purpose.value}/1"
        return seal(place, pointer, words, GoldenKeys().find(key_id))

    envelope = Envelope(
        event=example(kind),
        origin=ORIGIN,
        stream=STREAM,
        version=2,
        actor=ACTOR,
        recorded_at=datetime(2024, 10, 15, 1, 0, tzinfo=UTC),
        command="command-1",
        request="request-1",
        causation=1,
        previous=bytes(range(32)),
    )
    with path.open("xb") as file:
        file.write(to_leaf(envelope, sealing))


def example(hint: Any) -> Any:  # noqa: ANN401
    """A value of a type: something rather than nothing, and two of several."""
    if hint is Personal:
        return Personal(WORDS, "person-1", Purpose.APPLICANT)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{field.name: example(hints[field.name]) for field in fields(hint)})
    if get_origin(hint) is tuple:
        return (example(get_args(hint)[0]),) * 2
    if get_args(hint):
        return example(next(one for one in get_args(hint) if one is not NoneType))
    moment = datetime(2024, 10, 15, 1, 0, 0, 5, tzinfo=UTC)
    plain = {str: "文字", int: 7, bool: True, date: date(2024, 10, 15), datetime: moment}
    return plain[hint]


def missing(asked: list[str]) -> Iterator[tuple[Path, type[Event]]]:
    """The files to be written: the first of a topic without any, the next of one asked for."""
    for topic, kind in topics_of_the_vocabulary().items():
        name, standing = topic.replace(":", "."), len(files_of(topic))
        if not standing:
            yield DIRECTORY / f"{name}.json", kind
        elif topic in asked:
            yield DIRECTORY / f"{name}.{standing + 1}.json", kind


if __name__ == "__main__":
    for path, kind in missing(sys.argv[1:]):
        write(path, kind)
        sys.stdout.write(f"{path.name}\n")
