"""What the work of the record book costs, beside floors and peers: `make bench`."""
