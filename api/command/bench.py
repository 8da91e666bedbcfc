"""``mingjian bench``: what measures Mingjian and what breaks it, from ``bench/``.

Named by place and loaded when chosen: nothing of Mingjian imports what measures it.
"""

from __future__ import annotations

import click

from api.command.catalogue import BENCHES
from api.command.group import LazyGroup


@click.group(cls=LazyGroup, catalogue=BENCHES)
def bench() -> None:
    """性能测量与故障演练 / measure, and break things under load."""
