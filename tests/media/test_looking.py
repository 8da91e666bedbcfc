"""The program that looks into files, apart from what it finds; see also ``test_hostile_input``."""

from __future__ import annotations

import pytest

from api.media import looking
from api.media.kinds import MediaRefusedError, begun_well
from api.media.looking import media_type
from tests.media.corpus import PE, pdf


def test_a_refused_beginning_stops_the_upload_at_once() -> None:
    coming = begun_well(iter([PE + bytes(1000), b"never asked for"]))
    with pytest.raises(MediaRefusedError):
        next(coming)


def test_who_ends_the_program_that_looks_does_not_end_the_looking() -> None:
    assert media_type([pdf()]) == "application/pdf"
    running = looking._program._running
    assert running
    running.kill()
    running.wait()
    assert media_type([pdf()]) == "application/pdf"
