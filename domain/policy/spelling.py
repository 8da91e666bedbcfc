"""What in a pack loads and yet can hardly be meant: words that no fact has, nobody who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.policy.faults import Fault, close_to, shown
from domain.policy.meanings import Meanings
from domain.policy.names import RECORDS
from domain.policy.vocabulary import ANY, Odd, odd, words_of
from domain.policy.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.policy.comparing import Equal
    from domain.policy.law import Law

_OF_RECORDS = {"education": "education", "title": "title", "where": "work"}
"""Keys of an entry under which one record is described."""
_CONDITIONS = frozenset({"when", "require", "forbid", "unless"})


def oddities(law: Law) -> tuple[Fault, ...]:
    """Each of them in the pack and its overlays, with its line."""
    words = words_of(law.whole)
    found: list[Fault] = []
    places = Whereabouts(law.texts)
    for layer in places.layers[1:]:
        for name, key, value in _compared(layer.table, ""):
            if about := odd(name, value, words):
                found.append(_fault(layer.name, key, about))
    if not any(stage.decides for stage in law.whole.stages.values()):
        found.append(
            Fault(
                document=places.layers[1].name if len(law.texts) > 1 else law.id,
                key="stages",
                english="no stage decides: the last one needs decides = true",
                chinese="没有作出决定的环节：最后一个环节要写 decides = true",
            )
        )
    return located(law, found)


def unheard(law: Law) -> tuple[Fault, ...]:
    """Values of what goes by names, such as a series, of which no name is known: with its line."""
    meanings = Meanings(tuple(law.whole.names.values()))
    known = {each.of: meanings.known(each.of) for each in meanings.every}
    found = [
        _fault(layer.name, key, _unheard(value, known[name]))
        for layer in Whereabouts(law.texts).layers[1:]
        for name, key, value in _compared(layer.table, "")
        if name in known and isinstance(value, str) and value not in ANY and "*" not in value
        if not known[name].calls(value)
    ]
    return located(law, found)


def _unheard(value: str, known: Equal) -> Odd:
    return Odd(
        f"{shown(value)} is no name that is known; if it is one, say so under [names]",
        f"没有 {shown(value)} 这个名称；确有的，请写进 [names]",
        close_to([value], known.also),
    )


def located(law: Law, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The same with document and line, the uppermost document that says the key."""
    places = Whereabouts(law.texts)
    return tuple(map(places.exactly, faults))


def _fault(document: str, key: str, about: Odd) -> Fault:
    english, chinese, meant = about
    return Fault(document=document, key=key, english=english, chinese=chinese, meant=meant)


def _compared(value: Any, key: str) -> Iterator[tuple[str, str, object]]:  # noqa: ANN401 -- any value
    """Each fact that a document compares, with its key and each value asked for."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            if isinstance(each, Mapping):
                yield from _compared(each, f"{key}[{each.get('id', number)}]")
        return
    for name, inner in value.items():
        place = f"{key}.{name}".removeprefix(".")
        if name in _CONDITIONS and isinstance(inner, Mapping):
            yield from _asked(inner, place)
        elif name in _OF_RECORDS and isinstance(inner, Mapping):
            yield from _asked(inner, place, _OF_RECORDS[name])
        elif isinstance(inner, Mapping | list):
            yield from _compared(inner, place)


def _asked(table: Mapping[str, Any], key: str, of: str = "") -> Iterator[tuple[str, str, object]]:
    for name, wanted in table.items():
        place = f"{key}.{name}"
        if name == "unless" and isinstance(wanted, Mapping):
            yield from _asked(wanted, place, of)
        elif name in {"any", "all"} and isinstance(wanted, list):
            for number, each in enumerate(wanted):
                yield from _asked(each, f"{place}[{number}]", of)
        elif isinstance(wanted, Mapping):
            yield from _asked(wanted, place, name) if name in RECORDS else ()
        else:
            fact = f"{of}.{name}" if name in RECORDS.get(of, ()) else name
            yield from ((fact, place, each) for each in _each(wanted))


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
