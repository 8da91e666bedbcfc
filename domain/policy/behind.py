"""On which rules a refusal rests that the state of a case or office brings, by its code.

What the law refuses of an application is cited where it is written; these are the refusals
of the deciders, which know the act but not the locality.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.refusal import Citation

if TYPE_CHECKING:
    from domain.policy.reading import Reader


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The words behind one refusal code."""

    id: str
    citations: tuple[Citation, ...]


def read_behind(reader: Reader) -> Behind:
    """Read one ``[[refusals]]`` table."""
    return Behind(id=reader.text("id"), citations=reader.citations())
