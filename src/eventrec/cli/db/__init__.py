"""`eventrec db`: the database behind the book; one module for each thing to do, in the order of the help."""

from eventrec.cli.db import info, upgrade, check, backup, grant  # noqa: F401, I001  (each adds its commands; the order is the help's)
from eventrec.cli.db.app import db_app

__all__ = ["db_app"]
