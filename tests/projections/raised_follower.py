"""The follower of the next release: ``follower_program``, but for the views that are raised."""

from __future__ import annotations

import sys

from bench.release import become

if __name__ == "__main__":
    become(raised=sys.argv[1].split(","))
    from tests.projections.follower_program import main

    main(*sys.argv[2:])
