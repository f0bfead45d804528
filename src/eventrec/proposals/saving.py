"""Saves a proposal: every event of it with its parties, visits and release, all in the transaction at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from eventrec.errors import AlreadyThere, EventrecError
from eventrec.localized import Localized
from eventrec.proposals.form import about
from eventrec.proposals.offer import same
from eventrec.proposals.parties import Parties
from eventrec.proposals.standing import Standing, of_modality, of_visits
from eventrec.proposals.there import there
from eventrec.text.names import is_chinese
from eventrec.values import allow, event_fields, fields, localized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eventrec.book import Work
    from eventrec.models import Agency, Contact, Event, Project
    from eventrec.proposals.form import EventPart, Form, Part
    from eventrec.proposals.source import Source
    from eventrec.values import Asking
    from eventrec.views.references import Reference

_NOT_OPTIONS: Final = ("participants", "about", "donors", "topics")
_TWICE: Final = "To save it all the same, add --twice. Else add to that one: eventrec event edit {number} …"

_PHASES: Final = tuple(
    (str(at), roman, han, f"phase {at}", f"phase {roman}", f"第{han}期", f"第{han}阶段", f"{han}期")
    for at, (roman, han) in enumerate(
        zip(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"], "一二三四五六七八九十", strict=True), 1
    )
)
"""How the phases of a project are called: figure, Roman numeral, Chinese numeral, and with the word around them."""


@dataclass
class Saved:
    """What was added, and what was not and why, in sentences for the person."""

    events: list[Event] = field(default_factory=list)
    visits: list[Event] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def save(asking: Asking, work: Work, form: Form, *, again: bool = False, twice: bool = False) -> Saved:
    """Add all events of a proposal in the transaction at hand.

    `again` lets people come back who were forgotten, `twice` takes a release, or an event of the same title and day,
    that is in the book already. Raises Rejected and NotFound, naming the place in the file; then nothing is saved.
    """
    allow(work, again=again)
    saved = Saved(told=list(form.told))
    if form.left_open:
        saved.told.append(f"Left open in the file, and so not saved: {'; '.join(form.left_open)}.")
    _refuse_the_same_release(work, form, twice=twice)
    saving = _Saving(asking, work, saved, form.source)
    for part in form.events:
        with about(part):
            event = saving.event(part, twice=twice)
        if form.source is not None:
            from eventrec.services import source

            source.add(work.session, event.id, text=form.source.text, name=form.source.name, url=form.source.url)
    return saved


def _refuse_the_same_release(work: Work, form: Form, *, twice: bool) -> None:
    from eventrec.services.source import drafted_from

    if form.source is None or twice:
        return
    for event in drafted_from(work.session, form.source.text):
        raise AlreadyThere(
            f"This release is in the book already: event {event.id}, {event.title.both()}, was drafted from it.",
            _TWICE.format(number=event.id),
        )


class _Saving:
    """The events of one proposal on their way into the book; what they have in common is added once."""

    def __init__(self, asking: Asking, work: Work, saved: Saved, source: Source | None) -> None:
        self._asking = asking
        self._work = work
        self._source = source
        self._session = work.session
        self._main = work.reader.main_language()
        self._saved = saved
        self._parties = Parties(asking, work, saved)
        self._made: dict[str, int] = {}
        """Numbers of projects and contacts that this proposal added, by what they are called."""

    def event(self, part: EventPart, *, twice: bool) -> Event:
        from eventrec.services import event as events

        values = part.values
        self._parties.begin(part)
        fields = event_fields(self._asking, _options(values), self._main)
        self._refuse_the_same(fields, twice=twice)
        standing = Standing.of(part, fields, self._source, self._asking.today)
        if standing.status:
            fields["status"] = standing.status
        project_id = self._project(part)
        contact_id = self._contact(part.contact) if part.contact else None
        shares = [events.ProjectShare(project_id)] if project_id is not None else []
        event = events.add(self._session, projects=shares, contact_id=contact_id, **fields)
        self._saved.events.append(event)
        modality = None if "modality" in values else "not-stated"
        self._parties.take_part(event, modality)
        if part.project is None:
            self._parties.donors(event, values.get("donors", ()), modality)
        self._parties.others(
            event, values.get("participants"), approximate=values.get("about", False), modality=modality
        )
        for visit in part.visits:
            with about(visit):
                self._visit(event, visit)
        visits = [each for each in self._saved.visits if each.parent_id == event.id]
        self._saved.told += [*standing.told(event), *of_modality(part, event), *of_visits(event, visits)]
        return event

    def _refuse_the_same(self, fields: Mapping[str, Any], *, twice: bool) -> None:
        from eventrec.services.source import of_title_and_day

        there = [] if twice else of_title_and_day(self._session, fields["title"], fields.get("starts_on"))
        for event in there:
            if event not in self._saved.events:
                raise AlreadyThere(
                    f"Event {event.id} has that title and that day already: {event.title.both()}.",
                    _TWICE.format(number=event.id),
                )

    def _visit(self, event: Event, part: Part) -> None:
        from eventrec.services import event as events

        fields = event_fields(self._asking, _options(part.values), self._main)
        if fields.get("starts_on") and event.status == "held":
            fields["status"] = "held"
        visit = events.add(self._session, parent_id=event.id, **fields)
        self._saved.visits.append(visit)
        self._parties.facilitate(visit, part.values.get("facilitators", ()))

    def _project(self, event: EventPart) -> int | None:
        if event.project is None:
            return None
        with about(event.project):
            return self._project_of(event.project)

    def _project_of(self, part: Part) -> int | None:
        values = part.values
        if "known" in values:
            number = self._work.find("project", values["known"]).id
            self._tell_missing_donors(number, values.get("donors", ()))
            return number
        if not values.get("new"):
            self._saved.told.append(
                f"Project “{_called(part)}” is not in the book and was left out"
                + (f", with its donors {', '.join(donors)}" if (donors := values.get("donors")) else "")
                + (": write " if values.get("code") else ": give it a code and write ")
                + "new = true, or known = and its number."
            )
            return None
        if (by_now := self._project_by_now(part)) is not None:
            self._saved.told.append(f"“{_called(part)}” is in the book by now: project {by_now}.")
            self._tell_missing_donors(by_now.id, values.get("donors", ()))
            return by_now.id
        return self._once("project", part, lambda: self._new_project(part))

    def _project_by_now(self, part: Part) -> Reference | None:
        """Return the project that another release brought since; one of another phase is another one."""
        values = part.values
        names = _with_phase(Localized(part.names), values.get("code") or "", values.get("phase"))
        found = there(self._work, "project", names, (values.get("code"), *names.values()))
        return None if found and found.id in {each.id for each in self._saved.projects} else found

    def _tell_missing_donors(self, project_id: int, donors: Sequence[str]) -> None:
        """Tell which donors the book does not have for the project; what is recorded of it is not changed."""
        there = self._work.reader.project(project_id)
        known: Any = there["donors"]
        for name in donors:
            number = self._parties.agency_called(name)
            label = self._work.reader.agency(number)["label"] if number is not None else None
            if label not in known:
                self._saved.told.append(
                    f"The release names {name} as a donor, and project {there['code']} does not have it. If it is one:"
                    f" eventrec project edit {project_id} --donor …"
                )

    def _new_project(self, part: Part) -> int:
        from eventrec.services import project as projects

        values = part.values
        if not values.get("code"):
            raise _needs("code", 'A project needs a code, by which it is called: code = "MMSP-III".')
        donors = {name: self._parties.agency_called(name) for name in values.get("donors", ())}
        parties = [projects.Party("donor", agency_id=number) for number in donors.values() if number is not None]
        parent = self._work.find("project", values["parent"]).id if "parent" in values else None
        name = _with_phase(self._localized(part, "name"), values["code"], values.get("phase"))
        row = projects.add(
            self._session,
            code=values["code"],
            name=name,
            parties=parties,
            status="active",
            parent_id=parent,
            funding_statement=self._funding(unknown := [name for name in donors if donors[name] is None]),
        )
        self._saved.projects.append(row)
        if unknown:
            self._saved.told.append(
                f"Noted in words, since the book has no such agency: project {values['code']} is funded by"
                f" {', '.join(unknown)}. Add it, and then: eventrec project edit {row.id} --donor …"
            )
        return row.id

    def _funding(self, donors: Sequence[str]) -> Localized | None:
        """Return who pays, in words, where the book has no such agency; so it is kept as it was reported."""
        if not donors:
            return None
        listed = ", ".join(donors)
        words = f"由{listed}资助" if is_chinese(listed) else f"Funded by {listed}"
        return localized([words], "funding", self._main, 500)

    def _contact(self, part: Part) -> int | None:
        with about(part):
            if "known" in part.values:
                found = self._work.find("contact", part.values["known"])
                self._tell_another(part, "contact", found.id, found.label)
                return found.id
            if not part.values.get("new"):
                self._saved.told.append(
                    f"“{_called(part)}” is not in the book and was left out: write new = true, or known = and the"
                    " number of the person."
                )
                return None
            by_now = there(self._work, "contact", part.names, (part.values.get("email"),))
            if by_now and by_now.id not in {each.id for each in self._saved.contacts}:
                self._saved.told.append(f"“{_called(part)}” is in the book by now: contact {by_now}.")
                return by_now.id
            return self._once("contact", part, lambda: self._new_contact(part))

    def _tell_another(self, part: Part, noun: str, number: int, label: str) -> None:
        names: Any = self._work.reader.one(f"v_{noun}", noun, number)["name"]
        if part.names and not same(part.names, names):
            self._saved.told.append(f"“{_called(part)}” is {noun} {number}, {label}.")

    def _new_contact(self, part: Part) -> int:
        from eventrec.services import contact as contacts
        from eventrec.services.affiliation import Place
        from eventrec.values import points

        values = part.values
        office = values.get("office")
        agency_id = self._parties.agency_called(office) if office else None
        position = self._localized(part, "position") if values.get("position") else None
        if agency_id is None and (office or position):
            what = " and ".join(filter(None, ("the position" if position else "", f"“{office}”" if office else "")))
            self._saved.told.append(f"Kept in the note, since the book has no such agency: {what} of {_called(part)}.")
        own = self._work.reader.agency(agency_id)["country"] if agency_id is not None else None
        country = own if isinstance(own, str) else self._work.reader.setting("country")
        columns = fields({"name": _tagged(values["name"]), "honorific": values.get("honorific")}, self._main)
        if agency_id is None and (position or office):
            columns["note"] = ", ".join(filter(None, (position.both(self._main) if position else "", office)))
        reached = {name: [values[name]] for name in ("email", "phone") if name in values}
        row = contacts.add(
            self._session,
            place=Place(agency_id, position) if agency_id is not None else None,
            points_of=points(reached, country),
            **columns,
        )
        self._saved.contacts.append(row)
        return row.id

    def _once(self, noun: str, part: Part, make: Any) -> int:  # noqa: ANN401
        """Add what several events of a release have in common for the first of them."""
        key = f"{noun} {part.values.get('code') or ''} {sorted(part.names.items())}"
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _localized(self, part: Part, key: str) -> Localized:
        found = localized(_tagged(part.values[key]), key, self._main, 300)
        if found is None:
            raise _needs(key, "Give it in at least one language.")
        return found


def _options(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an event as its options would have them."""
    options = {name: value for name, value in values.items() if name not in (*_NOT_OPTIONS, "facilitators")}
    options |= {name: _tagged(value) for name, value in options.items() if isinstance(value, dict)}
    if "topics" in values:
        options["topic"] = values["topics"]
    return options


def _tagged(names: Mapping[str, str]) -> list[str]:
    return [f"{tag}={text}" if tag else text for tag, text in names.items()]


def _called(part: Part) -> str:
    return Localized(part.names).both() if part.names else str(part.values.get("code") or part.where)


def _with_phase(name: Localized, code: str, phase: str | None) -> Localized:
    """Return the name of a phase: the project's, and which phase it is where neither name nor code says it."""
    alone = re.compile(rf"(?<![A-Za-z0-9]){re.escape(phase or '')}(?![A-Za-z0-9])")
    if not phase or any(alone.search(text) for text in (code, *name.values())):
        return name
    number = next((at for at, names in enumerate(_PHASES) if phase.casefold() in names), None)
    english = f"Phase {_PHASES[number][1].upper()}" if number is not None else phase
    chinese = f"第{_PHASES[number][2]}期" if number is not None else phase
    said = {tag: f"（{chinese}）" if tag.startswith("zh") else f", {english}" for tag in name}
    return Localized({tag: f"{text}{said[tag]}" for tag, text in name.items()})


def _needs(what: str, hint: str) -> EventrecError:
    from eventrec.errors import Rejected

    return Rejected(f"There is no {what}.", hint)
