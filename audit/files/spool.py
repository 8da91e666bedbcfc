"""Sealed pieces of a file, kept aside until the last has come.

They come as slowly as somebody sends them; nothing of the database is held meanwhile. What is
large goes to a nameless file in the directory for temporary files (``TMPDIR``), sealed already.
"""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_IN_MEMORY = 1 << 20
"""Octets up to which nothing goes to a disk."""


@contextmanager
def spooled(pieces: Iterable[bytes]) -> Iterator[Callable[[], Iterator[bytes]]]:
    """The same pieces again, as often as asked, once all have come; gone when the block is left.

    Raises ``OSError`` where there is no room for them.
    """
    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        sizes = [spool.write(piece) for piece in pieces]

        def again() -> Iterator[bytes]:
            spool.seek(0)
            return (spool.read(size) for size in sizes)

        yield again
