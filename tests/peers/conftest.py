from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.peers.exported import Exported, export

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The files of a book with every kind of event and card; nobody changes them."""
    folder: Path = tmp_path_factory.mktemp("exported")
    return export(folder)
