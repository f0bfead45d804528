"""The door for people: one file per noun, thin."""
