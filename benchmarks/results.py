"""What was measured, as pages to read: RESULTS.md with its charts, and the lines that README quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.chart import Line, chart
from benchmarks.measure import LONG
from benchmarks.rows import OURS, Verdict, shown
from benchmarks.works import growth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.measure import Measured
    from benchmarks.rows import Result
    from benchmarks.works.growth import Point

BOUNDS: Final = Path(__file__).with_name("bounds.md")
QUOTED: Final = ("<!-- speed -->", "<!-- /speed -->")
"""Between these lines RESULTS.md and README hold the same table."""

MARKS: Final = {True: "met", False: "**not met**", None: "not measured"}


@dataclass(frozen=True)
class Run:
    """A whole run: when, where and on what; `places` are folders and the short names that commands show instead."""

    day: str
    machine: str
    versions: Sequence[str]
    minutes: float
    places: Mapping[str, str]
    missing: Sequence[str] = ()
    smaller: int = 1


def page(run: Run, results: Sequence[Result], grown: Mapping[str, Sequence[Point]]) -> str:
    """Return RESULTS.md."""
    parts = [_head(run), quoted(run, results, grown), _targets(results, grown), _rows(run, results)]
    if grown:
        parts.append(_growth(grown))
    parts.append("## Versions\n\n" + "\n".join(f"- {version}" for version in run.versions))
    return "\n\n".join(parts) + "\n"


def _head(run: Run) -> str:
    missing = f" Not set up, and so left out: {', '.join(run.missing)}." if run.missing else ""
    return (
        "# How fast it is\n\n"
        f"Measured on {run.day}: {run.machine}. The whole run took {run.minutes:.0f} minutes. `make bench` does it"
        f" again.{missing}{_small(run)}\n\n"
        "Every figure is a whole process, from its start to its end, with what it writes read through a pipe or thrown"
        " away; those that are compared run in turn in the same run, after one run that warms the caches and counts"
        f" only where it takes more than {LONG:.0f} seconds or there is no other. Seconds are medians of as many runs"
        " as the last column says, memory is the peak of the largest process. Seconds differ from machine to machine;"
        " the ratios are what counts."
        " The data are invented, seeded and bilingual (`benchmarks/data.py`): 1,000,000 participations,"
        " 100,000 contacts, 2,000 agencies and 10,000 events, where nothing else is said. The floors are short scripts"
        " without any check (`benchmarks/floors`); that eventrec and the floor found the same is compared in the run."
    )


def quoted(run: Run, results: Iterable[Result], grown: Mapping[str, Sequence[Point]]) -> str:
    """Return the lines that README quotes: of each row of the table the first work and its first target."""
    lines = ["| work | target | reached | |", "|---|---|---:|---|"]
    places: set[str] = set()
    for result in results:
        if result.verdicts and result.row.place not in places:
            places.add(result.row.place)
            verdict = result.verdicts[0]
            lines.append(f"| {result.row.work} | {verdict.target} | {verdict.reached} | {MARKS[verdict.met]} |")
    if grown:
        flat = [growth.verdict(name, list(points)) for name, points in grown.items()]
        number = sum(verdict.met is True for verdict in flat)
        words = f"{number} of {len(flat)} flat"
        lines.append(f"| memory of every export and import | flat from 10,000 rows on | {words} | {_all(flat)} |")
    told = f"Measured on {run.day}: {run.machine}.{_small(run)}"
    return "\n".join([QUOTED[0], told, "", *lines, QUOTED[1]])


def _small(run: Run) -> str:
    """Warn of a run that was smaller than the table says."""
    if run.smaller == 1:
        return ""
    return f" **A run for trying: everything is {run.smaller} times smaller, and what it says is not the table's.**"


def _all(verdicts: Sequence[Verdict]) -> str:
    return MARKS[all(verdict.met is True for verdict in verdicts)]


def quote(readme: str, results: str) -> str:
    """Return README with the lines that RESULTS.md has between the same marks."""
    between = re.compile(f"{QUOTED[0]}.*?{QUOTED[1]}", re.DOTALL)
    found = between.search(results)
    return between.sub(lambda _: found[0], readme) if found else readme


def _targets(results: Sequence[Result], grown: Mapping[str, Sequence[Point]]) -> str:
    lines = ["## Targets", "", "| row | work | target | reached | |", "|---|---|---|---:|---|"]
    every = [(result.row.place, result.row.work, verdict) for result in results for verdict in result.verdicts]
    every += [(growth.PLACE, name, growth.verdict(name, list(points))) for name, points in grown.items()]
    for place, work, verdict in every:
        lines.append(f"| {place} | {work} | {verdict.target} | {verdict.reached} | {MARKS[verdict.met]} |")
    met, all_of_them = sum(each[2].met is True for each in every), len(every)
    lines += ["", f"{met} of {all_of_them} are met."]
    return "\n".join(lines)


def _rows(run: Run, results: Sequence[Result]) -> str:
    bounds, parts, place = _bounds(), [], ""
    for result in results:
        if result.row.place != place:
            place = result.row.place
            parts.append(f"## {place[0].upper()}{place[1:]}")
        parts.append(_row(run, result))
        if any(verdict.met is False for verdict in result.verdicts):
            parts.append(bounds.get(result.row.key, "What bounds it is not written down yet."))
    return "\n\n".join(parts)


def _row(run: Run, result: Result) -> str:
    ours = result.figures[OURS].median or 1e-9
    lines = [f"### {result.row.work[0].upper()}{result.row.work[1:]}", ""]
    lines += ["| | seconds | beside eventrec | processor | peak MB | runs |", "|---|---:|---:|---:|---:|---:|"]
    for name, each in result.figures.items():
        lines.append(_line(name, each, ours))
    lines += ["", "```console", *(f"{_command(run, each)}" for each in result.figures.values()), "```"]
    lines += ["", *(f"- {each.target}: {each.reached}: {MARKS[each.met]}." for each in result.verdicts)]
    told = [result.same, result.row.note, *(each.side.note for each in result.figures.values())]
    if any(told):
        lines += ["", " ".join(words for words in told if words)]
    return "\n".join(lines)


def _line(name: str, each: Measured, ours: float) -> str:
    import statistics

    if each.failure:
        return f"| {name} | {each.failure} | | | {each.megabytes:.0f} | {len(each.seconds)} |"
    processor = statistics.median(each.processor)
    cells = [_seconds(each.median), f"{shown(each.median / ours)}×", _seconds(processor), f"{each.megabytes:.0f}"]
    return f"| {name} | {' | '.join(cells)} | {len(each.seconds)} |"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _command(run: Run, each: Measured) -> str:
    words = " ".join(f'"{word}"' if " " in word else word for word in each.side.words)
    for folder, name in run.places.items():
        words = words.replace(folder, name)
    return re.sub(r"\?host=\S+", "?host=…", words)


def _bounds() -> dict[str, str]:
    """Return what was written by hand about rows that do not reach their target, by the row's key."""
    text = BOUNDS.read_text(encoding="utf-8") if BOUNDS.is_file() else ""
    parts = re.split(r"^## (\S+)\n", text, flags=re.MULTILINE)[1:]
    return {key: words.strip() for key, words in zip(parts[::2], parts[1::2], strict=True)}


def _growth(grown: Mapping[str, Sequence[Point]]) -> str:
    lines = [
        f"## {growth.PLACE[0].upper()}{growth.PLACE[1:]}",
        "",
        f"Flat: the largest number of rows takes at most {growth.FLAT:g} times what ten thousand take, and"
        f" {growth.SLACK:.0f} MB. What would take more than {growth.LIMIT:.0f} seconds (a floor or peer"
        f" {growth.PATIENCE:.0f}), or end later than {growth.MINUTES:.0f} minutes after the whole run began, is not"
        " tried with more rows. With 1,000 rows seconds are medians of three runs, beyond there is one. Where a row"
        " above is the same work with as many rows, its figures stand here. On PostgreSQL the memory is the client's.",
        "",
        "![Time beside the floor or peer](growth-ratio.svg)",
        "",
        "![Seconds](growth-seconds.svg)",
        "",
        "![Peak memory](growth-memory.svg)",
        "",
        "| work | rows | seconds | peak MB | beside | seconds | peak MB | ratio |",
        "|---|---:|---:|---:|---|---:|---:|---:|",
    ]
    lines += [_point(name, point) for name, points in grown.items() for point in points]
    bounds = _bounds()
    bad = [name for name, points in grown.items() if growth.verdict(name, list(points)).met is False]
    if bad:
        lines += ["", bounds.get("growth", "What bounds it is not written down yet.")]
    return "\n".join(lines)


def _point(name: str, point: Point) -> str:
    ours, theirs = point.ours, point.theirs
    first = f"| {name} | {point.rows:,} | {ours.failure or _seconds(ours.median)} | {ours.megabytes:.0f}"
    if theirs is None:
        return f"{first} | | | | |"
    ratio = "" if ours.failure or theirs.failure else f"{shown(ours.median / theirs.median)}×"
    second = f"{theirs.failure or _seconds(theirs.median)} | {theirs.megabytes:.0f}"
    return f"{first} | {theirs.side.name} | {second} | {ratio} |"


def charts(grown: Mapping[str, Sequence[Point]]) -> dict[str, str]:
    """Return the charts by the names of their files."""
    ratios, seconds, memory = [], [], []
    for name, points in grown.items():
        whole = [point for point in points if not point.ours.failure]
        both = [(point, point.theirs) for point in whole if point.theirs and not point.theirs.failure]
        seconds.append(Line(name, [(point.rows, point.ours.median) for point in whole]))
        if both:
            beside = f"{name} : {both[0][1].side.name}"
            ratios.append(Line(beside, [(one.rows, one.ours.median / other.median) for one, other in both]))
            theirs = [(one.rows, other.median) for one, other in both]
            seconds.append(Line(f"{both[0][1].side.name} (same colour)", theirs, dashed=True))
        memory.append(Line(name, [(point.rows, point.ours.megabytes) for point in whole]))
    rows = "rows: participations, contacts or events"
    return {
        "growth-ratio.svg": chart(
            "Time, eventrec : floor or peer", rows, "times the other's; below 1 is faster", ratios
        ),
        "growth-seconds.svg": chart("Time of the whole process", rows, "seconds; dashed: floors and peers", seconds),
        "growth-memory.svg": chart("Peak memory", rows, "megabytes", memory),
    }
