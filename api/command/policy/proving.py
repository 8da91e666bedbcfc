"""``mingjian policy prove``: which rules of the notices are obeyed, seen and not only said."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

_ROOT = Path(__file__).parents[3]
_MODULE = "tests.stories.proving"


@click.command()
def prove() -> None:
    """逐条拿掉通知的规则，看谁的申报结果因此改变，写入 docs/proved.toml / prove the rules obeyed.

    Without each rule the worked examples are lived through the product; what ends otherwise is
    written down. It takes some minutes, and goes on where it was broken off.
    """
    os.chdir(_ROOT)
    os.execv(sys.executable, [sys.executable, "-P", "-m", _MODULE])
