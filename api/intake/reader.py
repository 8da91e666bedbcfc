"""The program that reads one XLSX from its input, in a process with limits, and tells its cells.

Whoever made the file may have made it to take the memory or the time of whoever reads it, or to
bring the reader down: all of that ends here. Only values are read, and no formula is run.
Its output is JSON: the fields of ``api.intake.grid.Grid``; where the file can't be read there is
none, and it ends with another status than 0.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from io import BytesIO

MEMORY = 512 << 20
"""Octets of address space: a list of the most rows takes a tenth of it."""
SECONDS = 10
"""Of a processor."""


def main() -> None:
    """Read the first sheet of the workbook."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # not sooner: what is loaded from here on stands under the limits
    from python_calamine import load_workbook  # noqa: PLC0415

    from api.intake.grid import grid_of  # noqa: PLC0415

    octets = BytesIO(sys.stdin.buffer.read())
    sheet = load_workbook(octets).get_sheet_by_index(0)
    grid = grid_of(sheet.iter_rows())
    json.dump(asdict(grid), sys.stdout)


if __name__ == "__main__":
    main()
