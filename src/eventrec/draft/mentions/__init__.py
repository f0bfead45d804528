"""What a release names, wherever it stands and whatever is said of it: days, places, organisations, people."""
