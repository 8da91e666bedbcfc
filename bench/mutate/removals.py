"""Rules and guards that are taken out as a whole, and the test that misses each.

``docs/removals.toml`` lists them. Of a rule that a notice quotes it is enough to name the pack:
everything that rests on the rule goes. Of others an entry says what stands there, and what is put
there instead.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.mutate.rule_removal import without

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = Path(__file__).parents[2] / "docs" / "removals.toml"


@dataclass(frozen=True, kw_only=True)
class Removal:
    """The rule or guard ``of``, which ``path`` carries; without it the test ``missed_by`` fails.

    ``before`` is empty where a pack is to lose whatever rests on its rule.
    """

    of: str
    path: str
    missed_by: str
    before: str = ""
    after: str = ""

    def applied(self, octets: bytes) -> bytes:
        """The file without it. Raises ``ValueError`` where it does not stand there just once."""
        text = octets.decode()
        if not self.before:
            return as_toml(without(self.of, tomllib.loads(text))).encode()
        if text.count(self.before) != 1:
            raise ValueError(
                f"{self.of}: {self.path} says {text.count(self.before)} times what goes"
            )
        return text.replace(self.before, self.after).encode()


def removals() -> tuple[Removal, ...]:
    """Every one that is listed. Raises ``TypeError`` for an entry that lacks something."""
    return tuple(Removal(**each) for each in tomllib.loads(PLACE.read_text("utf-8"))["removal"])


def as_toml(table: Mapping[str, Any]) -> str:
    """A document of these sections, a line each."""
    return "".join(f"{section} = {_value(value)}\n" for section, value in table.items())


def _value(value: Any) -> str:  # noqa: ANN401 -- whatever a document holds
    if isinstance(value, dict):
        named = (f"{json.dumps(key)} = {_value(each)}" for key, each in value.items())
        return "{" + ", ".join(named) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
