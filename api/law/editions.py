"""Editions of policy packs: the texts of every law that this record was ever kept under.

A pack is amended by a new edition under the same id; cases that were filed before go on under
theirs. The digest in the record proves that the texts are the ones that held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.types.json import Jsonb

from domain.policy.loader import Document, load_law

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

    from domain.policy.law import Law

_KEEP = """
INSERT INTO policy_edition (digest, documents) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING
"""
_FIND = "SELECT documents FROM policy_edition WHERE digest = %s"


class EditionForgedError(RuntimeError):
    """The kept texts of an edition are not those whose digest the record holds."""


class Editions:
    """The editions kept beside one record, looked up on connections of one pool.

    Jobs have their own, as they have their own pool: looked up on that of the requests, an edition
    would let requests that use it up keep a deadline from being kept.
    """

    def __init__(self, pool: ConnectionPool[Connection]) -> None:
        self._pool = pool
        self._found: dict[str, Law] = {}

    def keep(self, law: Law) -> None:
        """Keep the texts of a law; keeping them twice changes nothing."""
        with self._pool.connection() as connection:
            connection.execute(_KEEP, (law.digest, Jsonb([list(each) for each in law.texts])))

    def find(self, digest: str) -> Law | None:
        """The law of an edition; None where its texts were never kept here.

        Raises ``EditionForgedError`` where they were changed since.
        """
        if digest not in self._found:
            with self._pool.connection() as connection:
                row = connection.execute(_FIND, (digest,)).fetchone()
            if row is None:
                return None
            default, pack, *overlays = [Document(name, text) for name, text in row[0]]
            law = load_law(default, pack, overlays)
            if law.digest != digest:
                msg = f"the kept texts of the edition {digest} have the digest {law.digest}"
                raise EditionForgedError(msg)
            self._found[digest] = law
        return self._found[digest]
