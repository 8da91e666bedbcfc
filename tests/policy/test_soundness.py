"""What in a law has no effect is named; and what a pack quotes stands in its notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.policy import soundness
from domain.policy.header import Quoted
from domain.policy.quotes import QuoteCheck, bare_text, check_quotes, contains
from domain.policy.soundness import cited_rules, support
from domain.refusal import Citation
from tests.policy.sample import HEAD, LEVELS, ROUTES, sample
from tests.policy.test_loading import POSTED, PUBLICITY

if TYPE_CHECKING:
    from domain.policy.law import Law

UNUSED = {"S-GOOD", "S-TIME", "S-BODY", "S-COLLEGE", "S-BACHELOR", "S-MASTER"}


def remarks(law: Law) -> tuple[str, ...]:
    return tuple(map(str, soundness.remarks(law)))


def uncited(*rules: str) -> tuple[str, ...]:
    in_order = ("S-COLLEGE", "S-BACHELOR", "S-MASTER", "S-GOOD", "S-TIME", "S-BODY")
    return tuple(
        f"rules.{rule}: quoted, but no value rests on it" for rule in in_order if rule in rules
    )


def resting_on(law: Law, rule: str) -> tuple[str, ...]:
    return tuple(key for key, rules in support(law).items() if rule in rules)


def places(first: str, second: str) -> str:
    return "".join(
        f'\n[[places]]\nid = "{name}"\naddress = "某路"\n{when}\nrule = "S-BODY"\n'
        for name, when in (("one", first), ("two", second), ("three", ""))
    )


WHEN = 'when = { "unit.owner" = "city" }'


def test_a_quote_on_which_nothing_rests_is_named() -> None:
    assert remarks(sample()) == uncited(*UNUSED)
    assert remarks(sample(LEVELS, ROUTES)) == uncited("S-TIME", "S-BODY")
    assert "S-LEVEL" in cited_rules(sample())
    assert not UNUSED & cited_rules(sample())


def test_what_rests_on_a_rule_is_found_wherever_it_stands() -> None:
    law = sample(LEVELS, ROUTES)
    assert resting_on(law, "S-LEVEL") == ("labels[recognition]", "handled")
    assert resting_on(law, "S-GOOD") == ("routes[bachelor]",)
    assert resting_on(law, "S-TIME") == ()
    assert resting_on(law, "ND-YEARS") == ("years",)
    adjusted = ROUTES.replace(
        "years = 3,", 'adjust = [{ id = "x", months = -1, rule = "S-TIME" }], years = 3,'
    )
    assert resting_on(sample(adjusted), "S-TIME") == ("routes[college]",)


def test_an_entry_after_one_that_always_fits_is_named() -> None:
    shadow = "never reached, 'one' always fits before it"
    others = set(uncited(*UNUSED - {"S-BODY"}))

    def found(first: str, second: str) -> list[str]:
        return [each for each in remarks(sample(places(first, second))) if each not in others]

    assert found(WHEN, WHEN) == []
    assert found(WHEN, "") == ["places[three]: never reached, 'two' always fits before it"]
    assert found("", WHEN) == [f"places[two]: {shadow}", f"places[three]: {shadow}"]


@pytest.mark.parametrize("section", ["authorities", "fees", "places", "paper_duties"])
def test_the_first_that_fits_is_taken_in_every_such_section(section: str) -> None:
    own = {
        "authorities": 'zh = "中"\nen = "e"\ncode = "C"',
        "fees": 'zh = "中"\nen = "e"\nfen = 1\nchannel = "C"',
        "places": 'address = "某路"',
        "paper_duties": 'zh = "中"\nen = "e"\nrequired = true',
    }[section]
    entries = "".join(
        f'\n[[{section}]]\nid = "{name}"\n{own}\nrule = "S-BODY"\n' for name in ("a", "b")
    )
    assert f"{section}[b]: never reached, 'a' always fits before it" in remarks(sample(entries))


def test_a_route_to_a_level_that_is_not_handled_is_named() -> None:
    junior = LEVELS.replace(', "intermediate"', "")
    line = "routes[master]: leads to a level that is not handled"
    assert line in remarks(sample(junior, ROUTES))
    assert line not in remarks(sample(LEVELS, ROUTES))
    assert line not in remarks(sample(ROUTES))
    group = ROUTES.replace('level = "assistant"', 'level = "junior"')
    yuan = LEVELS.replace('"junior"', '"yuan"')
    assert not [each for each in remarks(sample(yuan, group)) if "not handled" in each]


def test_what_nobody_asks_for_is_named() -> None:
    asked = (
        '\n[[conditions]]\nid = "good"\nonly_where_asked = true\nzh = "好"\nen = "good"\n'
        'code = "CONDITION_NOT_MET"\n'
        'require = { "unit.owner" = "city" }\nrule = "S-GOOD"\n'
    )
    line = "conditions[good]: no route asks for it"
    assert line in remarks(sample(asked, ROUTES))
    asking = ROUTES.replace("terms = [", 'asks = "good"\nterms = [', 1)
    assert line not in remarks(sample(asked, asking))
    stages = POSTED.replace('publicity = "result"\n', "", 1)
    assert "publicity[result]: no stage waits for it" in remarks(sample(stages))
    assert not [each for each in remarks(sample(POSTED)) if each.startswith("publicity")]
    assert PUBLICITY in POSTED
    assert "publicity" not in HEAD


def quoted(words: str, *, own_words: bool = False) -> Quoted:
    citation = Citation(rule="R", clause="一", quote=words, source="sample-2025")
    return Quoted(citation=citation, own_words=own_words, reading=None)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("甲乙", True),
        ("乙 丙\n丁", True),
        ("甲……丁戊", True),
        ("甲乙……丙丁", True),
        ("甲乙……乙丙", False),
        ("丙……乙", False),
        ("甲……甲", False),
        ("甲……己", False),
        ("乙甲", False),
        ("……戊", True),
    ],
)
def test_every_part_of_a_quote_stands_in_order_after_the_last(quote: str, stands: object) -> None:
    assert contains("甲乙丙丁戊", quote) is stands


def test_a_text_is_bare_without_white_space_of_any_kind() -> None:
    assert bare_text(" 甲\n乙\u3000丙\t") == "甲乙丙"


def test_the_notice_of_a_pack_is_the_text_in_which_most_of_its_quotes_stand() -> None:
    rules = {
        "A": quoted("甲 乙"),
        "B": quoted("丙"),
        "C": quoted("丁"),
        "D": quoted("己", own_words=True),
    }
    notices = {"none": "无", "two": "甲乙 丙", "one": "甲乙", "also two": "丙丁"}
    assert check_quotes(rules, notices) == QuoteCheck("two", 3, ("C",))
    assert check_quotes(rules, {"all": "甲\n乙丙丁"}) == QuoteCheck("all", 3, ())
    assert check_quotes(rules, {"none": "无"}) == QuoteCheck(None, 3, ("A", "B", "C"))
    assert check_quotes({}, {"none": "无"}) == QuoteCheck(None, 0, ())
