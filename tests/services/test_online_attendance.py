from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services import make

from eventrec.errors import Rejected, UsageError
from eventrec.formats.meeting_log import Entry
from eventrec.localized import Localized
from eventrec.models import Contact
from eventrec.services import agency as agencies
from eventrec.services import contact as contacts
from eventrec.services import participation
from eventrec.services.affiliation import Place
from eventrec.services.headcount import HeadCount
from eventrec.services.online_attendance import people, record
from eventrec.services.online_attendance.shown_names import key_of, read

if TYPE_CHECKING:
    from eventrec.book import Work
    from eventrec.models import Agency, Event, Participation
    from eventrec.services.online_attendance import OnlineResult

NINE = datetime.fromisoformat("2024-10-17 09:00")
TODAY = date(2024, 10, 18)


def entry(
    name: str = "",
    since: int | None = 0,
    until: int | None = 60,
    *,
    email: str = "",
    minutes: int | None = None,
    row: int = 1,
    agency: str = "",
) -> Entry:
    """Somebody's time in minutes after nine; `minutes` is the duration where it is not the whole of it."""
    joined, left = (None if at is None else NINE + timedelta(minutes=at) for at in (since, until))
    stated = minutes if minutes is not None else (until - since if since is not None and until is not None else 0)
    return Entry(row, name, email, joined, left, stated * 60, agency=agency)


def minutes(entries: list[Entry], meeting_seconds: int | None = None) -> list[float | None]:
    found = people(entries, meeting_seconds)
    return [None if each.seconds is None else each.seconds / 60 for each in found]


@pytest.fixture
def nia(work: Work) -> Agency:
    name = Localized({"en": "National Immigration Administration", "zh": "国家移民管理局"})
    return agencies.add(work.session, name=name, code="NIA")


@pytest.fixture
def event(work: Work) -> Event:
    return make.event(work.session, status="held", modality="hybrid")


@pytest.fixture
def li_na(work: Work, nia: Agency) -> Contact:
    return contacts.add(
        work.session,
        name=make.name("LI Na", "李娜"),
        place=Place(nia.id),
        points_of=[make.email("li.na@example.org")],
        aliases=["Nana Li"],
    )


def registered(work: Work, event: Event, contact: Contact, **fields: Any) -> Participation:
    fields = {"status": "registered"} | fields
    return participation.add(work.session, event_id=event.id, contact_id=contact.id, **fields)


def import_(work: Work, event: Event, *entries: Entry, **options: Any) -> OnlineResult:
    return record(work.session, event.id, people(entries), today=TODAY, **options)


def counted(result: OnlineResult) -> list[tuple[int | None, int]]:
    return [(each.agency_id, each.number) for each in result.unnamed]


def below(result: OnlineResult) -> list[str]:
    return [each.name for each in result.below]


def listed(work: Work, event: Event) -> list[Participation]:
    return sorted(participation.of_event(work.session, event.id), key=lambda row: row.id)


def unnamed(work: Work, event: Event) -> list[tuple[int | None, int | None]]:
    return [(row.agency_id, row.not_stated) for row in listed(work, event) if row.contact_id is None]


def test_two_devices_at_once_count_once() -> None:
    found = people([entry("Li Na", 0, 60), entry("Li Na", 30, 90)])
    assert [(each.seconds, each.share) for each in found] == [(90 * 60, 100)]


def test_times_apart_are_added() -> None:
    assert minutes([entry("Li Na", 0, 20), entry("Li Na", 40, 60)]) == [40]


def test_durations_without_times_are_added_up_to_the_whole_meeting() -> None:
    alone = [entry("Li Na", None, None, minutes=30), entry("Li Na", None, None, minutes=20)]
    assert minutes(alone, 3600) == [50]
    assert minutes(alone, 2400) == [40]


def test_a_row_for_a_person_counts_its_duration_and_not_all_from_first_to_last() -> None:
    assert minutes([entry("Li Na", 0, 120, minutes=45)]) == [45]


def test_a_duration_that_is_rounded_does_not_lengthen_the_time() -> None:
    assert minutes([entry("Li Na", 0, 60, minutes=61)]) == [60]


def test_who_was_still_there_stayed_until_the_last_one_left() -> None:
    assert minutes([entry("Li Na", 10, None), entry("Wang Wei", 0, 60)]) == [50, 60]


def test_who_was_still_there_stayed_as_long_as_the_summary_says() -> None:
    assert minutes([entry("Li Na", 0, None), entry("Wang Wei", 30, None)], 3600) == [60, 30]


def test_a_time_that_nobody_tells_is_not_known() -> None:
    assert minutes([entry("Li Na", 0, None)]) == [None]


def test_the_share_is_of_what_the_summary_says() -> None:
    assert [each.share for each in people([entry("Li Na", 0, 30)], 7200)] == [25]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)).map(sorted), min_size=1, max_size=8))
def test_nobody_is_there_longer_than_the_meeting_or_shorter_than_the_longest_time(times: list[list[int]]) -> None:
    (who,) = people([entry("Li Na", since, until) for since, until in times])
    covered = {minute for since, until in times for minute in range(since, until)}
    assert who.seconds == len(covered) * 60


def test_the_same_address_joins_two_names_and_the_same_name_a_row_without_address() -> None:
    found = people(
        [
            entry("Li Na", email="li.na@example.org"),
            entry("iPhone", email="li.na@example.org"),
            entry("li  na (Guest)"),
            entry("Wang Wei"),
        ]
    )
    assert [each.names for each in found] == [("Li Na", "iPhone", "li  na (Guest)"), ("Wang Wei",)]


def test_namesakes_with_two_addresses_stay_two() -> None:
    found = people([entry("Li Na", email="a@example.org"), entry("Li Na", email="b@example.org"), entry("Li Na")])
    assert [len(each.entries) for each in found] == [1, 1, 1]


def test_what_is_nobodys_name_is_a_person_each_and_a_number_one() -> None:
    names = ["iPhone", "iPhone", "腾讯会议用户", "Zoom user", "+86138****1234", "+86138****1234", ""]
    found = people([entry(name, row=row) for row, name in enumerate(names)])
    assert [len(each.entries) for each in found] == [1, 1, 1, 1, 2, 1]


@pytest.mark.parametrize(
    "name",
    [
        "iPhone", "iPhone 15 Pro Max", "iPad", "HUAWEI Mate 40", "HUAWEI-P50", "Redmi Note 12", "SM-G9910", "Mi 11",
        "DESKTOP-A1B2C3D", "Android", "Zoom user", "Zoom User 2", "Guest", "Guest 3", "user_12", "Unknown participant",
        "Call-In User_1", "Meeting Room 301", "腾讯会议用户", "微信用户", "用户8123", "301会议室", "访客",
        "+86138****1234", "138 1234 5678", "138xxxx1234", "", "...", "iPhone (Guest)", "ｉＰｈｏｎｅ",
    ],
)  # fmt: skip
def test_a_device_and_a_number_are_nobodys_name(name: str) -> None:
    assert key_of(name) == ""


@pytest.mark.parametrize(
    "name", ["Li Na", "李娜", "Mi Li", "Guestrow, Anna", "Jean-Pierre", "Li Na's iPhone", "用友 王伟", "A"]
)
def test_a_name_is_somebodys(name: str) -> None:
    assert key_of(name)


@pytest.mark.parametrize(
    ("shown", "name", "agency"),
    [
        ("NIA-李娜", "李娜", "NIA"),
        ("Li Na | NIA", "Li Na", "NIA"),
        ("NIA Li Na", "Li Na", "NIA"),
        ("李娜（国家移民管理局）", "李娜", "国家移民管理局"),
        ("李娜(国家移民管理局李娜)", "李娜", "国家移民管理局"),
        ("国家移民管理局 李娜", "李娜", "国家移民管理局"),
        ("Li Na (NIA-Li Na)", "Li Na", "NIA"),
        ("Jean-Pierre Dupont @ IOM", "Jean-Pierre Dupont", "IOM"),
        ("iPhone (Li Na)", "Li Na", ""),
        ("李娜的iPhone", "李娜", ""),
        ("Li Na’s iPad", "Li Na", ""),
        ("Li Na (Guest)", "Li Na", ""),
    ],
)
def test_a_display_name_is_read_in_every_way(shown: str, name: str, agency: str) -> None:
    found = read(shown)
    assert name in found.names
    assert not agency or agency in found.agencies


def test_a_surname_in_capitals_is_no_agency() -> None:
    assert "LI" not in read("LI Na").agencies


def test_an_overlong_name_is_read_in_no_time() -> None:
    assert read("mi" + "1" * 100_000 + "!" + "国" * 100_000).names
    assert key_of("iphone" + "1" * 100_000 + "!")


def test_who_is_on_the_list_by_name_becomes_attended_online(work: Work, event: Event, li_na: Contact) -> None:
    row = registered(work, event, li_na, source="registration")
    result = import_(work, event, entry("李娜"))
    assert (row.status, row.modality, row.source) == ("attended", "online", "online-log")
    assert (result.new, result.updated, result.same, result.rows) == (0, 1, 0, 1)


def test_becoming_attended_keeps_who_somebody_was(work: Work, event: Event, nia: Agency, li_na: Contact) -> None:
    row = registered(work, event, li_na)
    import_(work, event, entry("LI Na"))
    assert (row.agency_id, row.agency_name) == (nia.id, nia.name)


@pytest.mark.parametrize("name", ["li na", "李娜", "Nana Li", "NIA-李娜", "iPhone (Li Na)", "Li Na (Guest)"])
def test_a_name_on_the_list_matches_exactly_in_any_language_and_as_alias(
    work: Work, event: Event, li_na: Contact, name: str
) -> None:
    row = registered(work, event, li_na)
    result = import_(work, event, entry(name))
    assert [(each.contact_id, each.row_id, each.action) for each in result.matched] == [(li_na.id, row.id, "updated")]


@pytest.mark.parametrize("name", ["Na Li", "Li N", "Li Nah", "李 娜"])
def test_a_near_name_is_counted_without_a_name_and_told(work: Work, event: Event, li_na: Contact, name: str) -> None:
    registered(work, event, li_na)
    result = import_(work, event, entry(name))
    assert (result.matched, counted(result), result.unmatched) == ([], [(None, 1)], [name])
    assert f"Counted without a name: {name}." in result.told


def test_a_name_of_somebody_not_on_the_list_is_not_enough(work: Work, event: Event, li_na: Contact) -> None:
    assert li_na.id
    assert counted(import_(work, event, entry("Li Na"))) == [(None, 1)]


def test_the_address_puts_a_known_contact_on_the_list(work: Work, event: Event, nia: Agency, li_na: Contact) -> None:
    result = import_(work, event, entry("iPhone", email="li.na@example.org"))
    (row,) = listed(work, event)
    assert (row.contact_id, row.agency_id) == (li_na.id, nia.id)
    assert (row.status, row.modality, row.source, row.role) == ("attended", "online", "online-log", "participant")
    assert (result.new, result.told) == (1, [])


def test_the_address_of_a_contact_with_another_name_is_told(work: Work, event: Event, li_na: Contact) -> None:
    result = import_(work, event, entry("Wang Wei", email="li.na@example.org"))
    assert result.matched[0].reason == "same e-mail, another name"
    assert result.told == [
        f"“Wang Wei” has the e-mail address of contact {li_na.id}, LI Na / 李娜, and counts as that person."
    ]


@pytest.mark.parametrize(
    "name",
    [
        "NIA-李娜",
        "李娜（国家移民管理局）",
        "Li Na | NIA",
        "国家移民管理局李娜",
        "National Immigration Administration/Li Na",
    ],
)
def test_name_and_agency_put_a_known_contact_on_the_list(work: Work, event: Event, li_na: Contact, name: str) -> None:
    result = import_(work, event, entry(name))
    assert [(each.contact_id, each.reason) for each in result.matched] == [(li_na.id, "same name and agency")]


def test_the_agency_that_the_report_prints_counts_as_said(work: Work, event: Event, li_na: Contact) -> None:
    result = import_(work, event, entry("李娜", agency="国家移民管理局"))
    assert [each.contact_id for each in result.matched] == [li_na.id]


def test_a_namesake_of_another_agency_is_not_taken_for_somebody_on_the_list(
    work: Work, event: Event, li_na: Contact
) -> None:
    other = make.agency(work.session, "MFA")
    row = registered(work, event, li_na)
    result = import_(work, event, entry("MFA-李娜"))
    assert (row.status, counted(result)) == ("registered", [(other.id, 1)])


def test_the_agency_tells_two_namesakes_on_the_list_apart(work: Work, event: Event, li_na: Contact) -> None:
    mfa = make.agency(work.session, "MFA")
    other = make.contact(work.session, "Li Na", mfa.id)
    registered(work, event, li_na)
    registered(work, event, other)
    assert [each.contact_id for each in import_(work, event, entry("MFA-Li Na")).matched] == [other.id]


def test_two_namesakes_on_the_list_are_not_guessed_between(work: Work, event: Event, li_na: Contact) -> None:
    other = make.contact(work.session, "Li Na")
    registered(work, event, li_na)
    registered(work, event, other)
    result = import_(work, event, entry("Li Na"))
    assert counted(result) == [(None, 1)]
    assert f"Li Na may be one of the contacts {li_na.id}, {other.id}, and is counted without a name." in result.told


def test_an_address_of_two_contacts_is_settled_by_the_name(work: Work, event: Event, li_na: Contact) -> None:
    make.contact(work.session, "Wang Wei", points_of=[make.email("li.na@example.org")])
    shown, nobody = entry("Li Na", email="li.na@example.org"), entry("iPhone", email="li.na@example.org")
    assert [each.contact_id for each in import_(work, event, shown).matched] == [li_na.id]
    assert import_(work, event, nobody).matched == []


def test_whoever_attended_in_person_stays_so_and_is_told(work: Work, event: Event, li_na: Contact) -> None:
    row = registered(work, event, li_na, status="attended", modality="in-person", source="sign-in-sheet")
    result = import_(work, event, entry("Li Na"))
    assert (row.modality, row.source, result.same) == ("in-person", "sign-in-sheet", 1)
    assert result.told == [f"LI Na / 李娜 had attended in person (row {row.id}) and stays so."]


def test_each_role_of_a_person_becomes_attended(work: Work, event: Event, li_na: Contact) -> None:
    both = [registered(work, event, li_na, role=role) for role in ("speaker", "participant")]
    assert import_(work, event, entry("Li Na")).updated == 1
    assert {row.status for row in both} == {"attended"}


def test_a_person_with_two_names_in_the_report_counts_once(work: Work, event: Event, li_na: Contact) -> None:
    registered(work, event, li_na)
    result = import_(work, event, entry("Li Na", 0, 20), entry("李娜", 20, 40), minimum_minutes=30)
    assert (len(result.matched), below(result)) == (1, [])


def test_the_rest_is_counted_by_agency_and_else_for_nobody(work: Work, event: Event, nia: Agency) -> None:
    result = import_(work, event, entry("NIA-王伟"), entry("NIA 张敏"), entry("Anna Schmidt"), entry("iPhone"))
    assert unnamed(work, event) == [(nia.id, 2), (None, 2)]
    assert counted(result) == [(nia.id, 2), (None, 2)]
    row = listed(work, event)[0]
    assert (row.women, row.men, row.other) == (0, 0, 0)
    assert (row.role, row.status, row.modality, row.source) == ("participant", "attended", "online", "online-log")


@pytest.mark.parametrize("website", ["https://www.agency.example/home", "agency.example"])
def test_the_domain_of_an_agencys_website_tells_the_agency(work: Work, event: Event, website: str) -> None:
    mfa = make.agency(work.session, "MFA", website=website)
    assert counted(import_(work, event, entry("Wang Wei", email="wang@agency.example"))) == [(mfa.id, 1)]


def test_the_domain_of_an_agencys_own_address_tells_the_agency(work: Work, event: Event) -> None:
    mfa = make.agency(work.session, "MFA", points_of=[make.email("office@agency.example")])
    assert counted(import_(work, event, entry("Wang Wei", email="wang@agency.example"))) == [(mfa.id, 1)]


def test_the_domain_of_one_agencys_people_tells_the_agency(
    work: Work, event: Event, nia: Agency, li_na: Contact
) -> None:
    assert li_na.id
    assert counted(import_(work, event, entry("Wang Wei", email="wang@example.org"))) == [(nia.id, 1)]


def test_a_domain_that_two_agencies_share_tells_none(work: Work, event: Event, li_na: Contact) -> None:
    mfa = make.agency(work.session, "MFA")
    make.contact(work.session, "Wang Wei", mfa.id, points_of=[make.email("wang@example.org")])
    assert li_na.id
    assert counted(import_(work, event, entry("Zhang Min", email="zhang@example.org"))) == [(None, 1)]


@pytest.mark.parametrize("domain", ["gmail.com", "qq.com", "163.com", "vip.sina.com", "yahoo.co.uk", "outlook.fr"])
def test_a_public_mail_domain_tells_no_agency(work: Work, event: Event, nia: Agency, domain: str) -> None:
    make.contact(work.session, "Zhang Min", nia.id, points_of=[make.email(f"zhang@{domain}")])
    assert counted(import_(work, event, entry("Wang Wei", email=f"wang@{domain}"))) == [(None, 1)]


def test_an_affiliation_that_ended_before_the_event_does_not_count(
    work: Work, event: Event, nia: Agency, li_na: Contact
) -> None:
    mfa = make.agency(work.session, "MFA")
    contacts.edit(work.session, li_na.id, {}, place=Place(mfa.id, starts_on=date(2024, 1, 1)))
    assert counted(import_(work, event, entry("NIA-李娜"))) == [(nia.id, 1)]
    assert [each.contact_id for each in import_(work, event, entry("MFA-李娜")).matched] == [li_na.id]


def test_the_same_report_again_changes_nothing(work: Work, event: Event, li_na: Contact) -> None:
    report = [entry("李娜", email="li.na@example.org"), entry("NIA-王伟"), entry("iPhone")]
    import_(work, event, *report)
    before = [(row.id, row.version) for row in listed(work, event)]
    again = import_(work, event, *report)
    assert (again.new, again.updated, again.same) == (0, 0, 3)
    assert [(row.id, row.version) for row in listed(work, event)] == before
    assert [each.contact_id for each in again.matched] == [li_na.id]


def test_another_report_sets_the_number_and_does_not_add(work: Work, event: Event) -> None:
    import_(work, event, entry("Wang Wei"), entry("Zhang Min"))
    result = import_(work, event, entry("Wang Wei"), entry("Zhang Min"), entry("Anna Schmidt"))
    assert (unnamed(work, event), result.updated) == ([(None, 3)], 1)


def test_a_number_that_was_split_by_sex_since_stays_split(work: Work, event: Event) -> None:
    import_(work, event, entry("Wang Wei"), entry("Zhang Min"))
    (row,) = listed(work, event)
    participation.edit(work.session, event.id, [row.id], {}, counts=HeadCount(women=1, men=1))
    assert import_(work, event, entry("Wang Wei"), entry("Zhang Min")).same == 1
    assert (row.women, row.men, row.not_stated) == (1, 1, 0)


def test_a_number_from_another_source_is_left_and_told(work: Work, event: Event, nia: Agency) -> None:
    row = participation.add(
        work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(not_stated=9), modality="online",
        source="estimate",
    )  # fmt: skip
    result = import_(work, event, entry("NIA-王伟"))
    assert (row.not_stated, row.source) == (9, "estimate")
    assert f"NIA has 9 not stated online already (row {row.id}); the report has 1." in " ".join(result.told)


def test_a_delegation_that_nobody_counted_gets_the_number(work: Work, event: Event, nia: Agency) -> None:
    row = participation.add(work.session, event_id=event.id, agency_id=nia.id, modality="online")
    import_(work, event, entry("NIA-王伟"))
    assert (row.not_stated, row.source) == (1, "online-log")


def test_a_registered_head_count_that_may_be_the_same_people_is_told(work: Work, event: Event, nia: Agency) -> None:
    participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(women=4), status="registered")
    told = import_(work, event, entry("NIA-王伟")).told
    assert "NIA also has 4 women registered (row 1); they may be the same people." in told


def test_a_number_of_an_earlier_report_that_is_not_in_this_one_is_told(work: Work, event: Event, nia: Agency) -> None:
    import_(work, event, entry("NIA-王伟"))
    result = import_(work, event, entry("Anna Schmidt"))
    assert "Row 1 (1 not stated) is of another report and stays." in result.told
    assert unnamed(work, event) == [(nia.id, 1), (None, 1)]


def test_a_contact_new_to_the_list_whose_delegation_has_a_head_count_is_asked_about(
    work: Work, event: Event, nia: Agency, li_na: Contact
) -> None:
    row = participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(not_stated=4))
    shown = entry("Li Na", email="li.na@example.org")
    result = import_(work, event, shown)
    assert result.undecided == [
        "LI Na / 李娜 was online and is new to the list, while NIA has a head-count in event 1 (4 not stated)."
    ]
    assert (row.not_stated, len(listed(work, event)), li_na.id) == (4, 2, 1)


def test_a_contact_within_the_head_count_is_taken_off_it(work: Work, event: Event, nia: Agency, li_na: Contact) -> None:
    row = participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(not_stated=4))
    result = import_(work, event, entry("Li Na", email="li.na@example.org"), from_headcount=True)
    assert (row.not_stated, len(listed(work, event)), result.undecided) == (3, 2, [])
    assert li_na.id


def test_a_contact_may_come_on_top_of_the_head_count(work: Work, event: Event, nia: Agency, li_na: Contact) -> None:
    row = participation.add(work.session, event_id=event.id, agency_id=nia.id, counts=HeadCount(not_stated=4))
    import_(work, event, entry("Li Na", email="li.na@example.org"), from_headcount=False)
    assert (row.not_stated, len(listed(work, event))) == (4, 2)
    assert li_na.id


def test_our_own_number_of_people_online_asks_nothing(work: Work, event: Event, nia: Agency, li_na: Contact) -> None:
    import_(work, event, entry("NIA-王伟"))
    import_(work, event, entry("NIA-王伟"), entry("Li Na", email="li.na@example.org"))
    assert [(row.contact_id, row.not_stated) for row in listed(work, event)] == [(None, 1), (li_na.id, None)]
    assert nia.id


def test_who_was_there_for_too_short_a_time_is_left_out_and_named(work: Work, event: Event, li_na: Contact) -> None:
    row = registered(work, event, li_na)
    result = import_(work, event, entry("Li Na", 0, 29), entry("Wang Wei", 0, 30), minimum_minutes=30)
    assert (below(result), row.status, counted(result)) == (["Li Na"], "registered", [(None, 1)])


def test_a_share_of_the_meeting_is_a_minimum_too(work: Work, event: Event) -> None:
    result = import_(work, event, entry("Li Na", 0, 49), entry("Wang Wei", 0, 100), minimum_share=50)
    assert (below(result), counted(result)) == (["Li Na"], [(None, 1)])


def test_a_time_that_is_not_known_is_enough_and_told(work: Work, event: Event) -> None:
    result = import_(work, event, entry("Li Na", 0, None), minimum_minutes=30)
    assert counted(result) == [(None, 1)]
    assert "The report does not say how long Li Na was there." in result.told


def test_two_minimums_are_one_too_many(work: Work, event: Event) -> None:
    with pytest.raises(UsageError, match="There can be one minimum"):
        import_(work, event, minimum_minutes=30, minimum_share=50)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"status": "cancelled"}, "was cancelled"),
        ({"status": "postponed"}, "was postponed"),
        ({"day": date(2024, 10, 19)}, "in the future"),
        ({"day": None}, "has no date yet"),
    ],
)
def test_nobody_attends_what_cannot_have_taken_place(work: Work, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(Rejected, match=message):
        import_(work, make.event(work.session, **fields), entry("Li Na"))


def test_an_event_that_is_not_marked_held_is_said(work: Work, event: Event) -> None:
    assert import_(work, event, entry("Li Na")).held
    assert not import_(work, make.event(work.session, "Training"), entry("Li Na")).held


def test_a_report_of_another_day_is_told(work: Work) -> None:
    event = make.event(work.session, day=date(2024, 10, 10))
    told = import_(work, event, entry("Li Na")).told
    assert told[0].startswith("The report is of 2024-10-17, the event on 2024-10-10.")


def test_no_contact_is_ever_made(work: Work, event: Event) -> None:
    import_(work, event, entry("Wang Wei", email="wang@example.org"), entry("NIA-王伟"))
    assert work.session.query(Contact).count() == 0
