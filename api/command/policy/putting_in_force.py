"""``mingjian policy propose`` and ``confirm``: two officials put law in force at a running server.

Each signs in as at any other client; every guard is the server's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command.policy.caller import signs_in
from api.command.policy.files import refused, told
from api.law.texts import TextUnreadableError, is_toml, read_text
from domain.policy.loader import Document, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from api.client import Reply
    from api.command.invocation import Invocation
    from api.command.policy.caller import Caller

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("pack")
@click.option("--starts-on", required=True, type=_DAY, help="生效日期 / first day in Beijing")
@click.option("--reason", help="替换已施行的一版的理由 / why it takes the place of another")
@click.option("--notice", type=_FILE, help="通知原件 / the notice itself, as a PDF say")
@click.option("--number", help="通知的文号，没有就不写 / the number of the notice")
@click.option("--source", help="通知从何而来 / where the notice was published")
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
    path = f"/v1/editions/{proposed.stream}"
    run.say(f"Proposed: {proposed.stream}", f"已提请：{proposed.stream}")
    if notice is not None:
        stored = caller.send(f"{path}/uploads", notice.read_bytes()).body["upload"]
        body = {"upload": stored, "number": number, "source": source}
        caller.act(f"{path}/notices", body, proposed.version)
        run.say("The notice is attached.", "已附上通知原件。")
    run.say(
        f"Another official confirms it: mingjian policy confirm {proposed.stream}",
        f"请另一名领导确认：mingjian policy confirm {proposed.stream}",
    )


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
    path = f"/v1/editions/{edition}"
    found = caller.get(path)
    seen = found.body
    rules = seen["rules"] if seen["pending"] == "put_in_force" and not decline else []
    text = caller.get(f"{path}/text").body
    for line in _head(seen):
        click.echo(line)
    if out is not None:
        _write(caller, path, seen, out)
    for line in _clauses(rules, text):
        click.confirm(line, abort=True)
    notice = None if seen["notice"] is None else seen["notice"]["digest"]
    body = {"confirm": not decline, "digest": seen["digest"], "rules": rules, "notice": notice}
    caller.act(f"{path}/decisions", body, found.version)
    run.say("Declined." if decline else "Confirmed.", "不予施行。" if decline else "已确认。")


def _text_of(pack: str) -> dict[str, str]:
    """The text of a pack in a file; for a pack of the house its id."""
    if not pack.endswith(".toml"):
        return {"offered": pack}
    try:
        return {"text": read_text(Path(pack), is_toml)}
    except (TextUnreadableError, OSError) as wrong:
        raise refused(wrong) from wrong


def _head(seen: Mapping[str, Any]) -> Iterator[str]:
    """What is to be known of an edition before its clauses."""
    notice = seen["notice"] or {"number": None, "source": "—", "digest": "—"}
    yield f"{seen['law']} v{seen['number']}《{seen['title']}》 {seen['jurisdiction']}"
    yield f"  {seen['pending'] or '—'} · {seen['starts_on']} · {seen['reason'] or '—'}"
    yield f"  {seen['digest']}"
    yield f"  {notice['number'] or '—'} · {notice['source']} · {notice['digest']}"
    yield from (f"  {each['value']} → {each['binds']}" for each in seen["binding"])
    yield from (f"  ! {each}" for each in seen["faults"])


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
    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, Reply] = {
        "text.toml": caller.get(f"{path}/text"),
        "notice.html": caller.get(f"{path}/notice"),
    }
    if seen["notice"] is not None:
        kind = seen["notice"]["media_type"].rpartition("/")[2]
        files[f"original.{kind}"] = caller.get(f"{path}/notices/current/content")
    for name, reply in files.items():
        (out / name).write_bytes(str(reply.body).encode(errors="surrogateescape"))
