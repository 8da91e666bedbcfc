"""Recognition by assessment in one county, 2024: two batches, from accounts to certificate.

Organisations and people are invented; the notice is the real one, read from its policy pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.demo.xunwu.accounts import accounts
from api.demo.xunwu.closing import closing
from api.demo.xunwu.door import door
from api.demo.xunwu.endings import endings
from api.demo.xunwu.misconduct import misconduct
from api.demo.xunwu.recognition import recognition
from api.demo.xunwu.substitute import substitute

if TYPE_CHECKING:
    from api.demo.stage import Stage


def xunwu(stage: Stage) -> None:
    """The whole story, in the order of its days."""
    accounts(stage)
    door(stage)
    recognition(stage)
    misconduct(stage)
    substitute(stage)
    endings(stage)
    closing(stage)
