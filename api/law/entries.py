"""What an entry of a pack is called, by its key such as ``routes[master]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from api.law.words import SECTIONS

if TYPE_CHECKING:
    from domain.policy.law import Law


def entry_name(law: Law, key: str, language: Literal["zh", "en"]) -> str:
    """The entry's own name, or that of its section; the key itself in English without one."""
    section, _, rest = key.partition("[")
    table = getattr(law.whole, section)
    entry = table.get(rest.removesuffix("]")) if isinstance(table, Mapping) else table
    if language == "en":
        return str(getattr(entry, "english", key))
    named = getattr(entry, "chinese", "")
    called = SECTIONS.get(section, section)
    return f"{called}：{named}" if named else called
