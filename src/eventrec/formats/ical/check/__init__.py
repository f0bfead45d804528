"""What breaks a rule of iCalendar in a file, line by line, and what a named program makes of it.

`run.check` reads the octets. A rule is one function below `rules`, with its name, severity and paragraph above it.
"""
