"""A pack refuses in its notice's own words, and no locality is told another's sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from api.law import packs
from api.pages.pack.page import pack_page
from domain.case.values import NoticeWords, Reason, reason_of
from domain.policy.authority import read_authority
from domain.policy.case_types import read_case_type
from domain.policy.checks import CHECKS
from domain.policy.condition import read_rule
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.materials import read_material
from domain.policy.own_wording import Wording
from domain.policy.terms import read_term
from domain.policy.verdict import Outcome
from domain.refusals.sentences_by_code import OF_DECIDERS, SENTENCES, Sentence
from tests.policy.conftest import told
from tests.policy.sample import DEFAULT, HEAD, LEVELS, ROUTES, cited, sample
from tests.policy.tables import AUTHORITY, CASE_TYPE, MATERIAL, NAMED, Table, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.policy.reading import Reader

D = date
SAYS = {"zh": "一年只能申报一次。", "en": "Once a year only."}
OWN = Wording("TOO_MANY_FILINGS", Sentence("一年只能申报一次。", "Once a year only."))
CONDITION = """
[[conditions]]
id = "once"
zh = "一年一次"
en = "once a year"
require = { "unit.type" = "enterprise" }
code = "TOO_MANY_FILINGS"
says = { zh = "一年只能申报一次（{condition}）。", en = "Once a year only ({condition})." }
rule = "S-GOOD"
"""


def read_condition(reader: Reader) -> object:
    return read_rule(reader, CHECKS)


@pytest.mark.parametrize(
    ("reading", "table"),
    [
        (read_condition, {**NAMED, "require": {"level": "junior"}, "code": "TOO_MANY_FILINGS"}),
        (read_case_type, {**CASE_TYPE, "code": "TOO_MANY_FILINGS"}),
        (read_material, {**MATERIAL, "code": "TOO_MANY_FILINGS"}),
        (read_term, {"years": 1, "code": "TOO_MANY_FILINGS"}),
        (read_authority, {**AUTHORITY, "refuse": "TOO_MANY_FILINGS"}),
    ],
)
def test_wherever_a_code_stands_the_pack_may_say_it_in_its_own_words(
    reading: Callable[[Reader], Any], table: Table
) -> None:
    assert read(reading, {**table, "says": SAYS}).refuses == OWN
    with pytest.raises(PackError, match="one of your own stands under says"):
        read(reading, table)


def test_a_refusal_is_told_in_the_notices_words_under_a_code_of_its_own() -> None:
    verdict = sample(CONDITION).assess(told(unit={"type": "institution"}))
    assert verdict.outcome is Outcome.INELIGIBLE
    (refused,) = verdict.refusals
    assert refused.code == "TOO_MANY_FILINGS"
    assert refused.chinese == "一年只能申报一次（一年一次）。"
    assert refused.english == "Once a year only (once a year)."
    assert refused.citations == (cited("S-GOOD"),)


def test_a_general_code_is_told_in_the_notices_words_with_what_is_told_there() -> None:
    says = 'says = { zh = "须满{needed}，现有{had}，{when}。", en = "{needed}" }'
    own = f'where = {{ relation = ["same"] }}, {says}'
    law = sample(LEVELS, ROUTES.replace('where = { relation = ["same"] }', own))
    (refused,) = law.assess(
        told(
            education=[{"level": "bachelor", "date": D(2024, 7, 1)}],
            work=[{"from": D(2025, 1, 1), "relation": "same"}],
            applied="assistant",
            submitted_at="2025-05-20T10:00:00+08:00",
        )
    ).refusals
    assert refused.code == "YEARS_SHORT"
    assert refused.chinese == "须满1年，现有4个月19天，2026-01-01届满。"
    assert refused.english == "1 year"


def test_the_notices_words_come_before_those_of_a_check() -> None:
    check = 'check = "assessments"\nwith = { grades = ["合格"], last = 1 }'
    spoken = CONDITION.replace('require = { "unit.type" = "enterprise" }', check)
    facts: dict[str, Any] = {"assessments": {2024: "不合格"}}
    facts["submitted_at"] = "2025-05-20T10:00:00+08:00"
    silent = "".join(line for line in spoken.splitlines(keepends=True) if "says" not in line)
    silent = silent.replace("TOO_MANY_FILINGS", "ASSESSMENT_MISSING")
    assert sample(spoken).assess(told(**facts)).reasons == ("TOO_MANY_FILINGS",)
    assert sample(silent).assess(told(**facts)).reasons == ("ASSESSMENT_BELOW_QUALIFIED",)


def test_a_question_is_asked_in_the_notices_words() -> None:
    asked = CONDITION.replace("code =", 'otherwise = "manual"\ncode =')
    (question,) = sample(asked).assess(told(unit={"type": "institution"})).refusals
    assert question.chinese == "一年只能申报一次（一年一次）。"


def test_a_mark_bears_the_packs_own_code() -> None:
    marked = CONDITION.replace("code =", 'otherwise = "flag"\ncode =')
    assert "TOO_MANY_FILINGS" in sample(marked).assess(told(unit={"type": "institution"})).flags


def test_what_is_stored_tells_the_notices_sentence_without_a_word_of_the_case() -> None:
    (refused,) = sample(CONDITION).assess(told(unit={"type": "institution"})).refusals
    assert reason_of(refused) == Reason(
        code="TOO_MANY_FILINGS",
        rules=("S-GOOD",),
        notice=NoticeWords(
            chinese="一年只能申报一次（{condition}）。", english="Once a year only ({condition})."
        ),
    )


def test_what_is_told_in_general_words_is_stored_by_its_code_alone() -> None:
    general = CONDITION.replace("TOO_MANY_FILINGS", "CONDITION_NOT_MET")
    general = "".join(line for line in general.splitlines(keepends=True) if "says" not in line)
    (refused,) = sample(general).assess(told(unit={"type": "institution"})).refusals
    assert reason_of(refused) == Reason(code="CONDITION_NOT_MET", rules=("S-GOOD",))


@pytest.mark.parametrize(
    ("old", "new", "key", "chinese"),
    [
        ("（{condition}）。", "（{conditon}）。", "says.zh", "没有「conditon」可填"),
        ("（{condition}）。", "（{conditon}）。", "says.zh", "您是不是想写 condition？"),
        (
            "({condition}).",
            "({when}).",
            "says.en",
            "可以填的是：authority、condition、had、material、needed",
        ),
        ("（{condition}）。", "（{}）。", "says.zh", "没有「」可填"),
        ("（{condition}）。", "（{condition。", "says.zh", "花括号须成对"),
        ("（{condition}）。", "（{condition!r}）。", "says.zh", "花括号须成对"),
        ("（{condition}）。", "（{condition:>9}）。", "says.zh", "花括号须成对"),
        (
            "（{condition}）。",
            "（{condition.__class__}）。",
            "says.zh",
            "没有「condition.__class__」",
        ),
        ("一年只能申报一次（{condition}）。", " ", "says.zh", "应写一句完整的话"),
        (', en = "Once a year only ({condition})."', "", "says.en", "缺少这一项"),
        ("en = ", "english = ", "says.english", "没有这个名称"),
        ("TOO_MANY_FILINGS", "too-many", "code", "代码用大写字母"),
        ("TOO_MANY_FILINGS", "_MANY", "code", "代码用大写字母"),
        ("TOO_MANY_FILINGS", "RECUSED", "code", "系统办理时使用的代码，不能另作他用"),
        ("TOO_MANY_FILINGS", "SELF_REVIEW", "code", "系统办理时使用的代码，不能另作他用"),
        ('code = "TOO_MANY_FILINGS"\n', "", "code", "缺少这一项"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_told_by_key(
    old: str, new: str, key: str, chinese: str
) -> None:
    assert old in CONDITION
    document = Document("sample.toml", HEAD + CONDITION.replace(old, new))
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, document)
    (fault,) = [each for each in refused.value.faults if each.key == f"conditions[once].{key}"]
    assert chinese in fault.told("zh")
    assert fault.line


@pytest.mark.parametrize("code", sorted(OF_DECIDERS))
def test_no_pack_refuses_under_a_code_of_the_deciders(code: str) -> None:
    said = CONDITION.replace("TOO_MANY_FILINGS", code)
    unsaid = "".join(line for line in said.splitlines(keepends=True) if "says" not in line)
    for condition in (said, unsaid):
        with pytest.raises(PackError, match=code):
            load_law(DEFAULT, Document("sample.toml", HEAD + condition))


def test_what_is_one_notices_own_word_is_in_no_other_pack_nor_in_the_engine() -> None:
    own: dict[str, set[str]] = {}
    for law in packs.load_all():
        rules = law.whole.conditions.values()
        for rule in rules:
            if rule.refuses.own:
                own.setdefault(rule.refuses.code, set()).add(law.id)
    assert own["SI_EMPLOYER_MISMATCH"] == {"xunwu-2024"}
    assert all(len(localities) == 1 for localities in own.values())
    assert not own.keys() & SENTENCES.keys()


def test_the_printed_pack_tells_the_answer_in_the_notices_words() -> None:
    assert "答复：一年只能申报一次（一年一次）。" in pack_page(sample(CONDITION), "zh")
