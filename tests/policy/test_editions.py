"""An edition says what differs from the earlier one; all else, and every quote, stays."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from api.law import packs
from domain.calendar import Calendar
from domain.policy.examples.run import examine
from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.spelling import oddities
from domain.policy.unsettled import unsettled
from tests.policy.sample import BATCHES, DEFAULT, HEAD, LEVELS, ROUTES
from tests.policy.test_commands import run
from tests.policy.test_loading import COMPLETION, STAGE

if TYPE_CHECKING:
    from domain.policy.law import Law

EARLIER = Document(
    "sample.toml",
    HEAD + LEVELS + ROUTES + BATCHES + COMPLETION + STAGE + '[refusals]\nS-BODY = ["X"]',
)
PACK = """
[pack]
id = "sample-2026"
version = 1
title = "样例通知二"
follows = { id = "sample-2025", version = 1 }
"""
RULES = '[rules]\nS-TIME = { clause = "六", quote = "一年两批，四月、十月" }\n'


def law(*parts: str, earlier: Document = EARLIER) -> Law:
    return load_law(DEFAULT, earlier, [Document("next.toml", PACK + "".join(parts))])


def faults(*parts: str) -> dict[str, str]:
    with pytest.raises(PackError) as refused:
        law(*parts)
    assert all(each.line for each in refused.value.faults), refused.value.told("zh")
    return {each.key: each.told("zh") for each in refused.value.faults}


def test_what_it_does_not_say_stays_and_each_quote_is_marked_with_its_notice() -> None:
    after = law(RULES, '[changed]\n"windows[B1].closes" = 2026-05-31\n')
    assert (after.id, after.title, after.issuer) == ("sample-2026", "样例通知二", "某局")
    window = after.whole.windows["B1"]
    assert (window.opens, window.closes) == (date(2025, 4, 1), date(2026, 5, 31))
    assert {each.citation.source for each in after.rules.values()} >= {"sample-2025", "sample-2026"}
    assert [each.source for each in window.citations] == ["sample-2026"]
    assert [each.source for each in after.whole.routes["college"].citations] == ["sample-2025"]
    assert [name for name, _ in after.layers] == ["national-default", "sample-2025", "sample-2026"]


def test_what_is_dropped_holds_no_more() -> None:
    after = law(
        '[dropped]\n"routes[master]" = "不再直接认定"\n"batches[B1].reference" = "按申报日"\n'
    )
    assert list(after.whole.routes) == ["college", "bachelor"]
    assert after.whole.batches["B1"].reference is None


def test_a_new_entry_stands_after_the_one_written_before_it() -> None:
    route = '[[routes]]\nid = "bachelor"\nzh = "本科"\nen = "b"\nlevel = "assistant"\n'
    route += 'kind = "recognition"\nrule = "S-GOOD"\n'
    after = law(route, route.replace('id = "bachelor"', 'id = "two"'))
    assert list(after.whole.routes) == ["college", "bachelor", "two", "master"]
    first = STAGE.replace("bureau", "employer").replace("city_hr", "employer")
    assert list(law(first).whole.stages) == ["employer", "bureau"]
    again = STAGE.replace("市局", "市人社局")
    assert list(law(again, first.replace('id = "employer"', 'id = "later"')).whole.stages) == [
        "bureau",
        "later",
    ]


def test_whoever_renames_a_batch_renames_it_everywhere() -> None:
    after = law('[changed]\n"batches[B1].id" = "2026H1"\n"windows[B1].closes" = 2026-05-31\n')
    assert after.whole.windows["B1"].batch == "2026H1"
    assert after.whole.completion["year"].batches == ("2026H1", "B2")


def test_an_edition_of_an_edition_and_an_overlay_above_both() -> None:
    third = PACK.replace("2026", "2027").replace("sample-2025", "sample-2026")
    over = '[pack]\nid = "county"\nversion = 1\ntitle = "县"\nissuer = "县局"\nprovince = "某省"\n'
    over += 'jurisdiction = "某省/某市/某县"\nextends = "sample-2027"\n'
    changed = '[changed]\n"batches[B1].id" = "春"\n"routes[college].zh" = "大专毕业"\n'
    documents = [
        Document("2.toml", PACK + changed),
        Document("3.toml", third + '[changed]\n"batches[春].zh" = "春季"\n'),
        Document("county.toml", over),
    ]
    after = load_law(DEFAULT, EARLIER, documents)
    assert (after.id, after.whole.header.follows) == ("sample-2027", ("sample-2026", 1))
    assert (after.whole.batches["春"].chinese, after.whole.windows["B1"].batch) == ("春季", "春")


def test_every_fault_is_told_at_once_in_the_document_that_says_it() -> None:
    told = faults(
        '[rules]\nS-TIME = { clause = "六" }\n',
        '[changed]\n"windows[B1].close" = 2026-05-31\n"windows[B3].closes" = 2026-05-31\n',
        '"batches[B2].id" = "B9"\n"windows[B2].opens" = "十月"\n',
        '[dropped]\n"routes[mastre]" = "没有了"\n"routes[master]" = " "\n',
        '[unconfirmed]\n"windows[B1].closed" = "上年"\n',
    )
    assert (
        "next.toml 第 10 行，windows[B1].close：没有这个名称。您是不是想写 closes"
        in told["windows[B1].close"]
    )
    assert "您是不是想写 windows[B2].closes 或 windows[B1].closes" in told["windows[B3].closes"]
    assert "应写日期" in told["windows[B2].opens"]
    assert "您是不是想写 routes[master]" in told["routes[mastre]"]
    assert "须写明不再适用的理由" in told["routes[master]"]
    assert "next.toml 第 18 行" in told["windows[B1].closed"]
    assert "缺少这一项" in told["rules.S-TIME.quote"]


def test_what_it_follows_is_what_lies_beneath() -> None:
    older = Document("sample.toml", EARLIER.text.replace("version = 1", "version = 2", 1))
    with pytest.raises(PackError, match=r"next\.toml\.pack\.follows: .* sample-2025, version 2"):
        law(earlier=older)
    with pytest.raises(PackError, match=r"next\.toml\.pack\.follows: the edition .* not there"):
        load_law(DEFAULT, Document("next.toml", PACK))
    same = Document("next.toml", PACK.replace("sample-2026", "sample-2025"))
    with pytest.raises(PackError, match=r"pack\.version: under the same id the version grows"):
        load_law(DEFAULT, EARLIER, [same])


def test_no_quote_is_changed_and_left_that_of_the_earlier_notice() -> None:
    told = faults(
        '[changed]\n"rules.S-TIME.quote" = "一年三批"\n"pack.jurisdiction" = "某省"\n',
        '[dropped]\n"rules.S-GOOD.clause" = "不要了"\n"pack.legal_basis" = "不要了"\n',
    )
    assert {each.partition("：")[2] for each in told.values()} == {
        "要整项写在 [rules] 里，不能只改其中一个值",
        "要整项写在 [pack] 里，不能只改其中一个值",
    }
    assert len(told) == 4
    unused = HEAD.replace("[rules]", '[rules]\nS-OLD = { clause = "九", quote = "旧的话" }')
    earlier = Document("sample.toml", EARLIER.text.replace(HEAD, unused))
    assert "S-OLD" not in law('[dropped]\n"rules.S-OLD" = "不再说"\n', earlier=earlier).rules


def test_what_is_no_table_or_no_list_is_told_and_nothing_breaks() -> None:
    with pytest.raises(PackError, match=r"next\.toml\.changed: must be a table"):
        load_law(DEFAULT, EARLIER, [Document("next.toml", f"changed = 5\n{PACK}")])
    broken = Document("sample.toml", EARLIER.text.replace("[[windows]]", "[[windowz]]"))
    renaming = PACK + '[changed]\n"batches[B1].id" = "春"\n'
    with pytest.raises(PackError, match="windowz: unknown key"):
        load_law(DEFAULT, broken, [Document("next.toml", renaming)])
    none = Document(
        "sample.toml", f"windows = 5\n{EARLIER.text.replace('[[windows]]', '[[places]]')}"
    )
    with pytest.raises(PackError, match="windows"):
        load_law(DEFAULT, none, [Document("next.toml", renaming)])


def test_a_name_that_an_edition_writes_rests_on_words_of_its_own() -> None:
    called = '{ of = "series", also = "建工", rule = "S-BODY" }'
    told = f'\n[names]\n"土建" = {called}\n"建设" = {called}\n'
    assert [each.key for each in unsettled(law(told))] == ["names.土建", "names.建设"]


def test_a_value_is_changed_in_one_way() -> None:
    told = faults(STAGE, '[changed]\n"stages[bureau].zh" = "局"\n')
    assert "只能用一种写法" in told["stages[bureau]"]


@pytest.mark.parametrize("section", ["changed", "dropped", "unconfirmed"])
def test_only_an_edition_speaks_by_address(section: str) -> None:
    text = f'{EARLIER.text}\n[{section}]\n"windows[B1].closes" = "x"\n'
    with pytest.raises(PackError, match=f"{section}: unknown key"):
        load_law(DEFAULT, Document("sample.toml", text))


def test_what_nobody_confirmed_and_what_rests_on_old_words_is_unsettled() -> None:
    moved = '"batches[B1].id" = "春"\n"windows[B1].closes" = 2026-05-31\n'
    marked = law("[changed]\n", moved, '[unconfirmed]\n"windows[B1].closes" = "原为 2025-05-31"\n')
    told = [each.told("zh") for each in unsettled(marked)]
    assert len(told) == 3
    assert (
        "next.toml 第 9 行，windows[B1].closes：待核对：现为 2026-05-31，原为 2025-05-31" in told[0]
    )
    assert (
        "next.toml 第 8 行，batches[春].id：改写了，但所依据的 S-TIME 仍是 sample-2025" in told[1]
    )
    assert unsettled(law(RULES, "[changed]\n", moved)) == ()
    assert [each.key for each in unsettled(law(STAGE))] == ["stages[bureau]"]


def test_what_an_edition_left_unconfirmed_is_so_in_the_next_until_it_is_changed() -> None:
    first = Document("2.toml", PACK + '[unconfirmed]\n"windows[B1].closes" = "原样"\n')
    third = PACK.replace("2026", "2027").replace("sample-2025", "sample-2026")
    left = load_law(DEFAULT, EARLIER, [first, Document("3.toml", third)])
    assert [each.key for each in unsettled(left)] == ["windows[B1].closes"]
    third += RULES + '[changed]\n"windows[B1].closes" = 2027-05-31\n'
    assert unsettled(load_law(DEFAULT, EARLIER, [first, Document("3.toml", third)])) == ()


HERE = Path(__file__).parent / "editions"
NEXT = sorted(HERE.glob("*.toml"))


@pytest.mark.parametrize("path", NEXT, ids=lambda path: path.stem)
def test_the_examples_of_2026_are_settled_and_say_no_more_than_ten_lines(path: Path) -> None:
    after = packs.load_over(str(path))
    assert (unsettled(after), oddities(after)) == ((), ())
    assert after.earlier[0].rsplit("-", 1)[0] == after.id.rsplit("-", 1)[0]
    own = [quoted for quoted in after.rules.values() if quoted.citation.source == after.id]
    assert {quoted.own_words for quoted in own} == {True}
    said = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    assert (
        len([each for each in said if not each.startswith(('"', "#")) and "quote" not in each])
        <= 10
    )


def test_the_worked_examples_of_2026_come_out_as_expected() -> None:
    laws = [packs.load_over(str(path)) for path in NEXT]
    held = yaml.safe_load((HERE / "examples.yaml").read_text(encoding="utf-8"))["examples"]
    assert {each["locality"] for each in held} == {law.id for law in laws}
    for each in held:
        result = examine(each, laws, Calendar())
        assert (result.differences, result.remarks) == ((), ()), each["id"]


SEVERAL = ("sixth/jiading-2025", "seventh/bingding-2025", "eighth/wucheng-2026")


@pytest.mark.parametrize("pack", SEVERAL)
def test_windows_that_come_back_are_moved_with_their_year(pack: str, tmp_path: Path) -> None:
    earlier, out = HERE.parent / f"{pack}.toml", tmp_path / "next-2027.toml"
    made = run("new", "next-2027", "--from", str(earlier), "--out", str(out))
    assert made.exit_code == 0, made.output
    before, after = packs.load(str(earlier)), packs.load_over(str(out), beside=[str(earlier)])
    years = 2027 - int(before.id[-4:])
    was = sorted(
        each.last_day.replace(year=each.last_day.year + years) for each in before.windows()
    )
    assert sorted(each.last_day for each in after.windows()) == was
    there = set(after.whole.batches)
    assert {each.batch for each in after.windows()} <= there
    stays = {each.key for each in unsettled(after) if "日期没有移" in each.told("zh")}
    assert ("routes[bachelor_of_old].education.awarded.before" in stays) == ("wucheng" in pack)
    assert not [each for each in stays if each.startswith(("batches", "windows", "recurring"))]


@pytest.mark.parametrize("pack", packs.pack_names())
def test_a_draft_of_the_next_year_loads_with_every_moved_value_to_be_confirmed(
    pack: str, tmp_path: Path
) -> None:
    name = f"{pack.rsplit('-', 1)[0]}-2026"
    out = tmp_path / f"{name}.toml"
    made = run("new", name, "--from", pack, "--out", str(out))
    assert made.exit_code == 0, made.output
    draft = packs.load_over(str(out))
    windows = draft.windows()
    assert {each.last_day.year for each in windows} == {2026}
    assert '.batch" = ' not in out.read_text(encoding="utf-8")
    asked = {each.key for each in unsettled(draft)}
    assert {f"windows[{each.id}].closes" for each in windows} < asked
    checked = run("check", str(out))
    assert checked.exit_code == 1
    assert f"{out.name} 第 " in checked.output
    unmarked = out.read_text(encoding="utf-8").partition("\n[unconfirmed]\n")[0]
    settled = tmp_path / "settled.toml"
    words = re.sub("^# (?=[A-Z]{2}-)", "", unmarked, flags=re.MULTILINE)
    settled.write_text(words, encoding="utf-8")
    checked = run("check", str(settled))
    assert checked.exit_code == 0, checked.output


def test_a_draft_is_of_a_later_year_and_follows_what_there_is() -> None:
    nowhere = run("new", "xunwu-2026", "--from", "xunwu-2024", "--out", "/no/such/place.toml")
    assert (nowhere.exit_code, "写不进去" in nowhere.output) == (1, True)
    assert (
        "年份须晚于所承接的 xunwu-2024" in run("new", "xunwu-2024", "--from", "xunwu-2024").output
    )
    assert "您是不是想写 xunwu-2024" in run("new", "xunwu-2026", "--from", "xunwu-2023").output


def test_an_edition_is_found_beside_what_it_follows_or_told(tmp_path: Path) -> None:
    path = tmp_path / "alone-2026.toml"
    path.write_text(PACK, encoding="utf-8")
    checked = run("check", str(path))
    assert (
        "alone-2026.toml 第 6 行，pack.follows.id：找不到它所承接的政策包「sample-2025」"
        in checked.output
    )
    (tmp_path / "sample-2025.toml").write_text(EARLIER.text, encoding="utf-8")
    checked = run("check", str(path))
    assert (checked.exit_code, "承接 sample-2025" in checked.output) == (0, True), checked.output
