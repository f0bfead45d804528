"""References as people type them: a number, a code, a uid, a name, an alias, an e-mail, or a beginning."""

from __future__ import annotations

import difflib
import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventrec.errors import Ambiguous, EventrecError, NotAllowed, NotFound
from eventrec.patterns import late
from eventrec.text.names import normalise
from eventrec.views.apart import relation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eventrec.views.reader import Reader

_NUMBER: Final = late(r"#?(\d{1,18})")
_UID: Final = late(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)

_SQL: Final = {
    "event": ("v_event", "id, uid, NULL, title, title_any, starts_on, '[]'"),
    "visit": ("v_event", "id, uid, NULL, title, title_any, starts_on, '[]'"),
    "agency": ("v_agency", "id, uid, code, name, name_any, NULL, aliases"),
    "contact": ("v_contact", "id, uid, NULL, name, name_any, agency, aliases"),
    "project": ("v_project", "id, uid, code, name, name_any, NULL, aliases"),
    "participant": (
        "v_participation",
        "id, uid, NULL, coalesce(contact, label, agency_name), role, event_title_any, '[]'",
    ),
}
"""By noun the view, and of it number, uid, code, name in every language and to show, what tells two apart, aliases."""

_TABLES: Final = {"visit": "event", "participant": "participation"}


class Removed(NotFound):
    """A reference leads to a record that was removed."""

    def __init__(self, noun: str, reference: str, day: str, change_set: int | None) -> None:
        hint = (
            f"See change set {change_set}: eventrec log {change_set}"
            if change_set
            else "See what happened: eventrec log"
        )
        EventrecError.__init__(self, f"{noun.capitalize()} {reference} was removed on {day}.", hint)


class Reference(NamedTuple):
    """A record that a reference led to. `label` is what an echo shows: "LI Na (NIA)".

    `exact` is false when only the beginning of a name was given.
    """

    id: int
    uid: str
    label: str
    exact: bool = True

    def __str__(self) -> str:
        return f"#{self.id} {self.label}"


class _Candidate:
    """A record with everything that it answers to, worked out when it is asked for: most are told by a code."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.id, self.code = int(row[0]), str(row[2] or "")
        self._row = row

    @cached_property
    def reference(self) -> Reference:
        """What leads to the record."""
        number, uid, code, _, shown, detail, _ = self._row
        label = f"{code} {shown}" if code else str(shown)
        return Reference(int(number), uid, f"{label} ({detail})" if detail else label)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names in every language and aliases, normalised."""
        *_, names, _, _, aliases = self._row
        return tuple(normalise(text) for text in (*json.loads(names or "{}").values(), *json.loads(aliases)))

    @property
    def answers(self) -> tuple[str, ...]:
        """Code and names, normalised."""
        return (*([normalise(self.code)] if self.code else []), *self.names)


def find(reader: Reader, noun: str, reference: str | int) -> Reference:
    """Return the one record of the noun (event, visit, agency, contact, project, participant) that is meant.

    Raises NotFound with the nearest names, Removed, or Ambiguous with the candidates.
    """
    text = str(reference).strip()
    if number := _NUMBER.fullmatch(text):
        return _by_identity(reader, noun, text, "id", int(number[1]))
    if _UID.fullmatch(text):
        return _by_identity(reader, noun, text, "uid", _hyphenated(text))
    candidates = _candidates(reader, noun)
    for exact, matches in _ways(reader, noun, text):
        found = [candidate.reference for candidate in candidates if matches(candidate)]
        if len(found) == 1:
            return found[0]._replace(exact=exact)
        if found:
            raise Ambiguous(noun, text, [str(one) for one in found[:8]], exact)
    raise NotFound(noun, text, _nearest(candidates, text), as_of=reader.as_of)


def _ways(reader: Reader, noun: str, text: str) -> list[tuple[bool, Callable[[_Candidate], bool]]]:
    """Return the tests of a candidate, the strictest first, each after whether it asks for the whole name.

    A contact also answers to the beginning of a later word: people type a family name.
    """
    wanted = normalise(text)
    if not wanted:
        return []
    ways: list[tuple[bool, Callable[[_Candidate], bool]]] = [
        (True, lambda candidate: candidate.code.lower() == text.lower()),
        (True, lambda candidate: wanted in candidate.names),
        (False, lambda candidate: any(answer.startswith(wanted) for answer in candidate.answers)),
    ]
    if noun == "contact":
        owners = _owners_of_email(reader, text)
        ways.insert(0, (True, lambda candidate: candidate.id in owners))
        ways.append((False, lambda candidate: any(f" {wanted}" in name for name in candidate.names)))
    return ways


def _owners_of_email(reader: Reader, text: str) -> set[int]:
    if "@" not in text:
        return set()
    sql = (
        "SELECT contact_id FROM contact_point WHERE kind = 'email' AND contact_id IS NOT NULL AND lower(value) = :email"
    )
    return {row[0] for row in reader.rows(sql, {"email": text.lower()})}


def _candidates(reader: Reader, noun: str, condition: str = "", **params: Any) -> list[_Candidate]:  # noqa: ANN401
    conditions = [text for text in (condition, "kind = 'site-visit'" if noun == "visit" else "") if text]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    view, columns = _SQL[noun]
    sql = f"SELECT {columns} FROM {relation(reader, view, ())}{where} ORDER BY id"  # noqa: S608
    return [_Candidate(row) for row in reader.rows(sql, params)]


def _hyphenated(uid: str) -> str:
    digits = uid.replace("-", "").lower()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _by_identity(reader: Reader, noun: str, text: str, column: str, value: str | int) -> Reference:
    """Return the record with that number or uid; a merged one answers with the record that took its place."""
    for candidate in _candidates(reader, noun, f"{column} = :value", value=value):
        return candidate.reference
    sql = (
        f"SELECT row_id, replaced_by, removed_at FROM tombstone"  # noqa: S608
        f" WHERE table_name = :table AND row_{column} = :value"
    )
    table = _TABLES.get(noun, noun)
    try:
        buried = reader.rows(sql, {"table": table, "value": value})
    except NotAllowed as error:  # a reader does not see what was removed
        raise NotFound(noun, text) from error
    for number, replaced_by, removed_at in buried:
        if replaced_by:
            return _by_identity(reader, noun, text, "uid", replaced_by)
        raise Removed(noun, text, str(removed_at)[:10], _removal(reader, table, number))
    raise NotFound(noun, text, as_of=reader.as_of)


def _removal(reader: Reader, table: str, number: int) -> int | None:
    sql = "SELECT max(change_set_id) FROM change WHERE table_name = :table AND row_id = :number AND after IS NULL"
    found = reader.rows(sql, {"table": table, "number": number})[0][0]
    return None if found is None else int(found)


def _nearest(candidates: Sequence[_Candidate], text: str) -> list[str]:
    """Return up to three records with a name that looks like the text or contains it."""
    wanted = normalise(text)
    by_name = {answer: str(candidate.reference) for candidate in candidates for answer in candidate.answers}
    alike = difflib.get_close_matches(wanted, by_name, n=3, cutoff=0.6)
    within = [name for name in by_name if wanted and wanted in name]
    return list(dict.fromkeys(by_name[name] for name in [*alike, *within]))[:3]
