"""Whoever a rule refuses comes to no title: honest, silent, without paper, or found out."""

from __future__ import annotations

import pytest

from tests.stories.living import GOOD_ENDS
from tests.stories.walks import WALKS, refusing, walks

_TITLE = "a title of elsewhere that was denied is established by who finds it out, not refuted"
_LINK = "what the platform of the insurers tells needs no paper"
_OWN = "where no bureau is chosen, that of the employer is meant"
_APPLIED = "the specialty that somebody applies for is what they ask, and nothing that they claim"
OTHERWISE = {
    ("HZ-17", "found_out"): _TITLE,
    ("HZ-18", "found_out"): _TITLE,
    ("HZ-32", "silent"): _OWN,
    ("HZ-32", "found_out"): _OWN,
    ("LH-13", "found_out"): _TITLE,
    ("LH-14", "found_out"): _TITLE,
    ("XW-13", "paperless"): _LINK,
    ("XW-14", "paperless"): _LINK,
    ("YY-08", "silent"): _APPLIED,
    ("YY-08", "found_out"): _APPLIED,
}
"""Who comes to a title all the same, and why the rule is not broken."""


@pytest.mark.parametrize("rule", refusing())
def test_nobody_comes_to_a_title_whom_the_rule_refuses(rule: str) -> None:
    ended = walks(rule)
    came = {kind for kind, life in ended.items() if life.ended in GOOD_ENDS}
    assert came == {kind for kind in WALKS if (rule, kind) in OTHERWISE}, ended
    if "honest" in ended and ended["honest"].ended == "not filed":
        assert rule in ended["honest"].rules
