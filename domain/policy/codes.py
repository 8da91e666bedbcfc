"""Refusal codes in a pack: each has its sentence, and the sentence can be filled in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.faults import close_to, listed
from domain.policy.sentences import SENTENCES, fields_of

if TYPE_CHECKING:
    from domain.policy.reading import Reader

OWN_WORDS = frozenset({"condition", "material"})
"""What every condition and material tells: its own words."""


def read_code(
    reader: Reader, tells: frozenset[str], default: str | None = None, key: str = "code"
) -> str:
    """The refusal code under ``key``, whose sentence asks only for what is told there."""
    code = reader.text(key) if default is None else reader.text(key, default)
    if code not in SENTENCES:
        reader.fault(
            key,
            f"no sentence is written for {code!r}",
            f"没有「{code}」这个拒绝代码",
            close_to([code], SENTENCES),
        )
    elif unknown := sorted(fields_of(code) - tells):
        reader.fault(
            key,
            f"nothing here tells the {listed(unknown, 'en')} of {code!r}",
            f"「{code}」的说明里要填 {listed(unknown, 'zh')}，这里没有；请换一个代码",
        )
    return code
