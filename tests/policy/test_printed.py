"""A pack printed as a notice: all that it says, in words, and nothing of how it is written."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from api.command.invocation import Invocation
from api.command.policy import policy
from api.law import packs, words
from api.law.checks import check_in_words
from api.law.readable import Readable
from api.pages.pack.page import pack_page
from api.pages.pack.parts import day
from api.pages.pack.routes import in_cell
from domain.policy import (
    chain,
    condition,
    materials,
    process,
    publicity,
    reference,
    sanctions,
    vacancy_form,
)
from domain.policy.in_words import length_in_words
from domain.policy.law import NATIONAL_DEFAULT, Law
from domain.policy.layer import LISTS, TABLES
from tests.policy.test_notices import NOTICE, WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection

    from domain.policy.terms import Term

BESIDE = Path(__file__).parent
OTHERS = sorted([*BESIDE.glob("*th/*.toml"), *BESIDE.glob("editions/*.toml")])
PACKS = (*packs.pack_names(), *map(str, OTHERS), "skeleton")
VOID = {"meta", "br"}


def run(*words: str) -> Result:
    return CliRunner().invoke(policy, [*words])


@pytest.fixture(params=PACKS, ids=lambda name: Path(name).stem)
def law(request: pytest.FixtureRequest, tmp_path: Path) -> Law:
    name = str(request.param)
    if name == "skeleton":
        name = str(tmp_path / "ceshi-2025.toml")
        assert run("new", "ceshi-2025", "--out", name).exit_code == 0
    return packs.load_over(name)


def visible(page: str) -> str:
    """What a reader sees, without the readings, which a pack may write in English."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    page = re.sub(r'<div class="reading">.*?</div>', "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_clause_and_every_quote_of_the_pack_is_there(law: Law) -> None:
    text = bare(visible(pack_page(law, "zh")))
    for rule, quoted in law.rules.items():
        if quoted.citation.source != NATIONAL_DEFAULT:
            assert rule in text
            assert bare(quoted.citation.clause) in text
            quote = bare(quoted.citation.quote)
            assert (f"本系统归纳：{quote}" if quoted.own_words else f"「{quote}」") in text


def test_every_date_of_the_pack_is_there(law: Law) -> None:
    text = visible(pack_page(law, "zh"))
    dates = [each for window in law.windows() for each in (window.opens, window.closes)]
    dates += [each for leg in law.whole.paper_legs.values() for each in (leg.opens, leg.closes)]
    dates += [each for batch in law.batches() for each in (batch.reference,)]
    dates += [each.finish_by for each in law.whole.completion.values()]
    for each in filter(None, dates):
        assert day(each) in text


def lengths(term: Term) -> list[str]:
    if term.alternatives:
        return [length for each in term.alternatives for length in lengths(each)]
    return [length_in_words(term.needed)[0]]


def test_the_years_of_every_route_stand_in_its_cell(law: Law) -> None:
    text = visible(pack_page(law, "zh"))
    for number, route in enumerate(law.whole.routes.values(), 1):
        cell = in_cell(route, Readable(law))
        assert f"{cell}〔{number}〕" in text
        for term in route.terms:
            assert all(f"满{length}" in cell for length in lengths(term))


def test_every_sentence_of_the_pack_is_there(law: Law) -> None:
    text = visible(pack_page(law, "zh"))
    whole = law.whole
    for table in (whole.conditions, whole.routes, whole.stages, whole.materials, whole.case_types):
        for each in table.values():
            assert each.chinese in text
    for posted in law.publicities():
        assert posted.place in text
    for fee in whole.fees.values():
        assert f"{fee.yuan}元" in text


def test_nothing_is_said_in_codes(law: Law) -> None:
    text = visible(pack_page(law, "zh"))
    document = dict(law.texts)[law.texts[1][0]] + law.texts[0][1]
    chinese = re.findall(r'"([^"]*[^\x00-\x7f][^"]*|https?:[^"]*)"', document)
    known = "\n".join([*chinese, law.digest, *law.rules, law.id])
    assert not re.findall(r"[{}]|None|dataclass|NOT_MENTIONED", text)
    assert {word for word in re.findall(r"[A-Za-z_]{3,}", text) if word not in known} == set()


class Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        for name, value in attrs:
            assert name != "src"
            assert name != "href" or (value or "").startswith("#r-")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_fetches_nothing(law: Law) -> None:
    page = pack_page(law, "zh")
    parser = Nesting()
    parser.feed(page)
    assert parser.open == []
    marks = set(re.findall(r'href="#([^"]+)"', page))
    assert marks <= set(re.findall(r'id="([^"]+)"', page))


def test_every_condition_says_what_is_looked_at(law: Law) -> None:
    rules = law.whole.conditions.values()
    assert all(check_in_words(each.check, Readable(law)) for each in rules)


@pytest.mark.parametrize(
    ("named", "known"),
    [
        (words.COUNTING, publicity.COUNTING),
        (words.OTHERWISE, condition.OTHERWISE),
        (words.CHANNELS, materials.CHANNELS),
        (words.CLAIMS, chain.CLAIM_KINDS),
        (words.SUMS, vacancy_form.SUMS),
        (words.REFERENCES, reference.KINDS),
        (words.SCOPES, sanctions.SCOPES),
        (words.MISCONDUCT, sanctions.KINDS),
        (words.FORUMS, process.FORUMS),
        (
            words.SECTIONS.keys() | {"recurring_windows", "paper_legs"},
            {"refusals", "names", *LISTS, *TABLES},
        ),
    ],
)
def test_every_word_that_a_pack_may_use_has_a_name(
    named: Collection[str], known: Collection[str]
) -> None:
    assert set(named) == set(known)


def rows(page: str) -> dict[str, str]:
    """Each row of the tables, as it is read, by its first cell."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    return {visible(each).split()[0]: " ".join(visible(each).split()) for each in found}


def test_what_becomes_of_each_clause_stands_beside_its_words() -> None:
    page = rows(pack_page(packs.load("xunwu-2024"), "zh"))
    assert page["XW-01"].endswith("留给人工判断 通知没有写、见其他文件的")
    assert "有规则执行 批次：2024年第一批、2024年第二批；申报和上报时间" in page["XW-02"]
    assert "有规则执行 申报条件：所学专业与申报专业相同或相近" in page["XW-10"]


def test_of_a_notice_whose_text_is_at_hand_every_sentence_is_told(tmp_path: Path) -> None:
    pack, notices, out = tmp_path / "sample.toml", tmp_path / "notices", tmp_path / "page.html"
    notices.mkdir()
    pack.write_text(WHOLE, encoding="utf-8")
    asked = ("print", str(pack), "--notices", str(notices), "-o", str(out))
    assert run(*asked).exit_code == 1
    (notices / "notice.txt").write_text(NOTICE, encoding="utf-8")
    assert run(*asked).exit_code == 0
    page = out.read_text("utf-8")
    text = " ".join(visible(page[page.index("附三") :]).split())
    assert "3 不需执行（有理由） 称呼 各有关单位：" in text
    assert re.search(r"6 有规则执行 S-\w+ [^。]*学历与年限[^。]*本科满一年", text), text
    assert "11 供查阅 S-ASK 查阅内容：咨询 咨询市局" in text
    assert "10 没有着落 弄虚作假的，取消资格。" in text
    assert "<b>没有着落</b>" in page


def test_what_the_default_says_is_marked(law: Law) -> None:
    text = visible(pack_page(law, "zh"))
    assert "附二　引用的国家层面默认规则" in text
    assert re.search(r"陈述申辩期限.*?「默认」附二·\d+", text, re.DOTALL)


def test_what_nobody_regulates_and_what_people_judge_is_said() -> None:
    text = visible(pack_page(packs.load("xunwu-2024"), "zh"))
    silent = text[text.index("通知没有规定的") :]
    defaulted, open_ones = silent.split("系统不作要求的：")
    assert "退回修改" in defaulted
    assert "公示、" in open_ones.partition("。")[0]
    assert "学历与年限" not in silent.partition("附一")[0]
    judged = text[text.index("留给人工判断的") : text.index("通知没有规定的")]
    assert "学历与年限表（赣人社字〔2013〕30号及相应系列（专业）职称申报条件）未提供" in judged


def test_headings_are_in_english_where_that_is_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    asked = ["print", "yiyang-2024", "-o", str(out)]
    printed = CliRunner().invoke(policy, asked, obj=Invocation(language="en"))
    assert (printed.exit_code, str(out) in printed.output) == (0, True)
    page = out.read_text(encoding="utf-8")
    assert "The chain of review" in page
    assert "中专毕业，见习期满1年" in page


def test_print_says_what_it_cannot_do(tmp_path: Path) -> None:
    assert "</html>" in run("print", "huzhou-2024").output
    assert run("print", "nowhere").exit_code == 1
    missing = tmp_path / "no" / "page.html"
    assert run("print", "huzhou-2024", "-o", str(missing)).exit_code == 1
