"""Areas: a place as the path of its names from the province down, joined by ``/``.

``甲省/乙市/丙县`` lies in ``甲省/乙市`` and in ``甲省``.
The whole of a record is the empty path.
"""

from __future__ import annotations

LEVELS = ("province", "city", "county")
"""The levels of government in the order of a path."""


def covers(wider: str, place: str) -> bool:
    """Whether ``place`` is ``wider`` or lies in it."""
    return wider in ("", place) or place.startswith(f"{wider}/")


def at_level(place: str, level: str) -> str:
    """The area of the given level in which ``place`` lies; ``place`` itself where it is no deeper.

    Raises ``ValueError`` for a word that is no level.
    """
    return "/".join(place.split("/")[: LEVELS.index(level) + 1])
