"""`eventrec privacy disclosures`."""
