"""Every worked example of the five notices, lived through: the product does what the engine says.

Who is eligible is recognised, or referred up; who is not is refused at the door, or held at the
stage that finds it, for a reason that the example names. Who says nothing files nothing.
"""

from __future__ import annotations

import pytest

from domain.policy.facts import Facts
from tests.stories.living import GOOD_ENDS, lived
from tests.stories.proving import LAWS, Situation, situations
from tests.stories.setting import NotLivedError

NOTHING_TO_FILE = {
    "no employer is government",
    "of a form of posts, or a document that was not supplied",
    "of a title that this record has revoked",
    "of who the person is",
}
"""What some examples ask, and no filing could say."""
JUDGED = {"JUDGED_UNSATISFIED", "JUDGEMENT_MISSING"}
"""What stands for the reason itself, where the law leaves the question to people."""


@pytest.mark.parametrize("situation", situations(), ids=lambda each: each.name)
def test_it_ends_as_the_example_says(situation: Situation) -> None:
    law = LAWS[situation.law]
    try:
        life = lived(law, situation.facts)
    except NotLivedError as why:
        if str(why) not in NOTHING_TO_FILE:
            raise
        pytest.skip(f"no filing says this: {why}")
    if situation.outcome == "ineligible":
        reasons = set(law.assess(situation.facts).reasons) | JUDGED
        assert life.ended not in GOOD_ENDS
        assert reasons & life.codes.keys(), life
    elif life.codes.keys() <= {"WINDOW_NOT_OPEN"} and life.codes:
        assert life.ended == "held at final_body"  # its months lie ahead
    else:
        assert life.ended in GOOD_ENDS, life


@pytest.mark.parametrize("pack", sorted(LAWS))
def test_who_says_nothing_files_nothing(pack: str) -> None:
    """Nothing is claimed and nothing is said: the register's and the applicant's part is asked."""
    life = lived(LAWS[pack], Facts(), silent=True)
    assert life.ended == "not filed"
    assert life.codes
