from __future__ import annotations

import json
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from tests.formats.ical import test_replies as dialects

from eventrec import imports

if TYPE_CHECKING:
    from tests.cli.conftest import Eventrec
    from tests.conftest import Result

FILE = Path("mail/event-1-contact-2-li-na.ics")
MESSAGE = FILE.with_suffix(".eml")
INVITE = ("export", "invitation", 1, "--all-participants", "-o", "mail")


@pytest.fixture
def invited(eventrec: Eventrec) -> Eventrec:
    """The small programme, with contact 2 LI Na on the list of event 1."""
    assert eventrec("contact", "edit", 2, "--email", "li.na@example.org").code == 0
    listed = eventrec("participant", "add", 1, "李娜", "--status", "invited", "--further")
    assert listed.code == 0, listed.err
    return eventrec


def entry(path: Path = FILE) -> Any:
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return event


def answer(text: str, event: Any, moment: str, said: str = "") -> bytes:
    """An answer in somebody's dialect to the invitation that was exported."""
    text = text.replace(dialects.UID, str(event["UID"])).replace("SEQUENCE:2", f"SEQUENCE:{event['SEQUENCE']}")
    text = text.replace("20241001T020304Z", moment)
    return dialects.crlf(text.replace("ACCEPTED", said) if said else text)


def as_mail(calendar: bytes, sender: str = "LI Na <li.na@example.org>") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "azaitsev@iom.int", "Re: 邀请"
    message.set_content("好的。")
    message.add_alternative(calendar.decode(), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def take(eventrec: Eventrec, content: bytes, name: str = "reply.ics", *options: str) -> Result:
    Path(name).write_bytes(content)
    return eventrec("import", name, *options)


def status(eventrec: Eventrec) -> str:
    (row,) = json.loads(eventrec("participant", "list", "--event", 1, "--contact", 2, "-f", "json").out)
    return str(row["status"])


def test_invitations_are_written_and_the_next_step_is_told(invited: Eventrec) -> None:
    result = invited(*INVITE)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        "1 invitation for event 1 in mail: 2 files new or changed.",
        "  Nothing was sent. Open each .eml in your mail program and send it.",
        "  Then take the answers in: eventrec import reply.eml",
    ]
    assert sorted(path.name for path in Path("mail").glob("[!.]*")) == [MESSAGE.name, FILE.name]
    message = BytesParser(policy=policy.default).parsebytes(MESSAGE.read_bytes())
    assert str(message["To"]) == "LI Na 李娜 <li.na@example.org>"
    calendars = [part.get_payload(decode=True) for part in message.walk() if "calendar" in part.get_content_type()]
    assert calendars == [FILE.read_bytes()]


def test_files_that_say_the_same_stay_untouched(invited: Eventrec) -> None:
    invited(*INVITE)
    before = [path.stat().st_mtime_ns for path in sorted(Path("mail").glob("[!.]*"))]
    assert "1 invitation for event 1 in mail: 0 files new or changed." in invited(*INVITE).err
    assert [path.stat().st_mtime_ns for path in sorted(Path("mail").glob("[!.]*"))] == before


@pytest.mark.parametrize("path", [FILE, MESSAGE], ids=["ics", "eml"])
def test_somebody_elses_file_is_not_overwritten(invited: Eventrec, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"mine")
    assert invited(*INVITE).code == 1
    assert path.read_bytes() == b"mine"
    assert invited(*INVITE, "--force").code == 0


def test_an_invitation_its_answers_a_move_and_a_cancellation(invited: Eventrec) -> None:
    """The whole way of a participant: asked, confirmed, asked again for the new date, and told that it is off."""
    invited(*INVITE)
    first = entry()
    assert take(invited, answer(dialects.OUTLOOK, first, "20240901T000000Z")).code == 0
    assert status(invited) == "confirmed"
    again = take(invited, answer(dialects.OUTLOOK, first, "20240901T000000Z"))
    assert "0 of 1 row saved: 0 new, 0 updated, 1 same" in again.err

    invited("event", "edit", 1, "--date", "2024-11-05")
    invited(*INVITE)
    second = entry()
    assert (first["SEQUENCE"], second["SEQUENCE"], second["UID"]) == (0, 1, first["UID"])
    assert second["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    late = take(invited, answer(dialects.APPLE, first, "20240902T000000Z"))
    assert late.code == 4
    assert "out of date (SEQUENCE 0, now 1)" in late.err
    assert status(invited) == "confirmed"
    google = as_mail(answer(dialects.GOOGLE, second, "20240903T000000Z"))
    assert take(invited, google, "reply.eml").code == 0
    assert status(invited) == "registered"
    assert take(invited, answer(dialects.APPLE, second, "20240904T000000Z")).code == 0
    assert status(invited) == "declined"
    assert take(invited, answer(dialects.OUTLOOK, second, "20240905T000000Z")).code == 0

    invited("event", "cancel", 1, "--reason", "Venue closed", "--yes")
    assert "1 cancellation for event 1 in mail: 2 files new or changed." in invited(*INVITE).err
    third = entry()
    assert (third["SEQUENCE"], third["STATUS"], third["UID"]) == (2, "CANCELLED", first["UID"])
    assert Calendar.from_ical(FILE.read_bytes())["METHOD"] == "CANCEL"
    assert "the event is cancelled" in take(invited, answer(dialects.APPLE, second, "20240906T000000Z")).err


@pytest.mark.parametrize(
    "text", [dialects.OUTLOOK, dialects.GOOGLE, dialects.APPLE], ids=["outlook", "google", "apple"]
)
@pytest.mark.parametrize("wrapped", [False, True], ids=["ics", "eml"])
def test_each_dialect_is_taken_as_a_file_and_as_a_mail(invited: Eventrec, text: str, wrapped: bool) -> None:
    invited(*INVITE)
    content = answer(text, entry(), "20240901T000000Z")
    result = take(invited, as_mail(content) if wrapped else content, "reply.eml" if wrapped else "reply.ics")
    assert (result.code, status(invited)) == (
        0, {"ACCEPTED": "confirmed", "TENTATIVE": "registered"}.get(dialects.one(text).answer, "declined"),
    )  # fmt: skip


def test_a_check_saves_nothing(invited: Eventrec) -> None:
    invited(*INVITE)
    result = take(invited, answer(dialects.OUTLOOK, entry(), "20240901T000000Z"), "reply.ics", "--check")
    assert result.code == 0
    assert "LI Na / 李娜 (contact 2), event 1: accepted, now confirmed (was invited)" in result.out
    assert status(invited) == "invited"


def test_an_answer_is_undone_like_anything_else(invited: Eventrec) -> None:
    invited(*INVITE)
    take(invited, answer(dialects.OUTLOOK, entry(), "20240901T000000Z"))
    assert invited("undo").code == 0
    assert status(invited) == "invited"


def test_a_bad_answer_takes_the_whole_file_back(invited: Eventrec) -> None:
    invited(*INVITE)
    good = answer(dialects.OUTLOOK, entry(), "20240901T000000Z")
    both = good + dialects.crlf(dialects.APPLE.replace(dialects.UID, "unknown@elsewhere.example"))
    result = take(invited, both)
    assert result.code == 4
    assert "not in this book (UID unknown@elsewhere.example)" in result.err
    assert status(invited) == "invited"
    assert take(invited, both, "reply.ics", "--skip-bad").code == 0
    assert status(invited) == "confirmed"


def test_the_own_draft_is_no_answer_but_the_event_itself(invited: Eventrec) -> None:
    invited(*INVITE)
    result = invited("import", MESSAGE, "-f", "json")
    assert result.code == 0, result.err
    assert json.loads(result.out)["kind"] == "events"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((1, "-o", "mail"), 2, "Who is to be invited?"),
        ((1, "--to", 2, "--all-participants", "-o", "mail"), 2, "Who is to be invited?"),
        ((1, "--to", 2), 2, "Where shall the messages go?"),
        ((1, "--to", "Nobody", "-o", "mail"), 3, "There is no contact “Nobody”."),
        ((9, "--to", 2, "-o", "mail"), 3, "There is no event “9”."),
        ((1, "--to", 2, "-o", "mail"), 4, "LI Na / 李娜 has no e-mail address."),
        ((1, "--to", 2, "--organizer", "nobody", "-o", "mail"), 4, "“nobody” is no e-mail address"),
        ((1, "--to", 2, "--lang", "fr", "-o", "mail"), 2, "fr"),
    ],
)
def test_what_cannot_be_written_is_told_with_its_exit_code(
    here: Eventrec, options: tuple[object, ...], code: int, words: str
) -> None:
    result = here("export", "invitation", *options)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert not Path("mail").exists()


def test_a_list_without_anybody_to_write_to_writes_nothing(here: Eventrec) -> None:
    result = here(*INVITE)
    assert result.code == 0
    assert "Nobody on the list of event 1 can be written to" in result.err
    assert not Path("mail").exists()


def test_a_file_where_the_folder_should_be_is_named(here: Eventrec) -> None:
    here("contact", "edit", 2, "--email", "li.na@example.org")
    Path("mail").write_bytes(b"mine")
    assert here("export", "invitation", 1, "--to", 2, "-o", "mail").code == 2


def test_a_shortened_reference_is_told(here: Eventrec) -> None:
    here("contact", "edit", 2, "--email", "li.na@example.org")
    assert "“LI” is contact 2, LI Na (NIA)." in here("export", "invitation", 1, "--to", "LI", "-o", "mail").err


@pytest.mark.parametrize("option", [("--as", "events"), ("--event", "1")])
def test_an_answer_needs_no_option_that_says_what_it_is(here: Eventrec, option: tuple[str, str]) -> None:
    assert take(here, dialects.crlf(dialects.OUTLOOK), "reply.ics", *option).code == 2


def test_a_mail_without_a_calendar_is_exit_4(here: Eventrec) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "li.na@example.org", "office@example.org"
    message.set_content("I come.")
    result = take(here, message.as_bytes(), "reply.eml")
    assert result.code == 4
    assert "There is no calendar in the mail" in result.err
    assert "eventrec participant edit" in result.err


def test_a_long_chain_of_mail_servers_does_not_hide_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "reply.eml"
    received = b"Received: from a.example.org by b.example.org;\r\n Tue, 1 Oct 2024 10:03:04 +0800\r\n" * 100
    path.write_bytes(received + as_mail(dialects.crlf(dialects.OUTLOOK)))
    assert imports.read(path).replies is not None


def test_the_messages_of_who_gets_none_any_more_go(eventrec: Eventrec) -> None:
    eventrec("contact", "edit", 2, "--email", "lina@example.org")
    eventrec("participant", "add", 1, "李娜", "--further", "--status", "invited")
    eventrec("export", "invitation", 1, "--all-participants", "-o", "both")
    before = sorted(path.name for path in Path("both").glob("event-1-*"))
    assert any("contact-2" in name for name in before)
    eventrec("participant", "edit", 1, "李娜", "--status", "declined")
    eventrec("participant", "add", 1, "翟安瑞", "--further", "--status", "invited")
    result = eventrec("export", "invitation", 1, "--all-participants", "--organizer", "o@example.org", "-o", "both")
    assert "declined and gets no message; --to 2 invites again." in result.err
    assert not list(Path("both").glob("event-1-contact-2-*"))
