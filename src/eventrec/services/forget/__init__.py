"""Forgetting a person: erased everywhere in one transaction, counted ever after."""

from eventrec.services.forget.forget import Erased, forget

__all__ = ["Erased", "forget"]
