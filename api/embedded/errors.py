"""What can keep the private server from running, said in both languages."""

from __future__ import annotations


class EmbeddedServerError(Exception):
    """The private PostgreSQL cannot run; the sentence says why and what to do."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese
