"""``mingjian test``: every test of the repository, or those that are named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

_ROOT = Path(__file__).parents[2]
_ALL = ("-n", "4", "--dist", "loadfile", "--no-loadscope-reorder")
"""On four processes, which wait half of the time for the database and for servers that they start.

The tests of a file share a stage and its clock, so they stay together; the longest come first.
"""
_NOT_KEPT = "PYTHONDONTWRITEBYTECODE"
"""Where it is set, each of the many processes of a run would compile everything anew."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """运行测试；其余参数原样交给 pytest / run the tests; further arguments go to pytest."""
    os.chdir(_ROOT)
    os.environ.pop(_NOT_KEPT, None)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *(arguments or _ALL)])
