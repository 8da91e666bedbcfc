"""In which language law is written, and by which engine it is read: each a number that grows.

They stand in every reference to law, so that whoever decides an old case again knows what was
meant.
"""

from __future__ import annotations

LANGUAGE = 1
"""Grows whenever a text may say what it could not, or says something else by the same words."""
ENGINE = 1
"""Grows whenever the same text, asked the same, would be answered otherwise."""
