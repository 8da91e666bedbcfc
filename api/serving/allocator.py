"""What a process does not need any more it gives back to the machine.

A password takes 19 MB to check, in whichever thread it is checked. glibc at first takes such a
block from the machine and gives it back; having seen one freed, it takes the next from the heap of
the thread, of which nothing ever comes back. Told how large a block is too large for that, it goes
on as it began.
Other allocators have no such habit, nor the function by which it is broken.
"""

from __future__ import annotations

import ctypes

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 1_048_576
"""From so many octets on a block is taken from the machine, and given back, by itself."""
_HEAPS = 2


def give_back_memory() -> bool:
    """Keep no large block that is free, from now on; False where the allocator can't be told."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    wanted = ((_M_MMAP_THRESHOLD, _LARGE), (_M_TRIM_THRESHOLD, _LARGE), (_M_ARENA_MAX, _HEAPS))
    return all(mallopt(what, value) for what, value in wanted)
