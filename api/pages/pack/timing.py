"""When: batches and their dates, windows, dates that another notice sets, the end of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.law.words import COUNTED_FROM
from api.pages.pack.eligibility import own_words
from api.pages.pack.parts import CASES, EVERYBODY, Entry, Section, Words, day, notes, row, table
from domain.policy.silent import DATES
from domain.policy.windows import APPLICANT, ARRIVAL

if TYPE_CHECKING:
    from api.law.readable import Readable
    from domain.policy.layer import Layer
    from domain.policy.windows import Window


def timing(readable: Readable) -> Section:
    """Batches, windows, and by when the work is to be done."""
    law = readable.law.whole
    batches = [
        row(
            batch.chinese,
            day(batch.reference) if batch.reference else "申报之日",
            day(batch.education_reference) if batch.education_reference else "同年限终算日",
            cites=batch.citations,
        )
        for batch in law.batches.values()
    ]
    windows = [
        row(
            readable.batch(window.batch),
            "；".join(_bound(each, readable) for each in window.binds),
            day(window.opens) if window.opens else "未规定",
            notes(_closes(window), "只在工作日受理" if window.on_working_days else ""),
            notes(readable.when(window.when) or EVERYBODY, own_words(window.late, "")),
            cites=window.citations,
        )
        for window in law.windows.values()
    ]
    elsewhere = [
        Entry(
            text=f"下列情形的时间由“{other.document}”规定，该文件未提供，系统答“不能确定”："
            f"{readable.when(other.when) or EVERYBODY}。",
            cites=other.citations,
        )
        for other in law.silent_about(DATES)
    ]
    completed = [
        Entry(
            text=f"{'、'.join(map(readable.batch, each.batches))}的工作须在"
            f"{day(each.finish_by)}前（含当日）完成；逾期作出的决定有效，予以标注。",
            cites=each.citations,
        )
        for each in law.completion.values()
    ]
    return Section(
        title=Words("申报时间", "When to apply"),
        parts=(
            *table(
                (
                    Words("批次", "Batch"),
                    Words("年限终算日", "Years counted to"),
                    Words("学历截止日", "Education until"),
                ),
                batches,
            ),
            *table(
                (
                    Words("批次", "Batch"),
                    Words("事项", "Act"),
                    Words("开始", "From"),
                    Words("截止", "Until"),
                    CASES,
                ),
                windows,
            ),
            *elsewhere,
            *completed,
            *_years(law),
        ),
    )


def _bound(bound: str, readable: Readable) -> str:
    if bound == APPLICANT:
        return "申报人提交"
    if bound.startswith(ARRIVAL):
        return f"材料到达“{readable.stage(bound.removeprefix(ARRIVAL))}”环节"
    return f"“{readable.stage(bound)}”环节上报"


def _closes(window: Window) -> str:
    if window.closes is None:
        return "未规定"
    if window.closes_at is None:
        return f"{day(window.closes)}24时"
    return f"{day(window.closes)}{window.closes_at:%H:%M}"


def _years(law: Layer) -> tuple[Entry, ...]:
    rule = law.years
    if rule is None:
        return ()
    reference = "批次的年限终算日（没有规定的，到申报之日）"
    until = reference if rule.reference == "batch" else "申报之日"
    return (
        Entry(
            text=f"年限计算到{until}，{COUNTED_FROM[rule.counted_from]}。",
            notes=notes(
                f"系统提示：距届满{rule.borderline_days}日以内的，提示人工复核；"
                f"几段经历相加，距届满{rule.sum_margin_days}日以内的，也予标注。",
                "没有佐证材料的以往工作经历不计入。" if rule.evidence_required else "",
                f"补正办法：{rule.remedy[0]}。" if rule.remedy[0] else "",
            ),
            cites=rule.citations,
        ),
    )
