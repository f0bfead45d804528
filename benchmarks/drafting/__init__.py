"""What `eventrec draft` reads from a folder of releases, beside the facts that a person wrote down for each."""
