"""``README.md``: written by hand, but for its table of every environment variable."""

from __future__ import annotations

import re
from pathlib import Path

from api.settings import settings_table

PLACE = Path(__file__).parents[2] / "README.md"
_TABLE = re.compile(r"(<!-- settings -->\n).*?(<!-- /settings -->)", re.DOTALL)


def current() -> str:
    """The page as it should stand."""
    table = settings_table()
    return _TABLE.sub(lambda found: found[1] + table + found[2], PLACE.read_text("utf-8"))
