"""What the default is there for: a question that every law has to answer."""

from __future__ import annotations

from typing import TypeVar

Answer = TypeVar("Answer")


class NotRegulatedError(LookupError):
    """Neither the notice nor the default says anything of what was asked."""


def regulated(answer: Answer | None) -> Answer:
    """The answer. Raises ``NotRegulatedError`` where no layer gives one."""
    if answer is None:
        msg = "neither the notice nor the national default regulates this"
        raise NotRegulatedError(msg)
    return answer
