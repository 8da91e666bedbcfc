"""All that shows buttons is looked at, and every act on a thing is seen done by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.act_operations import WAYS
from tests.api import test_buttons, test_buttons_of_offices
from tests.api.pressing import shown_by
from tests.api.scenes import Presses

if TYPE_CHECKING:
    from tests.api.client import Client

SAID = [
    test.presses
    for module in (test_buttons, test_buttons_of_offices)
    for test in vars(module).values()
    if isinstance(getattr(test, "presses", None), Presses)
]
UNREAD = {
    "assistance.begin",
    "attestations.attest",
    "consents.record_consent",
    "consultations.release",
}
"""What is done by its id alone, by who does not read the thing: no button shows it."""
YEARS_LATER = {
    f"{each}.{step}_erasure"
    for each in ("accessions", "complaints", "objections")
    for step in ("propose", "order")
}
"""What waits for the end of a retention: looked at in test_words_erasure.py and its like."""
ELSEWHERE = {
    "account-bindings.bind": "test_issuer.py, where there is an issuer",
    "account-bindings.release": "test_issuer.py",
    "amendments.amend_votes": "test_amendments.py",
    "amendments.confirm_amendment": "test_amendments.py",
    "complaints.take_over": "test_matter_takeovers.py, where nobody may go on",
    "decisions.correct": "test_in_whose_name.py",
    "decisions.publish": "test_in_whose_name.py",
    "intakes.take_in": "test_intakes.py: a file is sent in the place of a body",
    "investigations.decide_review": "test_misconduct.py: the authority above decides",
    "investigations.take_over": "test_matter_takeovers.py",
    "objections.take_over": "test_matter_takeovers.py",
    "reviews.sign_for_certificate": "test_by_acts.py",
    "rolls.file_roll": "test_rolls.py, in a county that files one",
    "takeovers.take_over": "test_takeovers.py",
    "vacancy-forms.keep_promise": "test_vacancy_forms.py, when somebody was promised a post",
}
"""Where each of these is done instead: a world of its own would cost more than it shows."""


def test_whatever_shows_buttons_is_looked_at(visitor: Client) -> None:
    shown = set(shown_by(visitor.get("/openapi.json").body).values())
    assert set[str]().union(*(each.reads for each in SAID)) == shown


def test_every_act_on_a_thing_is_seen_done_by_a_button() -> None:
    about_a_thing = {way.operation for way in WAYS if way.names}
    done = set[str]().union(*(each.does for each in SAID))
    assert about_a_thing - done == UNREAD | YEARS_LATER | ELSEWHERE.keys()
