"""On which grounds a reviewer is recused (回避事由): a closed list, each with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class RecusalGround:
    """One ground; ``explained`` says that it takes words of its own."""

    id: str
    chinese: str
    english: str
    explained: bool
    citations: tuple[Citation, ...]


def read_recusal_ground(reader: Reader) -> RecusalGround:
    """Read one ``[[recusal_grounds]]`` table."""
    return RecusalGround(
        id=reader.text("id"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        explained=reader.flag("explained", default=False),
        citations=reader.citations(),
    )
