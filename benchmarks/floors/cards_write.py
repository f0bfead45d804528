"""vobject: every contact of a book as a vCard 3.0, built with its objects and serialized.

    python cards_write.py BOOK > contacts.vcf

The properties are those of `eventrec export contacts`, for the invented book.
"""

import json
import sqlite3
import sys

import vobject

SQL = """
WITH involved AS MATERIALIZED (
    SELECT DISTINCT contact_id, code FROM participation
    JOIN event_project ON event_project.event_id = participation.event_id
    JOIN project ON project.id = event_project.project_id
    WHERE contact_id IS NOT NULL AND participation.status IN ('attended', 'registered', 'confirmed')
    ORDER BY code
),
listed AS MATERIALIZED (SELECT contact_id, group_concat(code) AS codes FROM involved GROUP BY contact_id)
SELECT contact.uid, contact.name, honorific, agency.name, affiliation.position, email.value, phone.value, listed.codes,
    contact.sort_key, contact.modified_at, contact.note
FROM contact
LEFT JOIN affiliation ON affiliation.contact_id = contact.id AND is_primary
LEFT JOIN agency ON agency.id = affiliation.agency_id
LEFT JOIN contact_point AS email ON email.contact_id = contact.id AND email.kind = 'email'
LEFT JOIN contact_point AS phone ON phone.contact_id = contact.id AND phone.kind = 'phone'
LEFT JOIN listed ON listed.contact_id = contact.id
ORDER BY contact.sort_key, contact.id
"""


def both(text: str, between: str = " / ") -> str:
    return between.join(json.loads(text).values())


def main() -> None:
    book = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    for uid, name, honorific, agency, position, email, phone, codes, sort_key, moment, note in book.execute(SQL):
        card = vobject.vCard()
        card.add("prodid").value = "-//benchmark//vobject//EN"
        card.add("uid").value = uid
        full = both(name, " ")
        card.add("fn").value = full
        card.add("n").value = vobject.vcard.Name(family=full, prefix=honorific or "")
        card.add("org").value = [both(agency)]
        card.add("title").value = both(position)
        mail = card.add("email")
        mail.value, mail.type_paramlist = email, ["INTERNET", "WORK"]
        call = card.add("tel")
        call.value, call.type_paramlist = phone, ["WORK", "VOICE"]
        if codes:
            card.add("categories").value = codes.split(",")
        card.add("sort-string").value = sort_key
        card.add("rev").value = moment
        if note:
            card.add("note").value = note
        sys.stdout.write(card.serialize())


main()
