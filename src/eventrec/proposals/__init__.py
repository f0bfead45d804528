"""From a proposal to records: a file that a person looks through and mends, read strictly and saved at once.

`to_toml` writes it, `read_toml` reads it, `of_draft` is the same without a file, `save` adds the records.
"""

from __future__ import annotations

from eventrec.proposals.form import Form
from eventrec.proposals.offer import of_draft
from eventrec.proposals.reading import read_toml
from eventrec.proposals.saving import Saved, save
from eventrec.proposals.source import Source
from eventrec.proposals.writing import to_toml

__all__ = ["Form", "Saved", "Source", "of_draft", "read_toml", "save", "to_toml"]
