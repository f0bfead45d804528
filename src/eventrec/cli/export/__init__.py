"""`eventrec export`: calendars, contact cards, sheets; one module for each kind, in the order of the help."""

from eventrec.cli.export import (  # noqa: F401  (each adds its commands)
    agencies,
    calendar,
    contacts,
    invitation,
    sheets,
    sign_in,
)
from eventrec.cli.export.app import export_app

__all__ = ["export_app"]
