"""A supplement says of each of its values which cases it binds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.policy.faults import PackError
from domain.policy.loader import Document, load_law
from domain.policy.supplement import AT_BEST, BOUND, ill_fitting, parts
from domain.policy.unsettled import unsettled
from tests.policy.sample import DEFAULT
from tests.policy.test_editions import EARLIER

if TYPE_CHECKING:
    from domain.policy.law import Law

PACK = """
[pack]
id = "sample-2025"
version = 2
title = "样例通知的补充通知"
supplements = { id = "sample-2025", version = 1 }
"""
RULES = """
[rules]
S-TIME = { clause = "一", quote = "第一批延至五月十日" }
S-MASTER = { clause = "二", quote = "硕士即可" }
"""
CHANGED = """
[changed]
"windows[B1].closes" = 2025-05-10
"windows[B2].closes" = 2025-11-10
"routes[master].zh" = "硕士"
"""
FEE = """
[[fees]]
id = "recognition"
fen = 4200
channel = "ONLINE"
zh = "网上缴纳"
en = "paid online"
rule = "S-GOOD"
"""


def supplement(*said: str, pack: str = PACK) -> Document:
    return Document("more.toml", "".join((pack, *said)))


def law(*said: str) -> Law:
    return load_law(DEFAULT, EARLIER, [supplement(*said)])


def bound(text: Document, *binds: str) -> Law:
    """The law of a case that was filed under the earlier edition."""
    found = parts([EARLIER, text], 1, AT_BEST if "better" in binds else BOUND)
    return load_law(DEFAULT, EARLIER, found)


def faults(*said: str, pack: str = PACK) -> dict[str, str]:
    with pytest.raises(PackError) as refused:
        load_law(DEFAULT, EARLIER, [supplement(*said, pack=pack)])
    return {each.key: each.told("zh") for each in refused.value.faults}


def test_whoever_files_from_then_on_is_bound_by_all_of_it() -> None:
    after = law(RULES, CHANGED, '[binds]\n"windows[B1].closes" = "under_way"\n')
    windows = after.whole.windows
    assert (windows["B1"].closes, windows["B2"].closes) == (date(2025, 5, 10), date(2025, 11, 10))
    assert (after.id, after.version) == ("sample-2025", 2)


def test_a_case_under_way_is_bound_by_what_says_so_and_by_nothing_that_is_silent() -> None:
    text = supplement(
        RULES,
        CHANGED,
        FEE,
        '[binds]\n"windows[B1].closes" = "under_way"\n"routes[master].zh" = "better"\n',
        '"windows[B2].closes" = "filings"\n',
    )
    own, after, best = load_law(DEFAULT, EARLIER), bound(text), bound(text, "better")
    assert after.whole.windows["B1"].closes == date(2025, 5, 10)
    assert after.whole.windows["B2"].closes == own.whole.windows["B2"].closes
    assert not after.whole.fees
    assert after.whole.routes["master"] == own.whole.routes["master"]
    assert [each.quote for each in after.whole.windows["B1"].citations] == ["第一批延至五月十日"]
    assert after.rules["S-MASTER"] == own.rules["S-MASTER"]
    assert (best.whole.routes["master"].chinese, best.whole.windows["B1"]) == (
        "硕士",
        after.whole.windows["B1"],
    )
    assert parts([EARLIER, supplement(RULES, CHANGED)], 1, AT_BEST) == ()


def test_what_it_drops_and_adds_binds_a_case_under_way_where_it_says_so() -> None:
    text = supplement(
        RULES,
        '[dropped]\n"routes[bachelor]" = "不再"\n"windows[B2]" = "不再"\n',
        FEE,
        '[binds]\n"routes[bachelor]" = "under_way"\n"fees[recognition]" = "under_way"\n',
    )
    after = bound(text)
    assert set(after.whole.routes) == {"college", "master"}
    assert "B2" in after.whole.windows
    assert after.whole.fees["recognition"].fen == 4200


def test_a_supplement_of_a_supplement_lies_over_what_bound_of_the_first() -> None:
    first = supplement(RULES, CHANGED, '[binds]\n"windows[B1].closes" = "under_way"\n')
    silent = supplement(RULES, CHANGED)
    second = Document(
        "third.toml",
        PACK.replace("version = 1", "version = 2").replace("version = 2\nt", "version = 3\nt")
        + RULES
        + '[changed]\n"windows[B2].closes" = 2025-12-10\n'
        + '[binds]\n"windows[B2].closes" = "under_way"\n',
    )
    for one in (first, silent):
        after = load_law(DEFAULT, EARLIER, parts([EARLIER, one, second], 1, BOUND))
        assert after.whole.windows["B2"].closes == date(2025, 12, 10)
        assert (after.whole.windows["B1"].closes == date(2025, 5, 10)) is (one is first)
        assert not ill_fitting(load_law(DEFAULT, EARLIER, [one, second]))


def test_what_it_says_of_its_values_is_said_rightly_or_told_with_its_line() -> None:
    told = faults(
        RULES,
        CHANGED,
        '[[completion]]\nid = "x"\nbatches = ["B1"]\nfinish_by = 2025-12-31\nflag = "F"\n',
        'rule = "S-TIME"\n',
        "[[returns]]\n",
        '[binds]\n"windows[B1].close" = "under_way"\n"windows[B2].closes" = "everybody"\n',
        '"completion[x]" = "under_way"\n"completion[x].id" = "better"\n',
    )
    assert "您是不是想写 windows[B1].closes" in told["binds.windows[B1].close"]
    assert "filings、under_way、better" in told["binds.windows[B2].closes"]
    assert "提交时已经确定" in told["binds.completion[x]"]
    assert "more.toml 第" in told["binds.completion[x]"]
    assert "本文件没有写这一项" in told["binds.completion[x].id"]


@pytest.mark.parametrize(
    ("head", "key"),
    [
        (PACK.replace("supplements", "follows") + "[binds]\n", None),
        (PACK.replace('id = "sample-2025"\nv', 'id = "other"\nv'), "pack.id"),
        (PACK + 'follows = { id = "sample-2025", version = 1 }\n', "pack.follows"),
        (PACK.replace("version = 1", "version = 9"), "pack.supplements"),
        (PACK.replace("version = 2", "version = 1"), "pack.version"),
    ],
)
def test_it_stays_the_law_that_it_supplements(head: str, key: str | None) -> None:
    if key is None:
        said = '[changed]\n"windows[B1].closes" = 2025-05-10\n'
        assert (
            "只有补充通知" in faults('"windows[B1].closes" = "better"\n', said, pack=head)["binds"]
        )
    else:
        assert key in faults(RULES, CHANGED, pack=head)


def test_what_it_says_anew_rests_on_its_own_words() -> None:
    assert not unsettled(law(RULES, CHANGED))
    (told,) = unsettled(law(RULES.replace("S-MASTER", "S-NEW"), CHANGED))
    assert told.key == "routes[master].zh"


def test_what_binds_cases_under_way_can_not_rest_on_what_binds_filings_alone() -> None:
    (told, *_) = ill_fitting(
        law(
            RULES,
            CHANGED,
            '[[batches]]\nid = "B3"\nzh = "三"\nen = "3"\nrule = "S-TIME"\n',
            '[[windows]]\nid = "B3"\nbatch = "B3"\nbinds = "applicant"\ncloses = 2025-12-31\n',
            'rule = "S-TIME"\n[binds]\n"windows[B3]" = "under_way"\n',
        )
    )
    assert told.key.startswith("windows[B3]")
    assert told.document == "more.toml:under_way"
