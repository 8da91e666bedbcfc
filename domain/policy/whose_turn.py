"""Whose turn a fact is, by when, in words: one sentence for a terminal, a refusal and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy.sources import FILING, RECOGNITION, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.law import Law
    from domain.policy.sources import Open

SPEAKERS: Mapping[Source, tuple[str, str]] = {
    Source.APPLICANT: ("申报人", "the applicant"),
    Source.REGISTER: ("登记机关", "whoever keeps the register"),
    Source.EMPLOYER: ("用人单位", "the employer"),
    Source.AUTHORITY: ("有权机关", "the authority above"),
    Source.RECEIVER: ("接收人", "who received it"),
    Source.REVIEWER: ("审查人", "a reviewer"),
}
"""Who may say a fact, in both languages."""


def still_open(fact: Open, law: Law) -> tuple[str, str]:
    """That a fact is open: who says it, by when, and what shows it."""
    chinese, english = called(fact.name, law)
    speakers, who = speakers_of(fact.said_by)
    by, by_then = by_when(fact.by, law)
    material = law.whole.materials.get(fact.material or "")
    shown = f"（附：{material.chinese}）" if material else ""
    return (
        f"{chinese}尚未确定，须在{by}由{speakers}说明{shown}。",
        f"{english} is open; {who} has to say it {by_then}.",
    )


def called(fact: str, law: Law) -> tuple[str, str]:
    """A fact as a sentence begins with it: what it is called, and its name in the pack."""
    chinese, english = law.means(fact)
    return f"「{chinese}」（{fact}）", f"{english[:1].upper()}{english[1:]} ({fact})"


def speakers_of(said_by: tuple[Source, ...]) -> tuple[str, str]:
    """Who may say it, one or another of them."""
    chinese, english = zip(*(SPEAKERS[each] for each in said_by), strict=True)
    return "或".join(chinese), " or ".join(english)


def by_when(by: str, law: Law) -> tuple[str, str]:
    """By when a fact must be established."""
    if by == FILING:
        return "提交前", "before filing"
    stage = law.whole.stages.get(by)
    if by == RECOGNITION or stage is None:
        return "认定前", "before recognition"
    return f"「{stage.chinese}」时", f"at “{stage.english}”"
