"""How people are written: honorific, position, name and office, in Latin and in Chinese letters."""
