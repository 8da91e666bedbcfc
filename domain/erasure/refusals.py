"""The sentences of refusals to erase: a person's words, or what somebody handed in about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from domain.separation import CitingLaw


def case_under_way() -> Refusal:
    """A case that it concerns has not ended."""
    return Refusal(
        "CASE_UNDER_WAY",
        "有关的申报正在办理，办结前不得删除。",
        "A case that it concerns is under way; wait until it has ended.",
    )


def matter_open() -> Refusal:
    """Something that was handed in, an investigation or a review has not ended."""
    return Refusal(
        "MATTER_OPEN",
        "有关的异议、投诉、举报、单位注册申请、核查或复核尚未办结，办结前不得删除。",
        "An objection, complaint, application for registration, investigation or review that it"
        " concerns is still open; it is settled first.",
    )


def record_active() -> Refusal:
    """An entry on an integrity record bars, or will."""
    return Refusal(
        "RECORD_ACTIVE",
        "有关的诚信档案记录尚在有效期内，不得删除。",
        "An entry on an integrity record that it concerns is active; wait until it has expired.",
    )


def accountable_acts(law: CitingLaw, pointer: str = "") -> Refusal:
    """Whoever has held an office answers for what they did in it."""
    return Refusal(
        "ACCOUNTABLE_ACTS",
        "本人曾以公职身份办理事项，责任须可追溯，其公职信息不得删除。",
        "The person has held an office and answers for its acts; these words stay.",
        law.behind("ACCOUNTABLE_ACTS"),
        pointer=pointer,
    )


def on_hold() -> Refusal:
    """An inspector has asked to keep it."""
    return Refusal(
        "ON_HOLD",
        "纪检或审计已要求暂缓删除有关人员的信息，解除前不得删除。",
        "An inspector has asked to keep what is known of whom it is about; the hold is lifted"
        " first.",
    )


def of_time(kept_until: date | None, on: date) -> list[Refusal]:
    """Why records kept until the end of a day in Beijing stay; None where nobody has set it."""
    if kept_until is None:
        return [
            Refusal(
                "RETENTION_NOT_SET",
                "保存期限尚未确定，确定前不得删除。请先在政策包中写明保存年限。",
                "Nobody has set how long records are kept; set it in a policy pack first.",
            )
        ]
    if on > kept_until:
        return []
    return [
        Refusal(
            "RETENTION_RUNS",
            f"保存期限至 {kept_until:%Y-%m-%d} 24 时届满，届满前不得删除。",
            f"Records are kept until the end of {kept_until}.",
        )
    ]
