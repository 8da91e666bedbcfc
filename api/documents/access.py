"""``docs/access.md``: who may do what, from the one table."""

from __future__ import annotations

from api.access import PUBLIC, TABLE, Act
from domain.account.events import Role

_HEAD = """# Who may do what

Each cell says in which relation to the thing a role may do the act; an empty cell means never.
A caller who may not even read a thing is answered 404; one who may read it but not do the act, 403.
This page is written from `api/access.py` by `python -m api.documents`.

- `own`: it is about the caller's own person, under whatever account or document.
- `seated`: the caller holds the seat whose turn it is, or stands in for it in this case.
- `organisation`: it belongs to the caller's organisation, or passes through it.
- `subordinate`: it belongs to an organisation beneath the caller's.
- `jurisdiction`: it lies in the area over which the caller watches.
- `anywhere`: in any relation, or in none.

"""


def current() -> str:
    """The page as it should stand."""
    roles = list(Role)
    lines = [
        "| act | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + "---|" * len(roles),
        *(_row(act, roles) for act in Act if act in TABLE),
    ]
    public = ", ".join(f"`{each}`" for each in sorted(PUBLIC))
    return _HEAD + "\n".join(lines) + f"\n\nWithout signing in: {public}.\n"


def _row(act: Act, roles: list[Role]) -> str:
    cells = (", ".join(sorted(TABLE[act].get(role, ()))) for role in roles)
    return f"| `{act.value}` | " + " | ".join(cells) + " |"
