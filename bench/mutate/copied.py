"""The copy of the tree that mutants are written into; the tree itself is only read."""

from __future__ import annotations

import compileall
import fcntl
import shutil
from contextlib import contextmanager
from hashlib import sha256
from py_compile import PycInvalidationMode
from typing import TYPE_CHECKING

from bench.mutate.errors import MutationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.mutate.mutant import Mutant
    from bench.mutate.removals import Removal

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__")


class Copied:
    """A copy of ``original`` at ``root``, whole except while a mutant is in it."""

    def __init__(self, original: Path, root: Path) -> None:
        self.original, self.root = original, root

    def digest(self, path: str) -> str:
        """What a file of the copy is, short."""
        return sha256((self.root / path).read_bytes()).hexdigest()[:16]

    @contextmanager
    def with_change(self, change: Mutant | Removal) -> Iterator[None]:
        """The copy with one change in it; as it was when this is left, however it is left."""
        file = self.root / change.path
        octets = file.read_bytes()
        file.write_bytes(change.applied(octets))
        try:
            yield
        finally:
            file.write_bytes(octets)


@contextmanager
def copied(original: Path, place: Path) -> Iterator[Copied]:
    """A fresh copy under ``place``; raises ``MutationError`` while another run has it.

    Compiled modules are taken by the digest of their source: a mutant may be as long as what it
    replaces, and written within the same second.
    """
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise MutationError(f"another run mutates under {place}; wait for it") from error
        root = place / "tree"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(original, root, ignore=_LEFT_OUT, symlinks=True)
        compileall.compile_dir(
            root, quiet=2, workers=0, invalidation_mode=PycInvalidationMode.CHECKED_HASH
        )
        yield Copied(original, root)
