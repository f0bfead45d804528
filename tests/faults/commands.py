"""Every command line that a hostile text can be put into, found in the commands themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from eventrec.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN: Final = {
    "EVENT": ["1"],
    "VISIT": ["2"],
    "AGENCY": ["NIA"],
    "PROJECT": ["MMSP-III"],
    "CONTACT": ["1"],
    "PARTICIPANT": ["2"],
    "WHO": ["NIA"],
    "ROW": ["2"],
    "FILE": ["list.csv"],
}
"""What stands for an argument while another one is hostile, by the word in the help."""

BESIDE: Final[dict[str, list[str]]] = {
    "export all": ["--output", "all"],
    "export invitation": ["--to", "2", "--output", "mail"],
    "event add": ["--date", "2026-03-01"],
    "participant add": ["--women", "1", "--agency", "EU"],
    "participant edit": ["--women", "3"],
    "project edit": ["--status", "active"],
    "agency merge": ["--dry-run"],
    "contact merge": ["--dry-run"],
}
"""Options without which a command does nothing, or too much."""

CHANGING: Final = frozenset(
    [
        "init",
        "demo",
        "add",
        "edit",
        "cancel",
        "postpone",
        "copy",
        "remove",
        "merge",
        "undo",
        "redo",
        "import",
        "restore",
        "upgrade",
        "consent",
        "forget",
        "forget-actor",
        "scrub",
        "purge",
        "grant",
    ]
)
_ASKS_FOR_MORE: Final = ("NAME…", "[NAME…]", "TITLE…", "[TITLE…]")


@dataclass(frozen=True)
class Place:
    """Where a text goes: a command, and its argument or option."""

    words: tuple[str, ...]
    parameter: TyperArgument | TyperOption
    others: tuple[TyperArgument, ...]

    def __str__(self) -> str:
        name = self.parameter.opts[0] if isinstance(self.parameter, TyperOption) else self.parameter.metavar
        return f"{' '.join(self.words)} {name}"

    @property
    def changes(self) -> bool:
        """Tell whether the command may change the book when it takes the text."""
        return self.words[-1] in CHANGING

    def line(self, text: str) -> list[str]:
        """Return the command line with the text in its place."""
        options = list(BESIDE.get(" ".join(self.words), ()))
        if isinstance(self.parameter, TyperOption):
            if self.parameter.opts[0] in options:
                at = options.index(self.parameter.opts[0])
                del options[at : at + 2]
            options.append(f"{self.parameter.opts[0]}={text}")
        options += ["--yes"] if self._has("--yes") else []
        words = [] if self.words == ("eventrec",) else list(self.words)
        arguments = [each for other in self.others for each in ([text] if other is self.parameter else _given(other))]
        return [*words, *options, "--", *arguments] if words else [*options, "event", "list"]

    def _has(self, option: str) -> bool:
        return any(option in each.opts for each in command(self.words).params)


def command(words: tuple[str, ...]) -> typer.core.TyperCommand | TyperGroup:
    """Return the command that the words call."""
    found: typer.core.TyperCommand | TyperGroup = typer.main.get_command(app)  # type: ignore[assignment]
    for word in words if words != ("eventrec",) else ():
        assert isinstance(found, TyperGroup)
        found = found.get_command(typer.Context(found), word)  # type: ignore[assignment]
    return found


def places() -> Iterator[Place]:
    """Yield every argument and every option that takes a text, of every command, the global options too."""
    for words in (("eventrec",), *_commands(("",))):
        parameters = command(words).params
        arguments = tuple(each for each in parameters if isinstance(each, TyperArgument))
        for each in parameters:
            if isinstance(each, TyperArgument) or (isinstance(each, TyperOption) and not each.is_flag):
                yield Place(words, each, arguments)


def _commands(above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    words = above[1:]
    group = command(words or ("eventrec",))
    for name in group.list_commands(typer.Context(group)) if isinstance(group, TyperGroup) else ():
        below = command((*words, name))
        if isinstance(below, TyperGroup):
            yield from _commands((*above, name))
        else:
            yield (*words, name)


def _given(argument: TyperArgument) -> list[str]:
    word = argument.metavar or argument.name or ""
    if not argument.required:
        return []
    if word in _ASKS_FOR_MORE:
        return ["Something else"]
    bare = word.strip("[]….").split("|")
    return GIVEN.get(bare[0].upper(), [bare[0]])


COMMANDS: Final = sorted(set(_commands(("",))))
"""Every command, as the words that call it."""
