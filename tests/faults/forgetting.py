"""A process that forgets contact 1 of a book; the test that starts it ends it at any moment."""

from __future__ import annotations

import secrets
import sys

from eventrec.book import Book
from eventrec.config import Settings
from eventrec.services.forget.files import clean
from eventrec.services.forget.forget import forget

if __name__ == "__main__":
    address = sys.argv[1]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with Book(Settings(address), actor="tester").writing("eventrec contact forget 1") as work:
        done = forget(work.session, 1, chance=lambda: secrets.token_hex(32))
    clean(address, done.mentions.octets())
