"""Mutants that nobody could tell from the original, each with the reason: ``equal.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.mutate.mutant import Mutant

_PLACE = Path(__file__).with_name("equal.toml")

Key = tuple[str, str, str, str]


def known_equal() -> dict[Key, str]:
    """Why, by file, function, what stood there and what was put there.

    Raises ``KeyError`` for an entry that leaves one of these or the reason out.
    """
    said = tomllib.loads(_PLACE.read_text("utf-8"))
    return {
        (each["file"], each["within"], each["before"], each["after"]): each["because"]
        for each in said.get("equal", ())
    }


def key_of(mutant: Mutant) -> Key:
    """What an entry names; lines move too easily."""
    before = " ".join(mutant.before.split())
    return (mutant.path, mutant.within, before, mutant.after)
