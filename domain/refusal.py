"""A refusal: a command that the law does not allow, answered and not hidden.

A refusal has a stable code, a full sentence in Chinese and in English, and the rules with
their quoted words. All reasons are given at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Citation:
    """The words on which a rule rests.

    ``source`` is the policy pack that carries them (``national-default`` where the
    notice of the locality is silent), so that a reader sees whose rule it is.
    """

    rule: str
    clause: str
    quote: str
    source: str


def rules_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids of the rules that these cite."""
    return tuple(each.rule for each in citations)


@dataclass(frozen=True)
class Refusal:
    """One reason why an act is not allowed.

    ``pointer`` is the JSON pointer of the input that the reason is about, empty where it is
    about the act as a whole. ``notice`` is the sentence in Chinese and English as the pack of a
    notice brings it, with nothing filled in; None where it is the program's.
    """

    code: str
    chinese: str
    english: str
    citations: tuple[Citation, ...] = ()
    pointer: str = ""
    notice: tuple[str, str] | None = None


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """Raised by ``decide`` with every reason for which the law does not allow the act."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            msg = "a refusal without a reason is no answer"
            raise ValueError(msg)
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals
