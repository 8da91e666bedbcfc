"""Changes to SQL, in a migration or in a string of Python: what holds a statement back, taken out.

SQL is not parsed: each change is a pattern whose match can be left out or replaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench.mutate.mutant import Mutant

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONDITION = (
    r"(?:'[^']*'|[^;'\"])+?"
    r"(?=\s+(?:AND|OR|GROUP|ORDER|LIMIT|RETURNING|FOR|ON|THEN|UNION)\b|\s*[;\"]|\s*$)"
)
_CHANGES = tuple(
    (re.compile(pattern, re.MULTILINE), after)
    for pattern, after in (
        (r"\bAND " + _CONDITION, ""),
        (r"(?<=\bWHERE )" + _CONDITION, "true"),
        (r"(?<=\bIF )(?!NOT EXISTS|EXISTS)[^;]+?(?= THEN\b|\s+THEN\b)", "false"),
        (r"\bFOR (?:UPDATE|SHARE)\b", ""),
        (r"\bPERFORM [^;]+;", ""),
        (r"\bRAISE EXCEPTION [^;]+;", "NULL;"),
        (r"^REVOKE [^;]+;", ""),
        (r"\bENABLE ALWAYS\b", "ENABLE"),
        (r"(?<=\bsynchronous_commit = )on\b", "off"),
        (r"(?<=\bsynchronous_commit', ')off\b", "on"),
        (r"(?<=SELECT )pg_(?:try_)?advisory_(?:xact_)?lock\((?:[^()]|\([^()]*\))*\)", "true"),
    )
)
_COMMENT = re.compile(r"--.*")


def mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every change to a file of SQL."""
    for first, last, after in changes(text):
        line = text.count("\n", 0, first) + 1
        yield Mutant(
            path=path,
            line=line,
            lines=range(line, line + 1),
            within="",
            imported=False,
            first=len(text[:first].encode()),
            last=len(text[:last].encode()),
            before=text[first:last],
            after=after,
        )


def changes(text: str) -> Iterator[tuple[int, int, str]]:
    """From where to where what is put, in characters; comments are left alone."""
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    found = {
        (match.start(), match.end(), after)
        for pattern, after in _CHANGES
        for match in pattern.finditer(bare)
        if match[0] != after and match[0].count("(") == match[0].count(")")
    }
    return iter(sorted(found))
