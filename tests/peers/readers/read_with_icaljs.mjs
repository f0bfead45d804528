// Prints what ical.js reads in the files named, as JSON: events of calendars, cards of .vcf files.
// It is run in the folder where ical.js is installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICAL = createRequire(`${process.cwd()}/`)("ical.js");
ICAL.design.strict = true;

const utc = (time) => (time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString());
const every = (component, name) => component.getAllProperties(name).flatMap((property) => property.getValues());
const one = (component, name) => String(component.getFirstPropertyValue(name) ?? "");
const parameter = (property, name) => property.getParameter(name) ?? "INDIVIDUAL";

function spans(event) {
  const found = [];
  const shown = event.iterator();
  for (let start = shown.next(); start; start = shown.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(start);
    found.push([utc(startDate), utc(endDate)]);
  }
  return found;
}

function person(property) {
  return ["cn", "role", "partstat", "cutype"].map((name) => parameter(property, name));
}

function eventTold(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    status: one(component, "status"),
    sequence: event.sequence,
    categories: every(component, "categories"),
    created: one(component, "created"),
    modified: one(component, "last-modified"),
    stamp: one(component, "dtstamp"),
    url: one(component, "url"),
    geo: component.getFirstPropertyValue("geo") ?? [],
    contact: every(component, "contact"),
    parent: every(component, "related-to"),
    organizer: one(component, "organizer"),
    attendees: Object.fromEntries(
      component.getAllProperties("attendee").map((property) => [property.getFirstValue(), person(property)]),
    ),
    transparency: one(component, "transp"),
    spans: spans(event),
  };
}

// A part of N, ORG or ADR comes as a string, a value without parts as a string of its own.
const parts = (component, name) => every(component, name).map((value) => [value].flat());

function cardTold(component) {
  return {
    version: one(component, "version"),
    uid: one(component, "uid"),
    fn: one(component, "fn"),
    n: parts(component, "n"),
    org: parts(component, "org"),
    title: every(component, "title"),
    emails: every(component, "email"),
    phones: every(component, "tel"),
    addresses: every(component, "adr").map((address) => address[2]),
    urls: every(component, "url"),
    note: one(component, "note"),
    nickname: every(component, "nickname"),
    categories: every(component, "categories"),
  };
}

function calendarTold(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  return { name: one(calendar, "x-wr-calname"), events: calendar.getAllSubcomponents("vevent").map(eventTold) };
}

function cardsTold(text) {
  const found = ICAL.parse(text);
  const cards = Array.isArray(found[0]) ? found : [found];
  return cards.map((card) => cardTold(new ICAL.Component(card)));
}

const read = {};
for (const name of process.argv.slice(2)) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(name));
  read[name] = name.endsWith(".vcf") ? cardsTold(text) : calendarTold(text);
}
process.stdout.write(JSON.stringify(read));
