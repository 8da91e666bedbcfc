"""A row of a view that somebody altered by hand: what it says is not believed, and nobody falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from api.embedded import Role
from projections import people
from projections.catalogue import VIEWS
from projections.rebuild import rebuild
from tests.api.filings import done

if TYPE_CHECKING:
    from api.embedded import EmbeddedServer
    from tests.api.world import World


def test_words_that_were_altered_in_a_view_are_not_shown_and_a_rebuild_mends_it(
    world: World, server: EmbeddedServer
) -> None:
    applicant = world.applicant(world.school, "某甲")
    path = f"/v1/persons/{applicant.person}?{world.everything()}"
    listed = f"/v1/accounts?limit=200&{world.everything()}"
    administrator = world.school.administrator
    assert "某甲" in str(done(administrator.get(listed)).body)
    name = str(conninfo_to_dict(world.services.settings.database_url or "")["dbname"])
    table = sql.Identifier(world.services.ground.views, people.named.stored)
    alter = "UPDATE {} SET name = overlay(name placing %s from length(name) - 12 for 4)"
    with psycopg.connect(server.url(name, Role.SUPERUSER), autocommit=True) as owner:
        where = sql.SQL(alter + " WHERE person = %s RETURNING name").format(table)
        assert owner.execute(where, ("AAAA", applicant.person)).fetchone()
    answer = administrator.get(listed)
    assert (answer.status, answer.code) == (503, "DATA_DAMAGED")
    assert done(administrator.get(path)).body["name"] == "某甲"  # read from the record itself
    address = str(world.services.settings.database_url)
    with psycopg.connect(address, autocommit=True) as connection:
        rebuild(connection, world.services.ground.views, world.services.record, VIEWS)
    assert "某甲" in str(done(administrator.get(listed)).body)
