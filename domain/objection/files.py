"""Files that somebody hands in with an objection or a complaint, or after it by its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusal import Refusal, Refused

if TYPE_CHECKING:
    from domain.objection.keeping import Kept
    from domain.objection.kept import FileHandedIn

MOST_FILES = 10
"""Files that one objection or complaint may have."""


def receive_files(kept: Kept, files: tuple[FileHandedIn, ...]) -> tuple[FileHandedIn, ...]:
    """Take further files in. Raises ``Refused`` where there would be too many."""
    if len(kept.files) + len(files) > MOST_FILES:
        raise Refused(
            Refusal(
                "TOO_MANY_FILES",
                f"一件异议或投诉最多附 {MOST_FILES} 个文件，请合并后上传，或另行联系受理机关。",
                f"An objection or complaint has at most {MOST_FILES} files; put some together,"
                " or ask the authority.",
                pointer="/files",
            )
        )
    return files
