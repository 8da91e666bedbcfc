"""Which body decides a case (审批权限), by owner, area and level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.asking import read_when
from domain.policy.own_wording import Wording, read_wording
from domain.policy.when import ALWAYS, When
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.reading import Reader

UNDETERMINED = "UNDETERMINED"


REFER_UP = "refer_up"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The deciding body; ``UNDETERMINED`` where the notice names none.

    ``action`` says what is done then (``refer_up``: accept and refer to the level above),
    ``flag`` what is marked, ``refuses`` with which words a case is sent away.
    """

    id: str
    code: str
    chinese: str
    english: str
    action: str | None
    flag: str | None
    refuses: Wording | None
    when: When
    citations: tuple[Citation, ...]


def undetermined(every: Iterable[Authority]) -> Authority:
    """The answer where no authority is named for the facts, resting on those that are."""
    return Authority(
        id="undetermined",
        code=UNDETERMINED,
        chinese="通知未明确",
        english="not laid down",
        action=None,
        flag=None,
        refuses=None,
        when=ALWAYS,
        citations=tuple(each.citations[0] for each in every),
    )


def read_authority(reader: Reader) -> Authority:
    """Read one ``[[authorities]]`` table."""
    return Authority(
        id=reader.text("id"),
        code=reader.text("code"),
        chinese=reader.text("zh"),
        english=reader.text("en"),
        action=reader.maybe_text("action"),
        flag=reader.maybe_text("flag"),
        refuses=read_wording(reader, frozenset(), key="refuse") if "refuse" in reader else None,
        when=read_when(reader),
        citations=reader.citations(),
    )
