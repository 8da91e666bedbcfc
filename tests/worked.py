"""The worked examples as their files hold them, read once by all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parent / "policy" / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))


@cache
def worked(path: Path) -> dict[str, Any]:
    """What a file of worked examples holds; whoever changes something copies it first."""
    held: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return held
