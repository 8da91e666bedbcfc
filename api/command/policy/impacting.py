"""``mingjian policy impact``: what a draft would change for whoever filed before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.command.policy.verdict_tables import OUTCOMES
from domain.beijing import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.services import Services
    from domain.case.impact import Impact, Judged
    from domain.policy.law import Law
    from domain.refusal import Refusal
    from projections.filings import Filing


@click.command()
@click.argument("name", metavar="DRAFT")
@click.option("--year", type=int, help="只看这一年的申报 / filings of this year alone")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="逐件结果 / each filing"
)
@pass_invocation
def impact(
    run: Invocation, name: str, year: int | None, overlays: tuple[Path, ...], out: Path | None
) -> None:
    """施行前，把记录中的申报逐件照草案再判一遍 / judge every filing under a draft.

    逐件结果写入文件；中断后再运行，从断处继续 / goes on where it was broken off. It reads the
    record and writes nothing to it; personal words are not shown, applicants by their ids alone.
    """
    # Imported only once it is asked for: the rest of the commands need no record.
    from api.app import open_services  # noqa: PLC0415
    from api.database import reach  # noqa: PLC0415

    draft = files.laws([name], overlays)[0]
    settings = run.settings()
    kept = out or settings.data / "impact" / f"{draft.digest[:16]}-{year or 'all'}.jsonl"
    with reach(settings) as reached:
        services = open_services(reached.settings, reached.ground)
        try:
            _judge(services, draft, year, kept)
        finally:
            services.close()
    _tell(run, kept)


def _judge(services: Services, draft: Law, year: int | None, kept: Path) -> None:
    """Judge what is not judged in the file yet, and add it there, filing by filing."""
    from api.acts.impact import Draft, filings, survey  # noqa: PLC0415 -- as above

    kept.parent.mkdir(parents=True, exist_ok=True)
    done = {each["case"] for each in _lines(kept, draft.digest)}
    with Progress(console=Console(stderr=True), transient=True) as bar:
        reading = bar.add_task("读取 / reading", total=services.record.head())
        every = filings(
            services.record, year, lambda position: bar.update(reading, completed=position)
        )
        judging = bar.add_task("判断 / judging", total=len(every), completed=len(done))
        with kept.open("a", encoding="utf-8") as file:
            left = (each for each in every if each.case not in done)
            for filing, told in survey(services.office, Draft.of(draft), left):
                line = json.dumps(plain(draft, filing, told), ensure_ascii=False)
                file.write(f"{line}\n")
                file.flush()
                bar.advance(judging)


def _lines(kept: Path, digest: str) -> Iterator[dict[str, Any]]:
    """What a file holds of a draft; a line that was broken off is taken away, to be written anew.

    Raises ``click.ClickException`` where it holds another draft's.
    """
    if not kept.exists():
        return
    text = kept.read_text(encoding="utf-8")
    if not text.endswith("\n"):
        text = text[: text.rfind("\n") + 1]
        kept.write_text(text, encoding="utf-8")
    for line in text.splitlines():
        held = json.loads(line)
        if held["draft"] != digest:
            raise files.told(
                f"{kept}: holds another draft; name another file by --out",
                f"{kept}：里面是另一份草案的结果，请用 --out 另写一个文件",
            )
        yield held


def plain(draft: Law, filing: Filing, told: Impact | None) -> dict[str, Any]:
    """One line of the file."""
    line: dict[str, Any] = {"draft": draft.digest, "case": filing.case, "read": told is not None}
    if told is not None:
        line |= {"flips": told.flips, "invited": told.invited}
    if told is not None and told.flips:
        line |= {
            "applicant": told.applicant,
            "filed_on": day(told.filed_at).isoformat(),
            "before": _judged(told.before),
            "after": _judged(told.after),
        }
    return line


def _judged(each: Judged) -> dict[str, Any]:
    reasons = [_reason(reason) for reason in each.reasons]
    return {"taken": each.taken, "outcome": each.outcome, "level": each.level, "reasons": reasons}


def _reason(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "zh": refusal.chinese,
        "en": refusal.english,
        "rules": [each.rule for each in refusal.citations],
        "quotes": [each.quote for each in refusal.citations],
    }


def _tell(run: Invocation, kept: Path) -> None:
    every = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    flips = [each for each in every if each.get("flips")]
    unread = sum(not each["read"] for each in every)
    invited = sum(each.get("invited", False) for each in every)
    run.say(
        f"{len(every)} filings: {len(flips)} would come out otherwise, {invited} of them to be"
        f" invited again; {unread} can't be read any more. Each in {kept}. The draft's days are"
        " moved to the year of each filing.",
        f"申报 {len(every)} 件：{len(flips)} 件结果会改变，其中应邀重新申报的 {invited} 件；"
        f"已不能读取的 {unread} 件。逐件见 {kept}。草案的日期已移到各件申报所在的年份。",
    )
    for each in flips:
        click.echo(f"{each['case']} {each['filed_on']} {each['applicant']}")
        for when, words in (("before", "现行 / now"), ("after", "草案 / draft")):
            click.echo(f"  {words}：{_told(each[when], run)}")


def _told(judged: dict[str, Any], run: Invocation) -> str:
    chinese = run.language == "zh"
    if judged["taken"]:
        outcome = judged["outcome"]
        return f"可受理，{OUTCOMES[outcome]}" if chinese else f"taken, {outcome}"
    return "；".join(
        f"{each['zh' if chinese else 'en']}（{'、'.join(each['rules'])}）"
        for each in judged["reasons"]
    )
