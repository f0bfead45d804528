"""A question to a person at the terminal: it ends the transaction, and the answer begins the command anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from eventrec.formats.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Sequence


class Question(Exception):
    """Something to ask a person. It ends the transaction, since no lock may wait for somebody's answer.

    The command is then repeated with the answer. Without `answers` it is a matter of yes or no.
    """

    def __init__(self, text: str, answers: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.answers = answers

    def ask(self) -> str:
        """Return the option that the person chose. Raises Abort for a no."""
        if not self.answers:
            if _typed(f"{visible(self.text, lines=True)} [y/N]: ").lower() not in ("y", "yes"):
                raise typer.Abort
            return "yes"
        typer.echo(visible(self.text, lines=True), err=True)
        for at, (_, meaning) in enumerate(self.answers, 1):
            typer.echo(f"  {at}  {visible(meaning)}", err=True)
        while True:
            answer = _typed("Which: ")
            if answer.isdigit() and 0 < int(answer) <= len(self.answers):
                return self.answers[int(answer) - 1][0]


def _typed(question: str) -> str:
    """Return a line that a person types; standard output stays clean. Raises Abort at the end of input."""
    typer.echo(question, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()
