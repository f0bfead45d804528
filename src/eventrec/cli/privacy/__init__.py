"""`eventrec privacy`: consent, retention and disclosures; one module for each, in the order of the help."""

from eventrec.cli.privacy import (  # noqa: F401  (each adds its commands)
    consent,
    disclosures,
    due,
    forget_actor,
    purge,
    retention,
    scrub,
)
from eventrec.cli.privacy.app import privacy_app

__all__ = ["privacy_app"]
