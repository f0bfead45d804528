"""`eventrec draft`: a news release in, a proposal out; `page` words it, `asking` asks a person what becomes of it."""

from eventrec.cli.draft.command import draft_app

__all__ = ["draft_app"]
