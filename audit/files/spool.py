"""Octets kept aside until the last has come, in a file without a name.

They come as slowly as somebody sends them; nothing of the database is held meanwhile. What is
large goes to the directory for temporary files (``TMPDIR``).
"""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_IN_MEMORY = 1 << 20
"""Octets up to which nothing goes to a disk."""
_PIECE = 1 << 16
"""Octets that are read at once."""


class Spool:
    """A file that is written once, then read as often as asked, and gone when nobody has it."""

    def __init__(self) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- see below
        finalize(self, self.file.close)

    def pieces(self) -> Iterator[bytes]:
        """The whole file from its beginning; by one reader at a time."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece


@contextmanager
def spooled(pieces: Iterable[bytes]) -> Iterator[Callable[[], Iterator[bytes]]]:
    """The same sealed pieces again, as often as asked, once all have come.

    They are gone when the block is left.

    Raises ``OSError`` where there is no room for them.
    """
    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        sizes = [spool.write(piece) for piece in pieces]

        def again() -> Iterator[bytes]:
            spool.seek(0)
            return (spool.read(size) for size in sizes)

        yield again
