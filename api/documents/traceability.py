"""``docs/traceability.md``: where each rule stands, from the rows and the packs' own quotes."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from api.law import packs

DOCS = Path(__file__).parents[2] / "docs"
ROWS, PROVED = DOCS / "traceability.toml", DOCS / "proved.toml"
REMOVALS = DOCS / "removals.toml"
STATUSES = {
    "obeyed": "obeyed",
    "answered": "answered",
    "reference_data": "shown",
    "human_judgement": "recorded human judgement",
    "table_not_supplied": "text not supplied",
    "out_of_scope": "out of scope",
}
OTHERS = {"A": "Readings of ambiguous words", "MS": "What was asked for besides"}

_HEAD = """# Where each rule stands

Every rule of the five notices, with its words, where it is carried out, and what shows it.
`JD-P01` and the like are worked examples of `tests/policy/examples`; a path with `::` is a test.
Each row of a notice is tried by `tests/policy/test_traceability.py`:
with the rule taken out of its pack, one of the examples named fails.

- **obeyed**: with the rule taken out, the case of somebody ends otherwise in the running product
  (`docs/proved.toml` says whose, and how), or a test that drives the product fails
  (`docs/removals.toml` says how it is taken out, and which test misses it).
- **answered**: the right answer is computed and shown by an example, and nothing more was seen;
  a named person decides, and the record says who.
- **shown**: reference data.

This page is written from `docs/traceability.toml`, `docs/proved.toml`, `docs/removals.toml` and
the packs by `python -m api.documents`.

"""


def current() -> str:
    """The page as it should stand."""
    rows: list[dict[str, Any]] = tomllib.loads(ROWS.read_text(encoding="utf-8"))["rule"]
    proved = tomllib.loads(PROVED.read_text(encoding="utf-8"))["proved"]
    removals = tomllib.loads(REMOVALS.read_text(encoding="utf-8"))["removal"]
    missed = {each["of"] for each in removals}
    for row in rows:
        if row["status"] == "enforced":
            row["status"] = _stands(row, proved, missed)
    counted = Counter(row["status"] for row in rows)
    summary = ", ".join(f"{STATUSES[status]} {count}" for status, count in counted.most_common())
    parts = [f"{_HEAD}{len(rows)} rules: {summary}.\n"]
    for law in packs.load_all():
        quotes = _quotes(law.id)
        table = _table([row for row in rows if row["id"] in quotes], quotes)
        parts.append(f"\n## {law.title}\n\n{law.issuer}, `{law.id}`\n\n{table}")
    for prefix, title in OTHERS.items():
        others = [row for row in rows if row["id"].split("-")[0] == prefix]
        parts.append(f"\n## {title}\n\n{_table(others, {})}")
    return "".join(parts)


def _stands(row: dict[str, Any], proved: dict[str, dict[str, str]], missed: set[str]) -> str:
    """Whether a rule was seen to be obeyed, or only to be answered rightly."""
    if row["id"] in proved:
        one = proved[row["id"]]
        row["shown_by"] = [
            *row["shown_by"],
            f"{one['example']}: {one['obeyed']} / {one['without']}",
        ]
        return "obeyed"
    return "obeyed" if row["id"] in missed else "answered"


def _quotes(pack: str) -> dict[str, str]:
    law = packs.load(pack)
    return {
        rule: f"{quoted.citation.clause}「{quoted.citation.quote}」"
        for rule, quoted in law.rules.items()
        if quoted.citation.source == law.id
    }


def _table(rows: list[dict[str, Any]], quotes: dict[str, str]) -> str:
    lines = ["| rule | words | stands | where | shown by |", "|---|---|---|---|---|"]
    for row in rows:
        stands = STATUSES[row["status"]] + (f": {row['reason']}" if "reason" in row else "")
        where = "<br>".join(f"`{each}`" for each in row["where"])
        shown = "<br>".join(f"`{each}`" for each in row["shown_by"])
        words = quotes.get(row["id"], "").replace("|", "／")
        lines.append(f"| {row['id']} | {words} | {stands} | {where} | {shown} |")
    return "\n".join(lines) + "\n"
