"""The rules: what may be added, edited, cancelled and removed. Sessions come in, are flushed, never committed."""
