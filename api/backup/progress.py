"""How far a backup or a restore has come: what is being done, and how much of it is done."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Work(StrEnum):
    """What is being done, in the order in which it is done."""

    DIGESTS = "核对视图摘要 / digests of views"
    SAVING = "写出数据 / writing"
    PROVING = "验证备份可以打开 / seeing that it opens"
    LOADING = "写入并读回 / putting in, reading back"
    CHAINS = "核对事件链 / chains"
    KEYS = "开启密钥 / keys"
    VIEWS = "重建视图 / views"


Tell = Callable[[Work, int, int], object]
"""Hears of some work how much is done, and how much there is: octets, events or keys."""


def nobody(_work: Work, _done: int, _whole: int) -> None:
    """Tells nobody."""


class Octets:
    """Counts pieces that pass, and tells how far that is of a whole."""

    def __init__(self, tell: Tell, work: Work, whole: int) -> None:
        self._tell, self._work, self._whole = tell, work, whole
        self._done = 0

    def __call__(self, piece: bytes) -> None:
        """One more piece has passed."""
        self._done += len(piece)
        self._tell(self._work, self._done, max(self._whole, self._done))


class Positions:
    """Tells which position of the record has been reached."""

    def __init__(self, tell: Tell, work: Work, whole: int) -> None:
        self._tell, self._work, self._whole = tell, work, whole

    def __call__(self, position: int) -> None:
        """Say so."""
        self._tell(self._work, position, self._whole)
