"""Everything a story says is said in both languages; its reader chooses one."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """The same sentence in Chinese and in English."""

    chinese: str
    english: str

    def of(self, language: Language) -> str:
        """The sentence in one language."""
        return self.chinese if language == "zh" else self.english
