"""``python -m tests.policy.keeping``: keep what is law and what it answers, in this language.

A folder of ``kept`` is written once, when the number of the language is new, and never again: it
says what old texts say, and how cases under them were decided.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.answers import answer
from domain.policy.examples.run import assuming
from domain.policy.language import LANGUAGE
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.policy.law import Law

HERE = Path(__file__).parent
KEPT = HERE / "kept"
TEXTS = ("national-default.toml", "xunwu-2024.toml", "supplement.toml")
SUPPLEMENT = """\
[pack]
id = "xunwu-2024"
version = 2
title = "补充通知（虚构）"
supplements = { id = "xunwu-2024", version = 1 }

[rules]
XW-B1 = { clause = "补", quote = "每人四十二元", own_words = true }

[[fees]]
id = "recognition"
fen = 4200
channel = "ONLINE"
zh = "网上缴纳"
en = "paid online"
rule = "XW-B1"

[binds]
"fees[recognition]" = "under_way"
"""


def kept_law(folder: Path) -> Law:
    """The law that a folder keeps, read by the present program."""
    default, *above = (Document(name, (folder / name).read_text("utf-8")) for name in TEXTS)
    return load_law(default, above[0], above[1:])


def answers(law: Law, asked: Iterable[Mapping[str, Any]]) -> list[list[dict[str, str]]]:
    """What a law answers to worked examples, each answer in words."""
    return [
        [
            {key: str(each) for key, each in one.items() if key != "rests_on"}
            for one in answer(example["kind"], example["facts"], law, Calendar())
        ]
        for example in asked
    ]


def main() -> None:
    """Write the folder of the present language, where there is none."""
    folder = KEPT / str(LANGUAGE)
    folder.mkdir(parents=True)
    for name in TEXTS[:2]:
        (folder / name).write_text(packs.document(packs.PACKS / name).text, "utf-8")
    (folder / TEXTS[2]).write_text(SUPPLEMENT, "utf-8")
    (folder / "examples.yaml").write_bytes((HERE / "examples" / "xunwu.yaml").read_bytes())
    law = kept_law(folder)
    told = {"digest": law.digest, "answers": answers(law, examples(folder))}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "answers.json").write_text(f"{text}\n", "utf-8")


def examples(folder: Path) -> list[dict[str, Any]]:
    """The worked examples that a folder keeps."""
    held = yaml.safe_load((folder / "examples.yaml").read_text("utf-8"))
    return assuming(held, held["examples"])


if __name__ == "__main__":
    main()
