"""Series taken apart into their days: rules, further and left-out days, days that are otherwise (RFC 5545 §3.8.5).

What a rule means is left to the library recurring-ical-events; it is handed what we have read, so that it need not
forgive, and only rules that were tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from eventrec.errors import Rejected
from eventrec.formats.ical.entry import event_of
from eventrec.formats.ical.incoming import Span, Times, Window
from eventrec.formats.ical.rules import MOST_DAYS, Reach, Rule, moments, reach_of, read_rule
from eventrec.formats.ical.when import duration, in_zone_of, moment_of, span_of, times_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from eventrec.formats.ical.incoming import IncomingEvent, Properties
    from eventrec.formats.line_reader import Line

_LONGEST_RUN: Final = 31
_OUR_LONGEST_RUN: Final = 4_000
_MOST_IN_FILE: Final = 20_000
_MOST_EFFORT: Final = 600_000
"""What a whole file may take, about 5 microseconds each: a moment of a rule that is tried is one."""

_IN_VAIN: Final = 40_000
_A_DAY: Final = 10
_LEFT_OUT: Final = 4
_ONE_DAY: Final = timedelta(days=1)
_CENTURY: Final = 100
_CUT: Final = f"Only the first {MOST_DAYS:,} days were taken, the series at"
_SOURCE: Final = "X-SOURCE"
_FAILURES: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def is_of_series(said: Properties) -> bool:
    """Tell whether an event repeats, or is one day of a series."""
    return any(said.line(name) for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def run_of(said: Properties) -> Times | None:
    """Return the days of an event that goes on day by day, as our own calendars have it; None for any other series."""
    if said.line("RECURRENCE-ID") or said.line("EXDATE") or said.line("EXRULE") or len(said.lines("RRULE")) != 1:
        return None
    span = span_of(said)
    rule = dict(part.split("=", 1) for part in said.text("RRULE").upper().split(";") if "=" in part)
    plain = rule.get("FREQ") == "DAILY" and rule.get("INTERVAL", "1") == "1"
    if not plain or not rule.keys() <= {"FREQ", "COUNT", "INTERVAL", "WKST"}:
        return None
    count = rule.get("COUNT", "")
    days = int(count) if re.fullmatch("[0-9]{1,5}", count) else 0
    if said.lines("RDATE"):
        further = [value for line in said.lines("RDATE") for value in line.value.split(",")]
        if days != 1 or not _in_a_row(said, span):
            return None
        days += len(further)
    when = times_of(said, span)
    longest = _OUR_LONGEST_RUN if said.calendar.is_ours else _LONGEST_RUN
    if not 1 <= days <= longest or (days > 1 and when.starts_on != when.ends_on):
        return None
    return when._replace(ends_on=when.ends_on + timedelta(days=days - 1))


def _in_a_row(said: Properties, span: Span) -> bool:
    """Tell whether the further days (RDATE) follow the first one by one at its hour."""
    expected = span.start
    for line in said.lines("RDATE"):
        if line.first("VALUE").upper() == "PERIOD":
            return False
        for value in line.value.split(","):
            expected += _ONE_DAY
            moment, own = moment_of(line, value, said)
            if in_zone_of(moment, own, span.zone) != expected:
                return False
    return True


class SeriesReader:
    """Takes the series of one file apart, within a window and within reason."""

    def __init__(self, window: Window | None) -> None:
        self._window = window
        self._taken = self._effort = 0

    def events(self, group: Sequence[Properties]) -> Iterator[IncomingEvent]:
        """Yield the days of a series: all entries with one uid. Raises Rejected."""
        first = [each for each in group if each.line("RECURRENCE-ID") is None]
        if len(group) == len(first) == 1 and (run := run_of(first[0])):
            yield event_of(first[0], run)
            return
        if not first:
            for each in group:
                yield self._alone(each)
            return
        series = _Series(group, _MOST_EFFORT - self._effort)
        try:
            found = series.days(self._window) if self._taken <= _MOST_IN_FILE else []
        finally:
            self._effort += series.effort
        self._taken += len(found)
        if self._taken > _MOST_IN_FILE:
            raise Rejected(f"The series of the calendar have more than {_MOST_IN_FILE:,} days.")
        if whole := series.one_event(found):
            yield whole
            return
        for source, span, day in found:
            yield event_of(source, times_of(source, span), day, series.core)

    @staticmethod
    def _alone(said: Properties) -> IncomingEvent:
        """Return one day of a series whose rule is not in the file."""
        span = span_of(said)
        return event_of(said, times_of(said, span), series_day(*_recurrence_id(said, span)))


def series_day(moment: date, zone: str | None) -> str:
    """Return a day, or a moment in UTC where its zone is said, as ISO text: the same whoever wrote the calendar."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if zone is None:
        return moment.isoformat(timespec="seconds")
    utc = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _recurrence_id(said: Properties, span: Span) -> tuple[date, str | None]:
    line = said.line("RECURRENCE-ID")
    if line is None:
        return span.start, span.zone
    return moment_of(line, line.value, said)


_Day = tuple["Properties", Span, str]


@dataclass
class _Plan:
    """The rules of a series, tried, and the days, both inclusive, for which it is taken apart."""

    rules: list[Rule]
    first: date
    last: date
    is_whole: bool


class _Series:
    """All entries with one uid: the one that repeats, and the days that are otherwise."""

    def __init__(self, group: Sequence[Properties], budget: int) -> None:
        if len(group) > MOST_DAYS:
            raise Rejected(f"The series has more than {MOST_DAYS:,} entries.")
        cores = [each for each in group if each.line("RECURRENCE-ID") is None]
        self.core = max(reversed(cores), key=_newest)
        for each in cores:
            if each is not self.core:
                each.tell("The same uid again, left out, since another entry is newer, the event at")
        self._others = [each for each in group if each.line("RECURRENCE-ID") is not None]
        self._span = span_of(self.core)
        self._budget = budget
        self.effort = 0
        self._is_whole = False

    def days(self, window: Window | None) -> list[_Day]:
        """Return the days within the window, by start. Raises Rejected."""
        import icalendar
        import recurring_ical_events

        sources = [self.core, *self._others]
        spans = [self._span, *map(span_of, self._others)]
        further = [moment for line in self.core.lines("RDATE") for moment in self._listed(line)]
        plan = self._plan(window, [*map(_day_of, further), *(_day_of(span.start) for span in spans)])
        calendar = icalendar.Calendar()
        try:
            calendar.add_component(self._component(plan, further))
            for number, source in enumerate(self._others, 1):
                calendar.add_component(self._other(source, spans[number], number))
            query: Any = recurring_ical_events.of(calendar)
            found = query.between(plan.first, plan.last + _ONE_DAY)
        except _FAILURES as error:
            raise Rejected("The series cannot be followed.") from error
        self._spend(len(found) * _A_DAY)
        days = [self._day(each, sources, spans) for each in found]
        days.sort(key=lambda day: (str(day[1].start), day[2]))
        self._is_whole = plan.is_whole
        if not days:
            self.core.tell(f"No day from {plan.first} to {plan.last}, so left out, the series at")
        if len(days) > MOST_DAYS:
            self.core.tell(_CUT)
        return days[:MOST_DAYS]

    def one_event(self, days: Sequence[_Day]) -> IncomingEvent | None:
        """Return one event for days that follow one another without a gap; None for any other series."""
        if not (self._is_whole and 1 <= len(days) <= _LONGEST_RUN) or self._others:
            return None
        times = [times_of(source, span) for source, span, _ in days]
        for at, each in enumerate(times):
            day = times[0].starts_on + timedelta(days=at)
            if each.starts_on != day or each.ends_on != day or each[2:5] != times[0][2:5] or each.spoken:
                return None
        return event_of(self.core, times[0]._replace(ends_on=times[-1].ends_on))

    def _plan(self, window: Window | None, named: Sequence[date]) -> _Plan:
        """Try the rules, and tell of the days outside the window; `named` are the days that are no rule's."""
        start = _day_of(self._span.start)
        century = Window(min(start, *named), date(min(max(start, *named).year + _CENTURY, 9998), 12, 31))
        rules = list(self._rules())
        if (window is None or window.ended_whole) and all(rule.count or rule.until for rule in rules):
            tried = [self._tried_rule(rule, century) for rule in rules]
            if all(reach.after == 0 for reach in tried):
                last = max(*named, *(reach.last for reach in tried if reach.last), start)
                return _Plan(list(map(_one_end, rules, tried)), century.first, last, is_whole=True)
        window = window or century
        tried = [self._tried_rule(rule, window) for rule in rules]
        before, later = sum(reach.before for reach in tried), any(reach.after != 0 for reach in tried)
        if before or later:
            self.core.findings.outside.append((self.core.begin, before, later))
        cut = [reach.last for reach in tried if reach.last and reach.within >= MOST_DAYS]
        if cut:
            self.core.tell(_CUT)
        is_whole = not (before or later) and all(window.first <= day <= window.last for day in named)
        return _Plan(list(map(_one_end, rules, tried)), window.first, min([window.last, *cut]), is_whole)

    def _rules(self) -> Iterator[Rule]:
        for line in self.core.lines("RRULE"):
            rule = read_rule(line, self.core, self._span)
            if rule.until and rule.until.date() < _day_of(self._span.start):
                self.core.findings.tell("A rule that ends before it begins, left out", line.number)
            else:
                yield rule

    def _tried_rule(self, rule: Rule, window: Window) -> Reach:
        self._spend(0)
        self.effort += _IN_VAIN
        reach = reach_of(rule, self._span.start, window)
        self._spend(reach.effort - _IN_VAIN)
        return reach

    def _spend(self, effort: int) -> None:
        """Count what a step takes. Raises Rejected where too little is left for it."""
        self.effort += effort
        if self.effort >= self._budget:
            raise Rejected(
                "The calendar has more series than can be followed at once.",
                "Export a shorter period, part after part.",
            )

    def _component(self, plan: _Plan, further: Sequence[Any]) -> Any:  # noqa: ANN401
        """Return the entry that repeats as the library takes it."""
        import icalendar

        zone, whole = self._span.zone, not isinstance(self._span.start, datetime)
        component = self._other(self.core, self._span, 0)
        for rule in plan.rules:
            component.add("RRULE", icalendar.vRecur.from_ical(rule.text(zone, whole)))
        left_out = [moment for line in self.core.lines("EXDATE") for moment in self._listed(line)]
        for line in self.core.lines("EXRULE"):
            left_out += self._left_out_by(read_rule(line, self.core, self._span), plan)
        for name, listed in (("RDATE", further), ("EXDATE", left_out)):
            if listed:
                component.add(name, listed)
        return component

    def _left_out_by(self, rule: Rule, plan: _Plan) -> list[date]:
        """Return what a rule (EXRULE) leaves out of the days of the plan, and of those that reach into them."""
        start = self._span.start
        self._tried_rule(rule, Window(_day_of(start), plan.last))
        first = max(plan.first - (self._span.end - start) - _ONE_DAY, _day_of(start))
        found = moments(rule, start, first, plan.last)
        self._spend(len(found) * _LEFT_OUT)
        return list(dict.fromkeys(map(self._as_said, found)))

    def _as_said(self, moment: datetime) -> date:
        return _aware(moment if isinstance(self._span.start, datetime) else moment.date(), self._span.zone)

    def _other(self, source: Properties, span: Span, number: int) -> Any:  # noqa: ANN401
        """Return a day that is otherwise as the library takes it."""
        import icalendar

        component = icalendar.Event()
        component.add("UID", "series")
        component.add(_SOURCE, str(number))
        component.add("DTSTART", _aware(span.start, span.zone))
        component.add("DTEND", _aware(span.end, span.zone))
        component.add("SEQUENCE", _newest(source)[0])
        line = source.line("RECURRENCE-ID")
        if line is not None:
            further = line.first("RANGE").upper() == "THISANDFUTURE"
            component.add(
                "RECURRENCE-ID",
                _aware(*self._id(source, span)),
                parameters={"RANGE": "THISANDFUTURE"} if further else {},
            )
        return component

    def _id(self, source: Properties, span: Span) -> tuple[date, str | None]:
        """Return which day of the series an entry is about; some programs name the day alone, without the hour."""
        moment, zone = _recurrence_id(source, span)
        start = self._span.start
        if isinstance(start, datetime) and not isinstance(moment, datetime):
            return datetime.combine(moment, start.time()), self._span.zone
        if isinstance(moment, datetime) and not isinstance(start, datetime):
            return _day_as_written(source) or moment.date(), None
        return moment, zone

    def _listed(self, line: Line) -> Iterator[Any]:
        """Yield the days, moments or periods of RDATE and EXDATE."""
        if line.value.count(",") + line.value.count(";") > MOST_DAYS * 5:
            raise Rejected(f"{line.name} in line {line.number} lists more than {MOST_DAYS * 5:,} days.")
        values = re.split("[,;]" if self.core.calendar.version == "1.0" else ",", line.value)
        for value in filter(None, map(str.strip, values)):
            begin, slash, end = value.partition("/")
            moment, zone = moment_of(line, begin, self.core)
            start = _aware(moment, zone)
            if slash and isinstance(moment, datetime) and line.name == "RDATE":
                until = moment + duration(end) if end[:1] in "P+-" else moment_of(line, end, self.core)[0]
                if until < moment:
                    raise Rejected(f"A period in line {line.number} ends before it starts.")
                yield (start, _aware(until, zone))
            else:
                yield start

    def _day(self, component: Any, sources: Sequence[Properties], spans: Sequence[Span]) -> _Day:  # noqa: ANN401
        """Return what the library found as one of our entries, its local times, and the day of the series."""
        number = int(component[_SOURCE])
        source, zone = sources[number], spans[number].zone
        start, end = (_local(component[name].dt, zone) for name in ("DTSTART", "DTEND"))
        if number == 0:
            return source, Span(start, end, zone), series_day(start, zone)
        moment, own = self._id(source, spans[number])
        if type(moment) is type(start):
            moment += start - spans[number].start  # of a day that moved all after it
        return source, Span(start, end, zone), series_day(moment, own)


def _day_as_written(said: Properties) -> date | None:
    """Return the day of RECURRENCE-ID in whatever zone it is written."""
    line = said.line("RECURRENCE-ID")
    text = line.value.strip() if line else ""
    if line is None or text[-1:] in "Zz":
        return None
    moment, _ = moment_of(line, text.partition("T")[0], said)
    return moment


def _newest(said: Properties) -> tuple[int, str]:
    sequence = said.text("SEQUENCE")
    number = int(sequence) if re.fullmatch("[0-9]{1,9}", sequence) else 0
    return number, said.text("LAST-MODIFIED") or said.text("DTSTAMP")


def _one_end(rule: Rule, reach: Reach) -> Rule:
    """Return a rule with COUNT and UNTIL, which are not allowed together, with the one that ends it."""
    if rule.count is None or rule.until is None:
        return rule
    return replace(rule, until=None) if reach.before + reach.within >= rule.count else replace(rule, count=None)


def _day_of(moment: Any) -> date:  # noqa: ANN401
    moment = moment[0] if isinstance(moment, tuple) else moment
    return moment.date() if isinstance(moment, datetime) else moment


def _aware(moment: date, zone: str | None) -> date:
    return moment.replace(tzinfo=ZoneInfo(zone)) if isinstance(moment, datetime) and zone else moment


def _local(moment: date, zone: str | None) -> date:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None)
