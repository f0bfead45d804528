"""Changing one record, as the command `edit` and the API's `edit` do alike."""
