"""Masking (脱敏): what of a name, or of a document's number, is shown to everybody."""

from __future__ import annotations


def masked_name(name: str) -> str:
    """A name of which only the first character is told."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def masked_number(number: str) -> str:
    """A document number with only what tells two of them apart at a glance."""
    return f"{number[:3]}{'*' * max(len(number) - 5, 0)}{number[-2:]}"
