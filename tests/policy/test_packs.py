"""Packs are read exactly, or not at all; and they quote their notices letter for letter."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from api.law import packs
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.quotes import check_quotes, contains
from domain.policy.regulated import NotRegulatedError
from domain.policy.soundness import remarks
from domain.refusals.sentences_by_code import SENTENCES, refusal

NOTICES = Path(__file__).parents[3] / "shared" / "notices"
DEFAULT = packs.document(packs.PACKS / "national-default.toml")
SMALL = """
[pack]
id = "small-2025"
version = 1
title = "小通知"
issuer = "某局"
province = "某省"
jurisdiction = "某省/某市"

[rules]
SM-01 = { clause = "一", quote = "原文" }

[[batches]]
id = "B1"
zh = "第一批"
en = "first"
rule = "SM-01"

[[windows]]
id = "B1"
batch = "B1"
binds = "applicant"
closes = 2025-03-31
rule = "SM-01"

[[conditions]]
id = "scope"
zh = "范围"
en = "scope"
require = { "unit.type" = "enterprise" }
code = "NOT_IN_SCOPE"
rule = "SM-01"
"""


def load(text: str) -> None:
    load_law(DEFAULT, Document("small.toml", text))


def test_a_small_pack_loads() -> None:
    load(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("closes = 2025-03-31", "closes = 2025-03-31\nclose = 1", "small.toml.windows[B1].close"),
        ("closes = 2025-03-31", 'closes = "March"', "small.toml.windows[B1].closes"),
        ('closes = 2025-03-31\nrule = "SM-01"', "closes = 2025-03-31", "windows[B1].rule: missing"),
        ('rule = "SM-01"\n\n[[windows]]', 'rule = "SM-02"\n\n[[windows]]', "batches[B1].rule"),
        ('batch = "B1"', 'batch = "B9"', "small.toml.windows[B1].batch: there is no 'B9'"),
        ('"unit.type"', '"unit.typ"', "conditions[scope].require.unit.typ"),
        ('code = "NOT_IN_SCOPE"', 'code = "NO_SUCH"', "conditions[scope].code"),
        ('require = { "unit.type" = "enterprise" }', "", "conditions[scope].require"),
        ('code = "NOT_IN_SCOPE"', 'code = "YEARS_SHORT"', "nothing here tells the reference"),
        ('quote = "原文"', 'quote = " "', "rules.SM-01.quote"),
        ('id = "B1"\nzh', 'id = "B1"\nzh_ = "x"\nzh', "batches[B1].zh_: unknown key"),
        ("[rules]", "[fines]\namount = 1\n\n[rules]", "small.toml.fines: unknown key"),
        ("[rules]", "[rules", "is no TOML"),
        ("version = 1", 'version = "1"', "pack.version"),
        ('binds = "applicant"', 'binds = "county_hr"', "windows[B1].binds"),
    ],
)
def test_a_document_that_is_not_exact_is_refused_by_name_and_key(
    old: str, new: str, place: str
) -> None:
    assert old in SMALL
    with pytest.raises(PackError) as refused:
        load(SMALL.replace(old, new, 1))
    assert place in str(refused.value)
    assert "small.toml" in str(refused.value)


@pytest.mark.parametrize(
    "section",
    [
        (
            "[separation]\ndifferent_persons = false\nself_review = false\nhandler_first = true\n"
            'substitutes = true\nother_level = "flag"\nrule = "SM-01"\n'
        ),
        (
            "[separation]\ndifferent_persons = true\nself_review = true\nhandler_first = true\n"
            'substitutes = true\nother_level = "flag"\nrule = "SM-01"\n'
        ),
    ],
)
def test_no_pack_may_waive_the_separation_of_duties(section: str) -> None:
    with pytest.raises(PackError, match="no pack may"):
        load(f"{SMALL}\n{section}")


def test_an_id_stands_once() -> None:
    again = '[[batches]]\nid = "B1"\nzh = "x"\nen = "x"\nrule = "SM-01"\n'
    with pytest.raises(PackError, match="stands twice"):
        load(f"{SMALL}\n{again}")


def test_the_digest_follows_the_words_and_not_the_layout() -> None:
    one = load_law(DEFAULT, Document("a.toml", SMALL))
    commented = load_law(DEFAULT, Document("b.toml", f"# a comment\n{SMALL}\n\n"))
    changed = load_law(DEFAULT, Document("a.toml", SMALL.replace("03-31", "03-30")))
    assert one.digest == commented.digest != changed.digest
    assert len(one.digest) == 64
    assert [layer for layer, _ in one.layers] == ["national-default", "small-2025"]


def test_what_a_notice_leaves_silent_comes_from_the_default_and_says_so() -> None:
    law = load_law(DEFAULT, Document("a.toml", SMALL))
    assert {each.source for each in law.returns().citations} == {"national-default"}
    assert all(law.rules[each.rule].own_words for each in law.returns().citations)
    assert law.votes().citations


def test_what_no_layer_regulates_is_not_answered() -> None:
    start = DEFAULT.text.index("[returns]")
    silent = DEFAULT.text[:start] + DEFAULT.text[DEFAULT.text.index("[separation]", start) :]
    law = load_law(Document("default.toml", silent), Document("a.toml", SMALL))
    with pytest.raises(NotRegulatedError):
        law.returns()


@pytest.mark.parametrize("name", packs.pack_names())
def test_every_quote_stands_in_the_notice_letter_for_letter(name: str) -> None:
    if not NOTICES.exists():
        pytest.skip("the notices are not beside this checkout")
    texts = {path.name: path.read_text(encoding="utf-8") for path in NOTICES.glob("*.txt")}
    law = packs.load(name)
    own = {rule: each for rule, each in law.rules.items() if each.citation.source == law.id}
    found = check_quotes(own, texts)
    assert found.missing == ()
    assert found.quoted == len(own)


@pytest.mark.parametrize("name", packs.pack_names())
def test_nothing_in_a_pack_is_without_effect(name: str) -> None:
    assert remarks(packs.load(name)) == ()


def test_a_wrong_quote_is_found() -> None:
    assert contains("甲乙丙丁戊", "甲 乙……丁")
    assert not contains("甲乙丙丁戊", "丁……甲")
    assert not contains("甲乙丙丁戊", "甲丙")


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_has_a_full_sentence_in_both_languages(code: str) -> None:
    chinese, english = SENTENCES[code]
    fields = {name for _, name, _, _ in Formatter().parse(chinese) if name}
    assert fields == {name for _, name, _, _ in Formatter().parse(english) if name}
    assert chinese.endswith("。")
    assert english.endswith(".")
    told = refusal(code, specifics=dict.fromkeys(fields, ("中", "en")))
    assert "{" not in told.chinese + told.english


def test_no_module_of_the_engine_names_a_locality() -> None:
    engine = Path(packs.PACKS).parent
    words = (
        "yiyang",
        "huzhou",
        "yueyang",
        "luohe",
        "xunwu",
        "益阳",
        "湖州",
        "岳阳",
        "漯河",
        "寻乌",
    )
    for module in [*engine.rglob("*.py"), Path(packs.__file__)]:
        text = module.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], module.name
