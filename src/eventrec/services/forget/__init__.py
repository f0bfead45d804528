"""Forgetting a person: erased everywhere in one transaction, counted ever after, refused when coming back."""
