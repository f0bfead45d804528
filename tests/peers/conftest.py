from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.peers.exported import Exported, export
from tests.peers.radicale import Server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The files of a book with every kind of event and card; nobody changes them."""
    return export(tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Radicale with nothing in it, for the tests of a file."""
    server = Server(tmp_path_factory.mktemp("radicale"))
    yield server
    server.stop()
