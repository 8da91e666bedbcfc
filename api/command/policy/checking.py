"""``mingjian policy check``: whether packs load, and whether they quote their notices truly."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.command.invocation import Invocation, pass_invocation
from api.command.policy import files
from api.law.carried import FATES
from domain.policy.faults import listed
from domain.policy.gaps import gaps
from domain.policy.heading import ill_headed
from domain.policy.notice_sentences import Fate
from domain.policy.notices import Compared, against
from domain.policy.soundness import remarks
from domain.policy.spelling import located, oddities, unheard
from domain.policy.supplement import ill_fitting
from domain.policy.unsettled import unsettled

if TYPE_CHECKING:
    from domain.policy.law import Law


@dataclass(frozen=True)
class Report:
    """What is to be said of one pack. ``problems`` fail the check, ``remarks`` do not."""

    pack: str
    version: int
    digest: str
    rules: int
    follows: str | None
    passages: Mapping[str, int]
    rewritten: tuple[tuple[str, str], ...]
    overlays: tuple[str, ...]
    notice: str | None
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    tables: tuple[str, ...]


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
    sources = {law.id, *(layer for layer, _ in law.layers[1:])}
    own = [rule for rule, each in law.rules.items() if each.citation.source in sources]
    found = against(law, texts) if texts is not None else Compared(notice=None)
    spoken = files.language()
    ill = (*ill_headed(law), *unsettled(law), *ill_fitting(law))
    problems = (*ill, *found.problems, *oddities(law))
    told = (*unheard(law), *located(law, remarks(law)), *found.remarks)
    return Report(
        pack=law.id,
        version=law.version,
        digest=law.digest,
        rules=len(own),
        follows=law.earlier[-1] if law.earlier else None,
        overlays=law.overlays,
        notice=found.notice,
        passages=dict(Counter(each.fate.value for each in found.passages)),
        rewritten=found.rewritten,
        problems=tuple(each.told(spoken) for each in problems),
        remarks=tuple(each.told(spoken) for each in told),
        tables=tuple(each.told(spoken) for each in located(law, gaps(law))),
    )


def _print(run: Invocation, report: Report) -> None:
    told = f"{report.pack} v{report.version} {report.digest[:16]}"
    run.say(f"{told}: {report.rules} rules", f"{told}：{report.rules} 条规则")
    if report.follows:
        run.say(f"  follows {report.follows}", f"  承接 {report.follows}")
    if report.overlays:
        names = listed(report.overlays, run.language)
        run.say(f"  with the overlay {names} on top", f"  连同其上的叠加包 {names}")
    if report.notice:
        run.say(f"  quoted from {report.notice}", f"  引自 {report.notice}")
        counted = [(FATES[Fate(each)], times) for each, times in report.passages.items()]
        run.say(
            f"  its passages: {', '.join(f'{times} {words[1]}' for words, times in counted)}",
            f"  各处文字：{'，'.join(f'{words[0]} {times} 处' for words, times in counted)}",
        )
    for line in (*report.problems, *report.remarks, *report.tables):
        click.echo(f"  {line}")
    if report.rewritten:
        run.say("  rewritten since the edition before:", "  与上一版的通知相比，改写的文字：")
    for before, after in report.rewritten:
        click.echo(
            "".join(
                f"    {mark} {text}\n"
                for mark, text in zip("-+", (before, after), strict=True)
                if text
            ),
            nl=False,
        )
