"""`eventrec privacy`: consent, retention and disclosures; one module for each, in the order of the help."""

from eventrec.cli.privacy import consent, disclosures, due, purge, retention, scrub  # noqa: F401  (each adds its commands)
from eventrec.cli.privacy.app import privacy_app

__all__ = ["privacy_app"]
