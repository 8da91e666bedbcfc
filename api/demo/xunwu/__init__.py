"""Recognition by assessment in one county, 2024: two batches, from accounts to certificate.

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
    recognition,
    substitute,
)

if TYPE_CHECKING:
    from api.demo.stage import Stage


def xunwu(stage: Stage) -> None:
    """The whole story, in the order of its days."""
    for chapter in (accounts, door, recognition, misconduct, substitute, endings, closing):
        chapter.tell(stage)
