"""How often an act is tried again where others were faster, and what its caller is told then."""

from __future__ import annotations

from api.problems import Problem

ATTEMPTS = 8
"""How often an act is decided anew when others were faster, before the caller is told."""


def busy() -> Problem:
    """That others were faster every time, and when to come again."""
    return Problem("BUSY", headers={"Retry-After": "1"})
