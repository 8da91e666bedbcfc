"""The table of access once more (``docs/access.md``), for what lists show: by role and relation."""

from __future__ import annotations

_WATCHING = {"auditor": {"area"}, "inspector": {"area"}}
OFFICE = {"house", "beneath"}
MAY: dict[str, dict[str, set[str]]] = {
    "cases": {
        "applicant": {"own"},
        "official": {*OFFICE, "assisting"},
        "administrator": OFFICE,
        **_WATCHING,
    },
    "history": {"applicant": {"own"}, "official": {*OFFICE, "assisting"}, **_WATCHING},
    "dealings": {"official": OFFICE, **_WATCHING},
    "lateness": _WATCHING,
    "refusals": _WATCHING,
    "integrity": {"official": OFFICE, **_WATCHING},
    "objections": {"official": {"house"}, "inspector": {"area"}},
    "investigations": {"applicant": {"own"}, "official": OFFICE, "inspector": {"area"}},
    "persons": {
        "applicant": {"own"},
        "official": {*OFFICE, "own"},
        "administrator": OFFICE,
        **_WATCHING,
    },
    "accounts": {"system_administrator": {"any"}, "administrator": OFFICE, **_WATCHING},
    "organisations": {
        "system_administrator": {"any"},
        "applicant": {"house"},
        "official": OFFICE,
        "administrator": OFFICE,
        **_WATCHING,
    },
    "erasures": {"applicant": {"own"}, "official": {"house"}, **_WATCHING},
    "holds": _WATCHING,
    "mandates": {"auditor": {"house", "area"}, "inspector": {"house", "area"}},
    "moves": {"applicant": {"own"}, "administrator": OFFICE, **_WATCHING},
    "links": {"official": {"house"}, **_WATCHING},
    "unfinished": _WATCHING,
    "queue": {"official": {"house"}},
    "looks": {
        "applicant": {"own"},
        "official": {"own"},
        "auditor": {"own", "area"},
        "inspector": {"own", "area"},
    },
    "accessions": {"administrator": {"beneath"}, "official": {"house"}, **_WATCHING},
    "renamings": {"official": {"house"}, **_WATCHING},
    "ageing": {"official": OFFICE, "administrator": OFFICE},
    "findings": _WATCHING,
    "exports": _WATCHING,
    "of_houses": {"official": OFFICE, "administrator": OFFICE, **_WATCHING},
}
"""Of each list, what somebody with a role sees of it, by how they stand to it."""
