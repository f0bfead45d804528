"""From the options that every list, report and export shares to criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eventrec.cli.context import App
    from eventrec.views.criteria import Criteria

_SAME: Final = (
    "event",
    "project",
    "agency",
    "side",
    "contact",
    "kind",
    "agency_kind",
    "city",
    "text",
    "status",
    "event_status",
    "modality",
    "event_modality",
    "role",
    "source",
    "consent",
    "only",
)


def criteria_of(app: App, options: Mapping[str, Any], **renamed: str) -> Criteria:
    """Return the criteria; `renamed` says what an option is called there, such as `status="event_status"`."""
    given: dict[str, Any] = {name: options[name] for name in _SAME if options.get(name)}
    for name, real in renamed.items():
        if name in given:
            given[real] = given.pop(name)
    for name in ("country", "agency_country"):
        if options.get(name):
            from eventrec.text.places import read_country

            given[name] = [read_country(text) for text in options[name]]
    if given.get("consent"):
        given["consent_on"] = app.today.isoformat()
    from eventrec.views.options import resolve

    return resolve(app.reader, **given, **period_of(app, options))


def period_of(app: App, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return `since` and `until`, both inclusive, as ISO text, as far as the options ask for them."""
    since, until, during = (options.get(name) for name in ("since", "until", "during"))
    if not (since or until or during):
        return {}
    if during and (since or until):
        raise UsageError("--during says the whole period.", "Leave out --since and --until, or --during.")
    if during:
        from eventrec.text.dates import read_period

        first, last = read_period(during, app.today)
        return {"since": first.isoformat(), "until": last.isoformat()}
    found: dict[str, str] = {}
    if since:
        found["since"] = _bound(app, since, last=False)
    if until:
        found["until"] = _bound(app, until, last=True)
    if since and until and found["since"] > found["until"]:
        raise UsageError(
            f"The period ends ({found['until']}) before it starts ({found['since']}).", "Correct one of them."
        )
    return found


def _bound(app: App, text: str, *, last: bool) -> str:
    """Return the first, or the last, day of what was typed; most type a whole date, and that needs no reading."""
    from eventrec.text.iso import is_day

    if text == "today":
        return app.today.isoformat()
    if is_day(text):
        return text
    from eventrec.text.dates import read_bound

    return read_bound(text, app.today, last).isoformat()
