"""Where each value of a document stands, as faults tell it: ``windows[B1].closes``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]


def addresses(table: Mapping[str, Any]) -> dict[str, Path]:
    """Every value of a document by its address; an entry of a list by its id, else its number."""
    return dict(_within(table, "", ()))


def at_path(table: Any, path: Path) -> Any:  # noqa: ANN401 -- whatever stands there
    """What stands at a path."""
    for step in path:
        table = table[step]
    return table


def entry_of(address: str) -> str:
    """The address of the entry, or of the section, in which a value stands."""
    section, _, rest = address.partition("[")
    if rest:
        return f"{section}[{rest.partition(']')[0]}]"
    section, *inner = address.split(".")
    return f"{section}.{inner[0]}" if section == "names" and inner else section


def rules_within(value: Any) -> Iterator[str]:  # noqa: ANN401 -- whatever an entry holds
    """Every rule that an entry rests on."""
    if isinstance(value, list):
        for each in value:
            yield from rules_within(each)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key == "rule":
                yield from [each] if isinstance(each, str) else each
            else:
                yield from rules_within(each)


def _within(value: Any, told: str, path: Path) -> Iterator[tuple[str, Path]]:  # noqa: ANN401 -- any
    if isinstance(value, Mapping):
        inside = [(f".{name}" if told else str(name), name, each) for name, each in value.items()]
    elif isinstance(value, list):
        inside = [(f"[{_called(each, n)}]", n, each) for n, each in enumerate(value)]
    else:
        return
    for step, name, each in inside:
        yield told + step, (*path, name)
        yield from _within(each, told + step, (*path, name))


def _called(entry: object, number: int) -> object:
    return entry.get("id", number) if isinstance(entry, Mapping) else number
