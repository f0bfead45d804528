"""Reports: one question a file, asked in SQL over the views. No SQLAlchemy here."""
