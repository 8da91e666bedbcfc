"""``mingjian policy check``: whether packs load, and whether they quote their notices truly."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from domain.policy.quotes import check_quotes
from domain.policy.soundness import remarks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.law import Law


@dataclass(frozen=True)
class Report:
    """What is to be said of one pack. ``problems`` fail the check, ``remarks`` do not."""

    pack: str
    version: int
    digest: str
    rules: int
    notice: str | None
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


@click.command()
@click.argument("names", nargs=-1, metavar="[PACK]...")
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "--notices",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="通知原文目录 / directory with the texts of the notices",
)
@click.option("--json", "as_json", is_flag=True)
@pass_invocation
def check(
    run: Invocation,
    names: tuple[str, ...],
    overlays: tuple[Path, ...],
    notices: Path | None,
    *,
    as_json: bool,
) -> None:
    """检查政策包：加载、引文、未知键、不可达规则 / load packs, check quotes and reach."""
    texts = files.notices(notices) if notices else None
    reports = [_report(law, texts) for law in files.laws(names, overlays)]
    for report in reports:
        if as_json:
            click.echo(json.dumps(asdict(report), ensure_ascii=False))
        else:
            _print(run, report)
    sys.exit(any(report.problems for report in reports))


def _report(law: Law, texts: Mapping[str, str] | None) -> Report:
    own = {rule: each for rule, each in law.rules.items() if each.citation.source == law.id}
    found = check_quotes(own, texts) if texts is not None else None
    missing = found.missing if found else ()
    return Report(
        pack=law.id,
        version=law.version,
        digest=law.digest,
        rules=len(own),
        notice=found.notice if found else None,
        problems=tuple(f"rules.{rule}: 引文不在通知中 / not in the notice" for rule in missing),
        remarks=remarks(law),
    )


def _print(run: Invocation, report: Report) -> None:
    told = f"{report.pack} v{report.version} {report.digest[:16]}"
    run.say(f"{told}: {report.rules} rules", f"{told}：{report.rules} 条规则")
    if report.notice:
        run.say(f"  quoted from {report.notice}", f"  引自 {report.notice}")
    for line in (*report.problems, *report.remarks):
        click.echo(f"  {line}")
