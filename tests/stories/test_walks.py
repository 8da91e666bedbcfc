"""Whoever a rule refuses comes to no title: honest, silent, without paper, or found out."""

from __future__ import annotations

import pytest

from tests.stories.living import GOOD_ENDS
from tests.stories.walks import WALKS, refusing, walks

_TITLE = "a title of elsewhere is known to its holder alone: that there is none is declared true"
_LINK = "what the platform of the insurers tells needs no paper"
_NOTHING = "who claims no achievement draws none from the record"
_OWN = "where no bureau is chosen, that of the employer is meant"
_APPLIED = "the specialty that somebody applies for is what they ask, and nothing that they claim"
OTHERWISE = {
    ("HZ-17", "silent"): _TITLE,
    ("HZ-17", "found_out"): _TITLE,
    ("HZ-18", "silent"): _TITLE,
    ("HZ-18", "found_out"): _TITLE,
    ("HZ-28", "paperless"): "of who says to have no such profession no licence is asked",
    ("HZ-31", "silent"): _NOTHING,
    ("HZ-32", "silent"): _OWN,
    ("HZ-32", "found_out"): _OWN,
    ("HZ-33", "silent"): _NOTHING,
    ("LH-13", "silent"): _TITLE,
    ("LH-13", "found_out"): _TITLE,
    ("LH-14", "silent"): _TITLE,
    ("LH-14", "found_out"): _TITLE,
    ("LH-27", "silent"): "who claims no education goes the exceptional way, which people judge",
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
