"""Where what a law says is written: the uppermost document that says it, and the line."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.policy.edition import BY_ADDRESS
from domain.policy.following import layered
from domain.policy.lines import lines_of
from domain.toml import KEPT, table_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.policy.faults import Fault
    from domain.policy.following import Layered


class Whereabouts:
    """The documents of a law, by names and texts from the lowest up; each is TOML."""

    def __init__(self, documents: Iterable[tuple[str, str]]) -> None:
        texts = list(documents)
        tables = [(name, table_in(text)) for name, text in texts]
        self.layers: tuple[Layered, ...] = layered(tables, [])
        self._lines = {name: _lines_of(text) for name, text in texts}

    def exactly(self, fault: Fault) -> Fault:
        """The fault with document and line where its very key is written, else as it is."""
        for document in self._documents(fault.document):
            for key in self._keys(fault.key):
                if line := self._lines[document].get(key):
                    return replace(fault, document=document, line=line)
        return fault

    def nearest(self, fault: Fault) -> Fault:
        """The same with that of what its key would stand in, where it is not written itself."""
        key = fault.key
        while key:
            found = self.exactly(replace(fault, key=key))
            if found.line:
                return replace(found, key=fault.key)
            key = key[: max(key.rfind("."), key.rfind("["), 0)]
        return fault

    def _keys(self, key: str) -> Iterator[str]:
        """A key, and what the earlier edition calls it."""
        yield key
        for layer in self.layers:
            for new, old in layer.renamed.items():
                if key.startswith(new):
                    yield old + key[len(new) :]

    def _documents(self, name: str) -> list[str]:
        """Where to look: everywhere, or in a document and in what it follows."""
        every = list(self._lines)
        if not name:
            return every[::-1]
        if any(layer.name == name for layer in self.layers):
            first = max((every.index(each.name) + 1 for each in self._below(name)), default=0)
            return every[first : every.index(name) + 1][::-1]
        return [name]

    def _below(self, name: str) -> list[Layered]:
        names = [layer.name for layer in self.layers]
        return list(self.layers[: names.index(name)])


@lru_cache(maxsize=KEPT)
def _lines_of(text: str) -> Mapping[str, int]:
    """The lines of a document's keys, and of what its sections by address speak of."""
    lines = lines_of(text, table_in(text))
    spoken = {
        key.removeprefix(f"{section}."): line
        for section in reversed(BY_ADDRESS)
        for key, line in lines.items()
        if key.startswith(f"{section}.")
    }
    return {**spoken, **lines}
