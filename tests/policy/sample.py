"""A small law of no locality, with one of everything that a verdict can rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.law import packs
from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from domain.policy.law import Law
    from domain.refusal import Citation

DEFAULT = packs.document(packs.PACKS / "national-default.toml")
HEAD = """
[pack]
id = "sample-2025"
version = 1
title = "样例通知"
issuer = "某局"
province = "某省"
jurisdiction = "某省/某市"

[rules]
S-LEVEL = { clause = "一", quote = "办理初级、中级" }
S-COLLEGE = { clause = "二", quote = "大专满三年" }
S-BACHELOR = { clause = "三", quote = "本科满一年" }
S-MASTER = { clause = "四", quote = "硕士满二年" }
S-GOOD = { clause = "五", quote = "须合格" }
S-TIME = { clause = "六", quote = "一年两批" }
S-BODY = { clause = "七", quote = "市局审批" }

[[labels]]
id = "recognition"
zh = "认定"
en = "recognition"
rule = "S-LEVEL"
"""
LEVELS = """
[handled]
levels = ["junior", "intermediate"]
rule = "S-LEVEL"
"""
ROUTES = """
[[routes]]
id = "college"
zh = "大专"
en = "college"
level = "assistant"
kind = "recognition"
education = { level = "college" }
terms = [{ years = 3, where = { relation = ["same"] } }]
rule = "S-COLLEGE"

[[routes]]
id = "bachelor"
zh = "本科"
en = "bachelor"
level = "assistant"
kind = "recognition"
education = { level = "bachelor" }
terms = [{ years = 1, where = { relation = ["same"] } }]
rule = ["S-BACHELOR", "S-GOOD"]

[[routes]]
id = "master"
zh = "硕士"
en = "master"
level = "intermediate"
kind = "recognition"
education = { level = "master" }
terms = [{ years = 1, after = "education" }, { years = 1, after = "previous" }]
rule = "S-MASTER"
"""
EXCEPTIONAL = """
[[routes]]
id = "exceptional"
zh = "破格"
en = "exceptional"
level = "intermediate"
kind = "recognition"
exceptional = true
rule = "S-GOOD"
"""
BATCHES = """
[[batches]]
id = "B1"
zh = "第一批"
en = "first"
reference = 2025-06-30
rule = "S-TIME"

[[batches]]
id = "B2"
zh = "第二批"
en = "second"
rule = "S-TIME"

[[windows]]
id = "B1"
batch = "B1"
binds = "applicant"
opens = 2025-04-01
closes = 2025-05-31
rule = "S-TIME"

[[windows]]
id = "B2"
batch = "B2"
binds = "applicant"
opens = 2025-10-01
closes = 2025-10-31
rule = "S-TIME"
"""


def sample(*parts: str) -> Law:
    """The law of a pack with these parts, over the national default; of conditions its own."""
    law = load_law(DEFAULT, Document("sample.toml", HEAD + "".join(parts)))
    rules = law.whole.conditions.items()
    own = {name: rule for name, rule in rules if name not in law.default.conditions}
    return replace(law, whole=replace(law.whole, conditions=own))


def cited(rule: str) -> Citation:
    """The words of one of its rules."""
    (citation,) = sample().cite(rule)
    return citation
