"""Values and documents as TOML writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any


def written(value: object) -> str:
    """A value, on one line."""
    match value:
        case date() | time():
            return value.isoformat()
        case Mapping():
            inside = ", ".join(f"{json_of(key)} = {written(each)}" for key, each in value.items())
            return f"{{ {inside} }}"
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case _:
            return json_of(value)


def json_of(value: object) -> str:
    """A text, a number or a truth, which TOML writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def document(table: Mapping[str, Any]) -> str:
    """A whole document: tables, and lists of tables."""
    lines: list[str] = []
    for section, said in table.items():
        several = isinstance(said, list)
        for each in said if several else [said]:
            lines.append(f"[[{section}]]" if several else f"[{section}]")
            lines += [f"{json_of(key)} = {written(value)}" for key, value in each.items()]
            lines.append("")
    return "\n".join(lines)
