"""One small change to a text, and where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """The octets from ``first`` to ``last`` of ``path``, ``before``, are replaced by ``after``.

    ``within`` names the function or class, empty at the top of a module. What is ``imported`` runs
    when the module is imported, so every test that comes by the module may notice it.
    ``lines`` are those of the whole statement: not every line of a long one runs by itself.
    """

    path: str
    line: int
    lines: range
    within: str
    imported: bool
    first: int
    last: int
    before: str
    after: str

    def applied(self, octets: bytes) -> bytes:
        """The file with this change."""
        return octets[: self.first] + self.after.encode() + octets[self.last :]

    @property
    def said(self) -> str:
        """File, line, and the change, in one line."""
        return f"{self.path}:{self.line} {_short(self.before)}  ->  {_short(self.after)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


_SHOWN = 100
