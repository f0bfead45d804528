"""Writes a proposal as TOML that a person can read and mend; all of it is read again by `reading`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from eventrec.proposals.offer import Piece, pieces

if TYPE_CHECKING:
    from datetime import date

    from eventrec.draft.proposal import Proposal
    from eventrec.proposals.source import Source

HEAD: Final = """\
A proposal for the record book, read from a news release.

Look at every line and mend what is wrong. Then save all of it at once:
  eventrec event add --from FILE

- Each [[event]] is one event. What was read from which words stands above a line, after #.
- A line that says open = … names what is not certain. Mend the field or find it right, then take its name
  out of that list, or delete the line. What is still open is not saved, and that is said.
- ???? in a date is the year, which the release does not say. Write it there.
- known = 9 says that it is number 9 of the book. new = true adds it to the book, new = false does not:
  an agency is then only noted by its name in the event's list, a project or a person is left out.
- participants counts everybody. Where agencies have a count, only the rest is added to them.
- What should not be saved, you delete. To begin again: eventrec draft FILE -o proposal.toml"""

_NOT_IN_A_COMMENT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_AT_THE_END: Final = re.compile(r"[^\S\n]+(?=\n|\Z)")


def to_toml(proposal: Proposal, source: Source, today: date, *, add_new: bool = False) -> str:
    """Return the file for a proposal, as `pieces` offers it."""
    import tomlkit

    document = tomlkit.document()
    for line in HEAD.splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.comment(""))
    document.add(tomlkit.nl())
    events = tomlkit.aot()
    for piece in pieces(proposal, source, today, add_new=add_new):
        events.append(_table(piece))
    document.add("event", events)
    document.add("source", _source(source.at(proposal.url)))
    return tomlkit.dumps(document)


def _table(piece: Piece) -> Any:  # noqa: ANN401
    import tomlkit

    table = tomlkit.table()
    for line in piece.first:
        table.add(_comment(line))
    for name, value in piece.values.items():
        _add(table, piece, name, value)
    for name, inner in piece.tables.items():
        if isinstance(inner, Piece):
            table.add(name, _table(inner))
            continue
        listed = tomlkit.aot()
        for each in inner:
            listed.append(_table(each))
        table.add(name, listed)
    return table


def _add(table: Any, piece: Piece, name: str, value: Any) -> None:  # noqa: ANN401
    """Add a key below its comments; a localized one as a line for each language."""
    import tomlkit

    for line in piece.above.get(name, ()):
        table.add(_comment(line))
    if isinstance(value, dict):
        for tag, text in value.items():
            for line in piece.above.get(f"{name}.{tag}", ()):
                table.add(_comment(line))
            table.append(tomlkit.key([name, tag]), text)
        return
    item = tomlkit.item(value)
    if behind := piece.behind.get(name):
        item.comment(_plain(behind))
    table.append(name, item)


def _source(source: Source) -> Any:  # noqa: ANN401
    """Return the table of the release; its text is put in as it is written: to parse it would take ages."""
    import tomlkit
    from tomlkit.items import String, StringType, Trivia

    table = tomlkit.table()
    table.add(_comment("What was read. It is kept with the event; change nothing here."))
    for name in ("name", "url", "sha256"):
        if value := getattr(source, name):
            table.append(name, value)
    table.append("text", String(StringType.MLB, source.text, f"\n{_escaped(source.text)}", Trivia()))
    return table


def _escaped(text: str) -> str:
    """Return a text for a string of several lines; blanks that an editor would take off stand as escapes."""
    text = text.replace("\\", "\\\\").replace('"""', '""\\"')
    text = _AT_THE_END.sub(lambda found: "".join(f"\\u{ord(blank):04X}" for blank in found[0]), text)
    return f'{text[:-1]}\\"' if text.endswith('"') and not text.endswith('\\"') else text


def _comment(line: str) -> Any:  # noqa: ANN401
    import tomlkit

    return tomlkit.comment(_plain(line))


def _plain(line: str) -> str:
    return _NOT_IN_A_COMMENT.sub(" ", line)
