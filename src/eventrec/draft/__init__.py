"""A news release in, a proposal with quoted evidence out: `read.read` is the door."""
