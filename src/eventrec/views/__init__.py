"""The reading wing: documented SQL views, and a reader that asks them. No SQLAlchemy here."""
