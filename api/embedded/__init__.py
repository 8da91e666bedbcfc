"""A private PostgreSQL for one data directory, started when no ``DATABASE_URL`` names another.

Here belongs what it takes to make, start, share, stop and recover that server.
Here never belongs a table, or a word about what is kept in it.

Four locks hold it together; the kernel gives each back however its holder ends,
so that ``kill -9`` of any process leaves nothing to clean up by hand:

* ``users.lock``: every program that uses the server holds it shared. Whoever gets it
  exclusively knows that nobody uses the server any more.
* ``start.lock``: held while a program looks for the keeper or starts one.
* ``keeper.lock``: the keeper, a process of its own, holds it for its whole life. It starts
  PostgreSQL, starts it again after a crash, and stops it when the last program has gone.
* ``server.lock``: PostgreSQL and all its children inherit it, so that a live leftover of this
  data directory is told from a process that merely has the number in ``postmaster.pid``.
"""

from api.embedded.errors import EmbeddedServerError
from api.embedded.passwords import Role
from api.embedded.server import EmbeddedServer

__all__ = ["EmbeddedServer", "EmbeddedServerError", "Role"]
