"""Refusals of whoever holds no seat, or acts for an organisation that is not above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal
from domain.separation import SEATS

if TYPE_CHECKING:
    from collections.abc import Collection


def not_in_seat(*seats: str) -> Refusal:
    """The account holds none of the seats whose act this is, and stands in for none."""
    chinese = "或".join(SEATS.get(each, each) for each in seats)
    english = " or ".join(each.replace("_", " ") for each in seats)
    return Refusal(
        "NOT_IN_SEAT",
        f"此事由承办单位的{chinese}办理，您目前不在任，也未被指定代行。"
        "请由在任人员办理，或先办理指派。",
        f"This is for the {english} of the organisation that deals with it, whom you neither are"
        " now nor stand in for. Let the holder of the seat act, or be appointed first.",
    )


def unknown_seat(seat: str, seats: Collection[str]) -> Refusal:
    """There is no such seat here; there are ``seats``."""
    return Refusal(
        "UNKNOWN_SEAT",
        f"没有「{seat}」这一岗位，可用：{'、'.join(seats) or '无'}。",
        f"There is no seat {seat!r}; there are: {', '.join(seats) or 'none'}.",
        pointer="/seat",
    )


def not_above() -> Refusal:
    """The authority is neither the one that decides nor one above."""
    return Refusal(
        "NOT_ABOVE",
        "此事项由作出决定的机关或其上级办理，您所在单位不是。请报上级机关办理。",
        "This is for the authority that decides, or one above; yours is neither."
        " Ask the authority above to do it.",
    )
