"""Invented people: nobody holds a document of this range, and the secret is no secret.

Numbers start with 360734, then a birth on 1900-01-01, then the place in the story and the check
digit of GB 11643.
"""

from __future__ import annotations

from domain.document import check_digit

PASSWORD = "orange-hills-at-dawn"  # noqa: S105 -- shown to whoever tells the story
"""The password that everybody in a demonstration chooses in place of their one-time code."""

_RANGE = "36073419000101"


def document_number(place: int) -> str:
    """The identity number of the invented person at a place from 1 to 999."""
    first_seventeen = f"{_RANGE}{place:03}"
    return first_seventeen + check_digit(first_seventeen)


def passport_number(place: int) -> str:
    """The number of an invented passport; no country issues one that reads so."""
    return f"DEMO{place:05}"
