"""Recognition by assessment in one county, 2024: from accounts to certificate, and the next year.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.xunwu import (
    accounts,
    closing,
    door,
    endings,
    misconduct,
    next_year,
    recognition,
    substitute,
)

if TYPE_CHECKING:
    from api.demo.stage import Stage


def xunwu(stage: Stage) -> None:
    """The whole story, in the order of its days."""
    year = (accounts, door, recognition, misconduct, substitute, endings)
    for chapter in (*year, next_year, closing):
        chapter.tell(stage)
