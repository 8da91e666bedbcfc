"""eventsourcing's application, set up for one record: its factory, mapper and recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventsourcing.application import Application
from eventsourcing.persistence import BaseInfrastructureFactory
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from audit.append.mapper import RecordMapper
from audit.append.recorder import RecordRecorder
from audit.append.store import RecordStore

if TYPE_CHECKING:
    from eventsourcing.persistence import InfrastructureFactory
    from eventsourcing.utils import EnvType

    from audit.datastore import RecordDatastore
    from audit.keys.sealing import Keys


class RecordFactory(PostgresFactory):
    """Builds on connections that are already there; tables come from migrations alone."""

    def __init__(self, env: Environment, datastore: RecordDatastore) -> None:
        BaseInfrastructureFactory.__init__(self, env)
        self.datastore: RecordDatastore = datastore

    def application_recorder(self) -> RecordRecorder:
        """The recorder of the record's events."""
        return RecordRecorder(self.datastore)


class RecordApplication(Application[str]):
    """The event store of one record, with its notification log and repository."""

    name = "mingjian"

    def __init__(self, datastore: RecordDatastore, origin: str, keys: Keys) -> None:
        self._datastore = datastore
        self.store = RecordStore(RecordMapper(origin, keys), RecordRecorder(datastore))
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Settings are read in one place, and that is not here."""
        return Environment(name, {"CREATE_TABLE": "n", **(env or {})})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """The factory on the record's own connections."""
        return RecordFactory(env, self._datastore)

    def construct_event_store(self) -> RecordStore:
        """The event store that chains."""
        return self.store

    def construct_recorder(self) -> RecordRecorder:
        """The recorder of the record's events."""
        return self.store.recorder

    def construct_mapper(self) -> RecordMapper:
        """The mapper that writes leaves."""
        return self.store.mapper
