"""The entries of a calendar into the book, and back into a book what an export of ours holds."""
