"""What would embarrass a report: one function for each finding, each of them one question to the book."""
