"""From places in which something is named to organisations: each once, by whichever of its names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from eventrec.draft.mentions.organisations.keys import diplomatic, is_short_for, key
from eventrec.draft.mentions.organisations.organisation import Organisation, OrganisationMention
from eventrec.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventrec.draft.gazetteer import Known
    from eventrec.draft.mentions.organisations.book import Book
    from eventrec.draft.mentions.organisations.sighting import Sighting
    from eventrec.draft.page import Page

_BETWEEN: Final = late(
    r"(?:\s*(?:\([^()]{1,40}\)|（[^（）]{1,40}）))?[\s,，、;和与及以]*"
    r"(?:(?:and|as well as|the|from|of|both|representatives|officials|experts|来自|以及)\s*){0,5}"
)
"""What stands between the names of one enumeration."""

_LONGEST_GAP: Final = 60
_MOST_LOOKED_AT: Final = 300
"""So many names are looked through for one that a short form may be of."""


@dataclass
class Cluster:
    """The sightings of one organisation."""

    sightings: list[Sighting] = field(default_factory=list)
    known: Known | None = None

    country: str | None = None
    """The country that a sighting of it says."""

    parents: set[str] = field(default_factory=set)
    """The organisations that it is said to belong to, as they are compared."""

    def add(self, sighting: Sighting) -> None:
        """Add a sighting."""
        self.sightings.append(sighting)
        self.country = self.country or sighting.country
        if sighting.parent:
            self.parents.add(key(sighting.parent))


def without_overlaps(found: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings in order, of those that share words the longest; a doubtful collective gives way."""
    kept: list[Sighting] = []
    taken: dict[int, Sighting] = {}
    for each in sorted(found, key=_worth, reverse=True):
        places = range(each.span.start, each.span.end)
        if each.span.start not in taken and each.span.end - 1 not in taken and not any(at in taken for at in places):
            kept.append(each)
            taken.update(dict.fromkeys(places, each))
    return sorted(kept, key=lambda each: each.span)


def _worth(each: Sighting) -> tuple[bool, int, int, int]:
    return each.belief >= 60, each.span.end - each.span.start, each.belief, -each.span.start


def resolved(found: Sequence[Sighting], book: Book) -> list[Cluster]:
    """Return the sightings put together, in the order of their first places."""
    clusters: list[Cluster] = []
    by_key: dict[str, list[Cluster]] = defaultdict(list)
    for each in sorted(found, key=_full_names_first):
        known = book.of_sighting(each)
        cluster = _found(each, known, by_key)
        if cluster is None:
            cluster = Cluster()
            clusters.append(cluster)
        cluster.add(each)
        cluster.known = cluster.known or known
        for one in _keys(each, known):
            if all(other is not cluster for other in by_key[one]):
                by_key[one].append(cluster)
    for cluster in clusters:
        cluster.sightings.sort(key=lambda each: each.span)
    clusters = _with_their_offices(_with_their_departments(clusters, by_key))
    return sorted(clusters, key=lambda each: each.sightings[0].span)


def _with_their_departments(clusters: Sequence[Cluster], by_key: dict[str, list[Cluster]]) -> list[Cluster]:
    """Put the “司” of a Chinese ministry to the ministry, where the release names the ministry, too."""
    gone: set[int] = set()
    for cluster in clusters:
        first = cluster.sightings[0]
        if first.head != "司" or not first.parent or cluster.known:
            continue
        whole = [each for each in by_key.get(key(first.parent), ()) if each is not cluster]
        if len(whole) == 1:
            whole[0].sightings += [replace(each, owner=first.parent) for each in cluster.sightings]
            whole[0].sightings.sort(key=lambda each: each.span)
            gone.add(id(cluster))
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _with_their_offices(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join an organisation of the book with its office there, where the release names the office: it means that one."""
    known = {cluster.known.id: cluster for cluster in clusters if cluster.known}
    gone: set[int] = set()
    for cluster in clusters:
        whole = known.get(cluster.known.parent or 0) if cluster.known else None
        if whole and any(each.owner for each in cluster.sightings):
            cluster.sightings = sorted((*cluster.sightings, *whole.sightings), key=lambda each: each.span)
            gone.add(id(whole))
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _full_names_first(each: Sighting) -> tuple[bool, bool, bool, bool, int]:
    """Let names that explain an acronym come first, short forms last; “省教育厅” leaves out which province."""
    unplaced = each.name.startswith("省")
    return each.head is None, each.owner is not None, unplaced, not (each.code or each.parent), each.span.start


def _keys(each: Sighting, known: Known | None) -> list[str]:
    """Return what the organisation of a sighting is found by."""
    if known:
        return [f"book:{known.id}"]
    name = each.owner or each.name
    keys = [key(name), *(key(other) for other in each.also if not each.owner)]
    if each.code:
        keys.append(key(each.code))
    mark = diplomatic(name)
    if mark:
        keys += [f"{mark[0]}:{mark[1]}:{mark[2]}", f"{mark[0]}:{mark[1]}"]
    if each.parent and ", " in name:
        keys.append(key(name.split(", ")[0]))
    return keys


def _found(each: Sighting, known: Known | None, by_key: dict[str, list[Cluster]]) -> Cluster | None:
    """Return the organisation that a sighting is of; None where it is a new one, or could be one of several."""
    keys = _keys(each, known)
    mark = None if known else diplomatic(each.owner or each.name)
    if mark and mark[2]:
        keys = [one for one in keys if one != f"{mark[0]}:{mark[1]}"]
    for one in keys:
        same = [cluster for cluster in by_key.get(one, ()) if _agrees(each, cluster, known)]
        if len(same) == 1:
            return same[0]
    return None if known else _by_short_form(each, by_key)


def _agrees(each: Sighting, cluster: Cluster, known: Known | None) -> bool:
    """Tell whether nothing says that a sighting is of another: its country, its whole, the book."""
    if known or cluster.known:
        return known is not None and cluster.known is not None and known.id == cluster.known.id
    if each.country and cluster.country and each.country != cluster.country:
        return False
    whole = key(each.parent) if each.parent else ""
    if not whole or not cluster.parents or whole in cluster.parents:
        return True
    return whole.startswith("省") and any(is_short_for(whole, other) for other in cluster.parents)


def _by_short_form(each: Sighting, by_key: dict[str, list[Cluster]]) -> Cluster | None:
    """Return the only organisation that a short Chinese name may be of."""
    if each.language != "zh" or each.group or each.owner:
        return None
    mine = key(each.name)
    same = [
        cluster
        for one, clusters in islice(by_key.items(), _MOST_LOOKED_AT)
        if is_short_for(mine, one)
        for cluster in clusters
        if _agrees(each, cluster, cluster.known) and not cluster.sightings[0].group
    ]
    return same[0] if len({id(cluster) for cluster in same}) == 1 else None


def organisations(page: Page, clusters: Sequence[Cluster]) -> list[Organisation]:
    """Return what is known of each, its mentions numbered by the enumeration that they stand in."""
    series = _series(page, [each for cluster in clusters for each in cluster.sightings])
    return _told_apart([_organisation(page, cluster, series) for cluster in clusters])


def _told_apart(found: list[Organisation]) -> list[Organisation]:
    """Give a ministry that is named like another the country's adjective that the text gives it."""
    names = [each.names["en"] for each in found[:_MOST_LOOKED_AT] if each.head == "ministry" and "en" in each.names]
    told = []
    for each in found:
        name = each.names.get("en", "")
        written = each.mentions[0].text
        same = sum(other == name or other.endswith(f" {name}") for other in names)
        if each.head == "ministry" and same > 1 and each.known is None and written.endswith(f" {name}"):
            told.append(replace(each, names={**each.names, "en": written}))
        else:
            told.append(each)
    return told


def _organisation(page: Page, cluster: Cluster, series: dict[int, int]) -> Organisation:
    best = max(cluster.sightings, key=lambda each: each.belief)
    known = cluster.known
    mentions = tuple(
        OrganisationMention(
            each.span,
            each.language,
            " ".join(page.of(each.span).split()),
            series.get(id(each)),
            each.name if each.owner else None,
        )
        for each in cluster.sightings
    )
    code = next((each.code for each in cluster.sightings if each.code), None)
    head = next((each.head for each in cluster.sightings if each.head and not each.owner), None)
    return Organisation(
        known.names if known else _names(cluster.sightings),
        mentions,
        code=known.code if known else code,
        known=known.id if known else None,
        group=best.group if known is None else known.kind == "group",
        country=known.country if known and known.country else cluster.country,
        why=f"is agency {known.id} of the book" if known else best.why,
        belief=99 if known else best.belief,
        head=head,
        parent=next((each.parent for each in cluster.sightings if each.parent), None),
    )


def _names(sightings: Sequence[Sighting]) -> dict[str, str]:
    """Return the best name in each language: a full one before an acronym, one without its country's before it."""
    names: dict[str, str] = {}
    for language in dict.fromkeys(each.language for each in sightings):
        own = [each for each in sightings if each.language == language]
        full = [each.name for each in own if not each.owner and each.head is not None]
        short = [each.name for each in own if not each.owner]
        whole = [each.owner for each in own if each.owner and " " in each.owner and each.language == "en"]
        owners = sorted((each.owner or each.name for each in own), key=len)[-1:]
        names[language] = _plainest(full or whole or short or owners)
    if "zh" in names and names["zh"].isascii() and "en" in names:
        del names["zh"]
    return names


def _plainest(names: Sequence[str]) -> str:
    """Return the first of the names, without the “中国” that others of them leave out."""
    keys = {key(name) for name in names}
    first = names[0]
    if key(first) != first and not first.isascii() and any(name == key(first) for name in names):
        return key(first)
    longest = max(names, key=len) if len(keys) > 1 and not first.isascii() else first
    return longest if not longest.isascii() else first


def _series(page: Page, found: Iterable[Sighting]) -> dict[int, int]:
    """Return the number of the enumeration of each sighting that stands in one."""
    ordered = sorted(found, key=lambda each: each.span)
    numbers: dict[int, int] = {}
    number = 0
    for one, other in pairwise(ordered):
        gap = page.text[one.span.end : other.span.start]
        if other.span.start - one.span.end > _LONGEST_GAP or not gap.strip() or not _BETWEEN.fullmatch(gap):
            continue
        if id(one) not in numbers:
            number += 1
            numbers[id(one)] = number
        numbers[id(other)] = numbers[id(one)]
    return numbers
