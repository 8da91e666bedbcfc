"""What went wrong, as a sentence for whoever typed the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.database import AddressMissingError
from api.embedded import EmbeddedServerError
from api.keys import KeyFileRefusedError
from api.law.texts import TextUnreadableError
from api.serving.preconditions import UnfitError
from api.settings import SettingRefusedError
from audit.backup.manifest import BackupRefusedError
from audit.guards import GuardError
from audit.keys.custody import CustodyHeldError, CustodyLostError
from audit.keys.journal import JournalDamagedError
from audit.keys.keyfile import KeyFileError
from audit.keys.rotation import StillNeededError
from audit.migrate import MigrationError
from audit.outage import is_outage
from domain.calendar import CalendarDataError
from domain.policy.faults import PackError

if TYPE_CHECKING:
    from api.command.invocation import Language

_SPEAKING = (
    AddressMissingError,
    BackupRefusedError,
    CustodyLostError,
    GuardError,
    JournalDamagedError,
    KeyFileError,
    KeyFileRefusedError,
    MigrationError,
    SettingRefusedError,
    StillNeededError,
    UnfitError,
)


def sentence_of(failure: Exception, language: Language) -> str | None:
    """The sentence of a failure that its reader can mend; None for one that is our mistake."""
    if isinstance(failure, (CalendarDataError, PackError, TextUnreadableError)):
        return failure.told(language)
    if isinstance(failure, (CustodyHeldError, EmbeddedServerError)):
        return failure.chinese if language == "zh" else failure.english
    if is_outage(failure):
        told = str(failure).strip()
        if language == "zh":
            return f"数据库无法连接：{told}"
        return f"The database cannot be reached: {told}"
    return str(failure) if isinstance(failure, _SPEAKING) else None
