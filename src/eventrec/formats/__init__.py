"""Formats: a Table or records in, text or bytes out; pure functions, one short file a format."""
