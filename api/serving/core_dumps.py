"""No image of this process is ever left on a disk: it would hold keys and unsealed words.

The limit is inherited by whatever is started from here, the private PostgreSQL among it.
Where the kernel hands images to a program (``core_pattern`` with a pipe), the limit alone does
not hold, so a process of Linux says that it can't be dumped at all; that also keeps other
processes of the same user from reading its memory.
"""

from __future__ import annotations

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def refuse_core_dumps() -> None:
    """Leave no core dump, from now on. Raises ``OSError`` where the kernel refuses."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        if system.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "PR_SET_DUMPABLE was refused")
