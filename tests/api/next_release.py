"""``mingjian`` as of its next release: two views are raised, one is new, one is gone."""

from __future__ import annotations

from bench.release import become

RAISED, GONE, NEW = ("certificates", "queue"), ("indicators",), (1,)

if __name__ == "__main__":
    become(RAISED, GONE, NEW)
    from api.command.__main__ import main

    main()
