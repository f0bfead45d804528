"""A book of real records to look around in, made anew with the same bytes on every machine."""
