"""A supplement (补充通知) says of each of its values which cases it binds.

``[pack]`` names the edition that it ``supplements``. Whatever it says binds those who file from its
first day on. ``[binds]`` says, by the addresses of its values, which of them bind the cases under
way as well. What is not said there binds nobody who has filed before.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from domain.policy.faults import Fault, close_to, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BINDS = "binds"
"""The section that says which cases a value binds."""


class Binding(StrEnum):
    """Which cases a value of a supplement binds."""

    FILINGS = "filings"
    """Those that are filed from its first day on, and no others."""
    UNDER_WAY = "under_way"
    """Those that are under way, too."""
    BETTER = "better"
    """Of those that are under way the ones for which it is better."""


COMPARED = frozenset(
    (
        "facts",
        "names",
        "batches",
        "windows",
        "recurring_windows",
        "silent",
        "handled",
        "years",
        "conditions",
        "case_types",
        "routes",
        "adjustments",
        "educations",
        "materials",
        "fees",
    )
)
"""Sections that can stand in an applicant's way, or cost something: of these one can be better."""
ASKED_AGAIN = COMPARED | {
    "publicity",
    "publicity_default",
    "places",
    "paper_duties",
    "paper_legs",
    "paper_forms",
    "returns",
    "votes",
    "recusal_grounds",
}
"""Sections that are asked about a case after its filing. What is in no other binds filings alone:
the chain of review, its authority and the day by which all is done were fixed at the filing."""


def section_of(address: str) -> str:
    """The section in which an address lies."""
    return address.partition(".")[0].partition("[")[0]


def binding_of(table: Mapping[str, Any], address: str) -> Binding:
    """Which cases a value of a supplement binds; those that file from then on, where not said."""
    return Binding(_said(table).get(address, Binding.FILINGS))


def misbound(name: str, table: Mapping[str, Any], spoken: Collection[str]) -> Iterator[Fault]:
    """What is wrong with what a document says of its values, which are ``spoken`` of in it."""
    said = table.get(BINDS, {})
    if not isinstance(said, Mapping):
        yield _fault(name, BINDS, "must be a table", "应写成一张表：[binds]")
    elif said and "supplements" not in table.get("pack", {}):
        english = "only what supplements an earlier edition says whom its values bind"
        yield _fault(name, BINDS, english, "只有补充通知（写有 supplements）才有这一节")
    for address, word in _said(table).items():
        if address not in spoken:
            yield Fault(
                document=name,
                key=f"{BINDS}.{address}",
                english="this document says nothing there",
                chinese="本文件没有写这一项",
                meant=close_to([address], spoken),
            )
        else:
            yield from _misplaced(name, address, word)


def _misplaced(name: str, address: str, word: object) -> Iterator[Fault]:
    key, section = f"{BINDS}.{address}", section_of(address)
    if word not in list(Binding):
        words = list(map(str, Binding))
        english, chinese = (
            f"must be one of {listed(words, 'en')}",
            f"应为 {listed(words, 'zh')} 之一",
        )
        meant = close_to([str(word)], words)
        yield Fault(document=name, key=key, english=english, chinese=chinese, meant=meant)
    elif word == Binding.UNDER_WAY and section not in ASKED_AGAIN:
        english = "was settled when a case was filed, and binds filings alone"
        yield _fault(name, key, english, "提交时已经确定，只能适用于以后的申报（filings）")
    elif word == Binding.BETTER and section not in COMPARED:
        english = "can't be told to be better; say filings or under_way"
        yield _fault(name, key, english, "无法比较是否对申报人有利，只能写 filings 或 under_way")


def _said(table: Mapping[str, Any]) -> Mapping[str, Any]:
    said = table.get(BINDS)
    return said if isinstance(said, Mapping) else {}


def _fault(name: str, key: str, english: str, chinese: str) -> Fault:
    return Fault(document=name, key=key, english=english, chinese=chinese)
