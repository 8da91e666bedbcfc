"""What can't be dated for want of published working days, told ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusals.sentences_by_code import refusal

if TYPE_CHECKING:
    from datetime import date

    from domain.calendar import Calendar
    from domain.refusal import Refusal


def foreseen(calendar: Calendar, today: date) -> tuple[Refusal, ...]:
    """What will not be dated soon, and what comes of it; nothing where all days are known."""
    year = calendar.missing(today)
    if year is None:
        return ()
    return (
        _unknown(
            year,
            "跨入该年的公示暂不能录入；异议受理审查和纸质材料的截止日暂不能确定，待该年度工作日历录入后由系统补记",
            "so no publicity that runs into that year can be entered yet, and the last days for"
            " screening an objection and for papers are recorded by Mingjian once that year's"
            " calendar has been entered",
        ),
    )


def postpones_publicity(year: int) -> Refusal:
    """Why a posting can't be entered whose last working day nobody can know yet."""
    return _unknown(
        year,
        "无法确定公示截止日，公示暂不能录入。请通知系统管理员录入该年度的工作日历；录入后再登记公示，"
        "张贴日期按实际填写",
        "so nobody can say when the publicity ends, and it can't be entered yet. Have the"
        " system's administrators enter that year's calendar; then enter the posting with the"
        " day on which it was put up",
        pointer="/posted_on",
    )


def postpones_term(year: int) -> Refusal:
    """Why somebody can't be told of a term whose last working day nobody can know yet."""
    return _unknown(
        year,
        "无法确定期限的最后一日，暂不能登记。请通知系统管理员录入该年度的工作日历，录入后再办理",
        "so nobody can say when the term ends, and it can't be entered yet. Have the system's"
        " administrators enter that year's calendar first",
    )


def postpones_act(year: int) -> Refusal:
    """Why nothing can be done today that is done on working days only."""
    return _unknown(
        year,
        "无法确定今日是否为工作日，暂不能办理。请通知系统管理员录入该年度的工作日历，录入后再办理",
        "so nobody can say whether this is a working day, and nothing is taken yet. Have the"
        " system's administrators enter that year's calendar first",
    )


def _unknown(year: int, chinese: str, english: str, *, pointer: str = "") -> Refusal:
    return refusal(
        "CALENDAR_NOT_PUBLISHED", pointer=pointer, year=str(year), hence=(chinese, english)
    )
