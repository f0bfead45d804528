"""`eventrec export`: calendars, contact cards, sheets; one module for each kind, in the order of the help."""

from eventrec.cli.export import agencies, calendar, contacts, sheets, sign_in  # noqa: F401  (each adds its commands)
from eventrec.cli.export.app import export_app

__all__ = ["export_app"]
