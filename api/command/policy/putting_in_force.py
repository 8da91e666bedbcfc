"""``mingjian policy propose``, ``attach`` and ``confirm``: two officials put law in force.

Each signs in at a running server, as at any other client; every guard is the server's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from api.command.policy.caller import signs_in
from api.command.policy.files import refused, told, write
from api.http.labels import BINDINGS, LAW_STEPS
from api.law.texts import TextUnreadableError, is_toml, read_text
from domain.law.events import Step
from domain.policy.loader import Document, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from api.client import Reply
    from api.command.invocation import Invocation
    from api.command.policy.caller import Caller

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


def _of_a_notice(*, required: bool) -> Callable[[Any], Any]:
    """The options that name the notice itself."""
    options = (
        click.option(
            "--notice", type=_FILE, required=required, help="通知原件 / the notice, as a PDF say"
        ),
        click.option("--number", help="通知的文号，没有就不写 / the number of the notice"),
        click.option(
            "--source", required=required, help="通知从何而来 / where the notice was published"
        ),
    )

    def decorate(command: Any) -> Any:  # noqa: ANN401 -- as click has it
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command()
@click.argument("pack")
@click.option("--starts-on", required=True, type=_DAY, help="生效日期 / first day in Beijing")
@click.option("--reason", help="替换已施行的一版的理由 / why it takes the place of another")
@_of_a_notice(required=False)
@signs_in
def propose(
    run: Invocation,
    caller: Caller,
    *,
    pack: str,
    starts_on: datetime,
    reason: str | None,
    notice: Path | None,
    number: str | None,
    source: str | None,
) -> None:
    """提请施行：PACK 是 .toml 文件，或者自带的包 / propose a file or a pack of the house as law."""
    if notice is not None and not source:
        raise told("Say with --source where the notice comes from.", "请用 --source 写明通知来源。")
    said = {"starts_on": starts_on.date().isoformat(), "reason": reason, **_text_of(pack)}
    proposed = caller.act("/v1/editions", said)
    run.say(f"Proposed: {proposed.stream}", f"已提请：{proposed.stream}")
    if notice is not None:
        _attach(run, caller, proposed, notice, {"number": number, "source": source})
    say_next(run, proposed.stream)


@click.command()
@click.argument("edition")
@_of_a_notice(required=True)
@signs_in
def attach(
    run: Invocation,
    caller: Caller,
    *,
    edition: str,
    notice: Path,
    number: str | None,
    source: str,
) -> None:
    """附上通知原件，或者换一份 / attach the notice to what one proposed, or another."""
    seen = caller.get(path_of(edition))
    _attach(run, caller, seen, notice, {"number": number, "source": source}, edition)


@click.command()
@click.argument("edition")
@click.option("--decline", is_flag=True, help="不予施行 / don't take the step")
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="把文本、还原的通知和原件写到这里对照 / write what is to be read here",
)
@signs_in
def confirm(
    run: Invocation, caller: Caller, *, edition: str, out: Path | None, decline: bool
) -> None:
    """逐条确认所提请的 / confirm what was proposed, clause by clause, as another official."""
    path = path_of(edition)
    found = caller.get(path)
    seen = found.body
    rules = seen["rules"] if seen["pending"] == Step.PUT_IN_FORCE and not decline else []
    text = caller.get(f"{path}/text").body
    for line in _head(run, seen):
        click.echo(line)
    if out is not None:
        _write(caller, path, seen, out)
    for line in _clauses(rules, text):
        click.confirm(line, abort=True)
    if seen["pending"] is not None and not decline:
        click.confirm(_in_all(run, seen), abort=True)
    notice = None if seen["notice"] is None else seen["notice"]["digest"]
    body = {"confirm": not decline, "digest": seen["digest"], "rules": rules, "notice": notice}
    caller.act(f"{path}/decisions", body, found.version)
    run.say("Declined." if decline else "Confirmed.", "不予办理。" if decline else "已确认。")


def path_of(edition: str) -> str:
    """The path of an edition, whatever was typed for it."""
    return f"/v1/editions/{quote(edition, safe='')}"


def say_next(run: Invocation, edition: str) -> None:
    """What another official is to do with what was proposed."""
    run.say(
        f"Another official confirms it: mingjian policy confirm {edition}",
        f"请另一名领导确认：mingjian policy confirm {edition}",
    )


def step_in_words(run: Invocation, step: str | None) -> str:
    """What a step is called in the language of the run; a dash for none."""
    chinese = {Step.PUT_IN_FORCE: "施行", **LAW_STEPS}
    return "—" if step is None else chinese[Step(step)] if run.language == "zh" else step


def _attach(
    run: Invocation,
    caller: Caller,
    seen: Reply,
    notice: Path,
    said: dict[str, str | None],
    edition: str | None = None,
) -> None:
    """Upload a notice and attach it to an edition as it was seen."""
    path = path_of(edition or seen.stream)
    upload = caller.send(f"{path}/uploads", notice.read_bytes()).body["upload"]
    caller.act(f"{path}/notices", {"upload": upload, **said}, seen.version)
    run.say("The notice is attached.", "已附上通知原件。")


def _text_of(pack: str) -> dict[str, str]:
    """The text of a pack in a file; for a pack of the house its id."""
    if not pack.endswith(".toml"):
        return {"offered": pack}
    try:
        return {"text": read_text(Path(pack), is_toml)}
    except (TextUnreadableError, OSError) as wrong:
        raise refused(wrong) from wrong


def _head(run: Invocation, seen: Mapping[str, Any]) -> Iterator[str]:
    """What is to be known of an edition before its clauses."""
    notice = seen["notice"] or {"number": None, "source": "—", "digest": "—"}
    step, reason = step_in_words(run, seen["pending"]), seen["pending_reason"] or "—"
    yield f"{seen['law']} v{seen['number']}《{seen['title']}》 {seen['jurisdiction']}"
    yield f"  {step} · {seen['starts_on']} · {reason}"
    yield f"  {seen['digest']}"
    yield f"  {notice['number'] or '—'} · {notice['source']} · {notice['digest']}"
    for each in seen["binding"]:
        binds = BINDINGS[each["binds"]] if run.language == "zh" else each["binds"]
        yield f"  {each['value']} → {binds}"
    yield from (f"  ! {each}" for each in seen["faults"])


def _in_all(run: Invocation, seen: Mapping[str, Any]) -> str:
    """The last question: whether the step is taken."""
    step = step_in_words(run, seen["pending"])
    if run.language == "zh":
        return f"确认{step}《{seen['title']}》？"
    return f"{step} “{seen['title']}”: do you confirm it?"


def _clauses(rules: list[str], text: str) -> Iterator[str]:
    """Each rule with its words, where this text quotes them itself."""
    quoted = table_of(Document("edition", text)).get("rules", {})
    for rule in rules:
        said = quoted.get(rule)
        yield (
            f"{rule} {said['clause']}「{said['quote']}」" if said else f"{rule}（承接 / inherited）"
        )


def _write(caller: Caller, path: str, seen: Mapping[str, Any], out: Path) -> None:
    """Write the text, the pack printed as a notice, and the notice itself."""
    files: dict[str, str] = {"text.toml": f"{path}/text"}
    if seen["rules"]:
        files["notice.html"] = f"{path}/notice"
    if seen["notice"] is not None:
        kind = seen["notice"]["media_type"].rpartition("/")[2]
        files[f"original.{kind}"] = f"{path}/notices/current/content"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise refused(wrong) from wrong
    for name, where in files.items():
        write(out / name, str(caller.get(where).body).encode(errors="surrogateescape"))
