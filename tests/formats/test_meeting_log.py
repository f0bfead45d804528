from __future__ import annotations

import csv
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrec.formats import sheets
from eventrec.formats.meeting_log import Entry, LogProblem, entries, recognise
from eventrec.formats.meeting_log.moments import duration, moment, order_of

if TYPE_CHECKING:
    from pathlib import Path

    from eventrec.formats.sheets import Row


def at(hours: str) -> datetime:
    return datetime.fromisoformat(f"2024-10-17 {hours}")


ZOOM = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
81234567890,Workshop on returns,10/17/2024 08:50:11 AM,10/17/2024 11:02:40 AM,host@example.org,133,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Li Na (NIA-Li Na),li.na@example.org,10/17/2024 09:01:22 AM,10/17/2024 10:01:22 AM,61,No,Y,No
Li Na (NIA-Li Na),li.na@example.org,10/17/2024 08:58:00 AM,10/17/2024 09:01:00 AM,4,No,,Yes
Wang Wei,,10/17/2024 09:30:00 AM,10/17/2024 10:00:00 AM,30,Yes,,No
"""
TEAMS = """\
1. Summary
Meeting title\tWorkshop
Attended participants\t2
Start time\t10/17/24, 9:00:00 AM
End time\t10/17/24, 11:00:30 AM
Meeting duration\t2h 30s
Average attendance time\t55m 13s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ana Silva\t10/17/24, 9:00:05 AM\t10/17/24, 11:00:00 AM\t1h 1m 55s\tana@example.org\tana@example.org\tOrganizer
Li Na\t10/17/24, 9:05:00 AM\t10/17/24, 10:00:00 AM\t55m\t\tli.na_example.com#EXT#@contoso.onmicrosoft.com\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ana Silva\t10/17/24, 9:00:05 AM\t9:30:00 AM\t29m 55s\tana@example.org\tOrganizer
Ana Silva\t10/17/24, 10:28:00 AM\t10/17/24, 11:00:00 AM\t32m\tana@example.org\tOrganizer
"""
ACTIONS = """\
Full Name\tUser Action\tTimestamp
Ana Silva\tJoined before\t10/17/2024, 9:00:00 AM
Li Na\tJoined\t10/17/2024, 9:05:00 AM
Li Na\tLeft\t10/17/2024, 9:15:00 AM
Li Na\tJoined\t10/17/2024, 9:20:00 AM
Li Na\tLeft\t10/17/2024, 10:00:00 AM
"""
WEBINAR = """\
Attendee Report
Report Generated:,"Oct 18, 2024 8:50 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers
Returns,328-972-509,"Oct 17, 2024 9:00 AM",120,3,0,2
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
Yes,Chen Jie,chen@example.org,"Oct 17, 2024 08:55:00","Oct 17, 2024 11:00:00",125,China
Panelist Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
Yes,Ana Silva,ana@example.org,"Oct 17, 2024 09:00:00","Oct 17, 2024 10:00:00",60,Portugal
Attendee Details,
Attended,User Name (Original Name),Last Name,Email,Registration Time,Join Time,Leave Time,Time in Session (minutes)
Yes,Li Na,Li,li.na@example.org,"Oct 1, 2024 09:00:00","Oct 17, 2024 09:10:00","Oct 17, 2024 10:00:00",50
No,Wang Wei,Wang,wang@example.org,"Oct 1, 2024 09:00:00",--,--,--
"""
TENCENT: list[Row] = [
    ("会议主题:", "遣返研讨会"),
    ("会议号:", "123-456-789"),
    ("会议创建者:", "陈洁"),
    ("预定开始时间:", "2024-10-17 09:00:00"),
    ("预定结束时间:", "2024-10-17 11:00:00"),
    ("累计会议时长:", "02:05:00"),
    ("参会用户总数:", "2"),
    (),
    ("用户昵称（入会昵称）", "首次入会时间", "最后退会时间", "入会次数", "累计参会时长", "身份", "企业/部门"),
    ("李娜(国家移民管理局李娜)", "2024-10-17 09:00:00", "2024-10-17 11:00:00", "2", "0:45:10", "普通参会者", "NIA"),
    ("王伟(王伟)", at("09:00:00"), at("10:00:00"), 1, time(1, 0), "主持人"),
    ("注：时长为累计时长",),
]


def rows(text: str, delimiter: str = ",") -> list[Row]:
    return [tuple(cell or None for cell in row) for row in csv.reader(text.splitlines(), delimiter=delimiter)]


def read(found: list[Row], day: date | None = None) -> list[Entry | LogProblem]:
    layout = recognise(found[:60])
    assert layout is not None
    return list(entries(found, layout, day))


def taken(found: list[Row], day: date | None = None) -> list[Entry]:
    return [entry for entry in read(found, day) if isinstance(entry, Entry)]


def one_row(heading: str, *cells: object) -> list[Row]:
    return [tuple(heading.split(",")), tuple(cells)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("report", "platform"),
    [
        (rows(ZOOM), "zoom"),
        (rows(WEBINAR), "zoom"),
        (rows(TEAMS, "\t"), "teams"),
        (rows(ACTIONS, "\t"), "teams"),
        (TENCENT, "tencent"),
    ],
)
def test_a_report_is_recognised_by_its_headings(report: list[Row], platform: str) -> None:
    layout = recognise(report)
    assert layout is not None
    assert layout.platform == platform


@pytest.mark.parametrize(
    ("headings", "platform"),
    [
        ("Name (Original Name),User Email,Total Duration (Minutes),Guest", "zoom"),
        ("Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room", "zoom"),
        ("Name,User Email,Join Time,Leave Time,Duration(Minutes)", "zoom"),
        ("\ufeffName (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)", "zoom"),
        ("名称（原始名称）,用户电子邮件,加入时间,离开时间,持续时间（分钟）,访客", "zoom"),
        ("名称（原始名称）,用户电子邮件,总持续时间（分钟）,访客", "zoom"),
        ("Full Name,Join Time,Leave Time,Duration,Email,Role,Participant ID (UPN)", "teams"),
        ("姓名,首次加入时间,最后一次离开时间,会议中持续时间,电子邮件,参与者 ID (UPN),角色", "teams"),
        ("名称,首次加入,上次离开,会议持续时间,电子邮件,角色", "teams"),
        ("成员,入会时间,退会时间,参会时长(分钟)", "tencent"),
        ("参会者,企业,入会时间,退会时间,累计时长", "tencent"),
        ("Nickname,Join time,Leave time,Duration", "tencent"),
        ("用户昵称（入会昵称）,入会时间(GMT+08:00),退会时间(GMT+08:00)", "tencent"),
    ],
)
def test_other_headings_of_the_same_platforms_are_known(headings: str, platform: str) -> None:
    layout = recognise([tuple(headings.split(","))])
    assert layout is not None
    assert (layout.platform, layout.head_row) == (platform, 0)


@pytest.mark.parametrize(
    "headings",
    [
        "Name,Agency,Position,Email,Phone",
        "姓名,单位,职务,邮箱,入会时间",
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants",
        "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants",
        "Name,Duration",
        "",
    ],
)
def test_another_sheet_is_no_attendance_report(headings: str) -> None:
    assert recognise([tuple(headings.split(","))]) is None


def test_a_zoom_report_gives_each_time_and_leaves_out_the_waiting_room() -> None:
    assert taken(rows(ZOOM)) == [
        Entry(
            5,
            "Li Na (NIA-Li Na)",
            "li.na@example.org",
            at("09:01:22"),
            at("10:01:22"),
            61 * 60,
            guest=False,
        ),
        Entry(7, "Wang Wei", "", at("09:30:00"), at("10:00:00"), 30 * 60, guest=True),
    ]


@pytest.mark.parametrize(
    ("report", "seconds"),
    [
        (rows(ZOOM), 133 * 60),
        (rows(WEBINAR), 120 * 60),
        (rows(TEAMS, "\t"), 7230),
        (TENCENT, 7500),
        (rows(ACTIONS, "\t"), None),
        (rows(TEAMS.replace("Meeting duration\t2h 30s\n", ""), "\t"), 7230),
    ],
)
def test_the_length_of_the_meeting_is_what_the_summary_says(report: list[Row], seconds: int | None) -> None:
    layout = recognise(report)
    assert layout is not None
    assert layout.seconds == seconds


def test_who_only_registered_for_a_webinar_was_not_there() -> None:
    found = taken(rows(WEBINAR))
    assert [(entry.name, entry.role, entry.seconds) for entry in found] == [
        ("Chen Jie", "Host Details", 125 * 60),
        ("Ana Silva", "Panelist Details", 60 * 60),
        ("Li Na", "Attendee Details", 50 * 60),
    ]
    assert found[2].email == "li.na@example.org"


def test_a_teams_report_gives_each_time_where_it_lists_them_and_else_the_person() -> None:
    assert [(entry.name, entry.joined, entry.seconds) for entry in taken(rows(TEAMS, "\t"))] == [
        ("Li Na", at("09:05:00"), 55 * 60),
        ("Ana Silva", at("09:00:05"), 29 * 60 + 55),
        ("Ana Silva", at("10:28:00"), 32 * 60),
    ]


def test_hours_alone_are_of_the_day_of_joining() -> None:
    second = taken(rows(TEAMS, "\t"))[1]
    assert second.left == at("09:30:00")


def test_the_account_of_a_guest_in_teams_tells_the_address() -> None:
    assert taken(rows(TEAMS, "\t"))[0].email == "li.na@example.com"


def test_joining_and_leaving_are_paired_and_who_stayed_has_no_end() -> None:
    found = taken(rows(ACTIONS, "\t"))
    assert [(entry.name, entry.left and entry.left.time(), entry.seconds) for entry in found] == [
        ("Ana Silva", None, 0),
        ("Li Na", time(9, 15), 600),
        ("Li Na", time(10, 0), 2400),
    ]


def test_a_second_device_that_leaves_later_lengthens_the_stay() -> None:
    text = "Full Name\tUser Action\tTimestamp\n" + "".join(
        f"Li Na\t{action}\t10/17/2024, {at} AM\n"
        for action, at in [("Joined", "9:00:00"), ("Joined", "9:05:00"), ("Left", "9:30:00"), ("Left", "10:00:00")]
    )
    assert [entry.seconds for entry in taken(rows(text, "\t"))] == [3600]


def test_leaving_without_joining_is_a_problem() -> None:
    text = "Full Name\tUser Action\tTimestamp\nLi Na\tLeft\t10/17/2024, 9:00:00 AM\n"
    assert read(rows(text, "\t")) == [LogProblem(2, "User Action", "It does not say when Li Na joined.")]


def test_the_chinese_report_of_joining_and_leaving_is_read() -> None:
    text = "全名\t用户操作\t时间戳\n李娜\t已加入\t2024/10/17 上午9:00:00\n李娜\t已离开\t2024/10/17 下午1:00:00\n"
    assert [(entry.name, entry.seconds) for entry in taken(rows(text, "\t"))] == [("李娜", 4 * 3600)]


def test_a_report_of_tencent_meeting_is_read_with_company_and_role() -> None:
    first, second = taken(TENCENT)
    assert (first.name, first.agency, first.role, first.seconds) == (
        "李娜(国家移民管理局李娜)",
        "NIA",
        "普通参会者",
        45 * 60 + 10,
    )
    assert (second.joined, second.seconds) == (at("09:00:00"), 3600)


def test_a_sheet_with_each_time_is_told_from_one_with_each_person() -> None:
    times = recognise([("用户昵称（入会昵称）", "入会时间", "退会时间")])
    people = recognise(TENCENT)
    assert times is not None
    assert people is not None
    assert (times.detailed, people.detailed) == (True, False)


def test_a_remark_and_a_total_are_nobody() -> None:
    assert [entry.name for entry in taken([*TENCENT, ("合计", None, None, 3, "2:00:00")])] == [
        "李娜(国家移民管理局李娜)",
        "王伟(王伟)",
    ]


def test_a_utf_16_file_from_teams_is_read_as_downloaded(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(TEAMS.replace("\n", "\r\n").encode("utf-16"))
    (sheet,) = sheets.read(path).sheets
    assert len(taken(list(sheet.rows))) == 3


ROW = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("Li Na", None, None, None, None), LogProblem(2, "", "There is neither a time nor a duration.")),
        (
            ("Li Na", None, "soon", None, 5),
            LogProblem(2, "Join Time", "“soon” is not understood as a date with hours."),
        ),
        (
            ("Li Na", None, "2024-10-17 09:00", "2024-10-17 25:00", 5),
            LogProblem(2, "Leave Time", "“2024-10-17 25:00” is not understood as a date with hours."),
        ),
        (
            ("Li Na", None, "2024-10-17 09:00", "2024-10-17 08:00", 5),
            LogProblem(2, "Leave Time", "2024-10-17 08:00:00 is before 2024-10-17 09:00:00, when the person joined."),
        ),
        (
            ("Li Na", None, None, None, "12:30"),
            LogProblem(2, "Duration (Minutes)", "“12:30” is not understood as a duration."),
        ),
    ],
)
def test_a_row_that_cannot_be_taken_names_its_column(cells: tuple[object, ...], problem: LogProblem) -> None:
    assert read(one_row(ROW, *cells)) == [problem]


def test_a_row_with_nothing_but_a_name_does_not_hide_those_below() -> None:
    found = [*one_row(ROW, "3. Li Na"), ("Wang Wei", None, None, None, 30)]
    assert [type(entry) for entry in read(found)] == [LogProblem, Entry]


@pytest.mark.parametrize(
    "text",
    [
        "2024-10-17 09:01:22",
        "2024-10-17T09:01:22Z",
        "2024-10-17T09:01:22.123+08:00",
        "2024/10/17 9:01:22",
        "2024-10-17 09:01:22(GMT+08:00)",
        "2024-10-17 09:01:22 UTC",
        "10/17/2024 09:01:22 AM",
        "10/17/24, 9:01:22\u202fAM",
        "17/10/2024, 09:01:22",
        "17.10.2024, 09:01:22",
        "17/10/2024 9:01:22 am",
        "2024年10月17日 09:01:22",
        "2024年10月17日 上午9:01:22",
        "2024年10月17日9时01分22秒",
        "Oct 17, 2024 09:01:22",
        "October 17, 2024 9:01:22 AM",
        "17 Oct 2024 09:01:22",
        "２０２４-10-17 09:01:22",
    ],
)
def test_a_moment_is_read_as_it_is_printed_in_many_countries(text: str) -> None:
    assert moment(text, order_of([text])) == at("09:01:22")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12:05:00 AM", time(0, 5)),
        ("12:05:00 PM", time(12, 5)),
        ("下午12:05", time(12, 5)),
        ("下午1:05", time(13, 5)),
        ("凌晨12:05", time(0, 5)),
        ("晚上8:05", time(20, 5)),
    ],
)
def test_parts_of_the_day_are_understood(text: str, expected: time) -> None:
    assert moment(f"2024-10-17 {text}", "month first") == datetime.combine(date(2024, 10, 17), expected)


def test_a_serial_number_of_excel_is_a_moment() -> None:
    assert moment(45582.375, "month first") == at("09:00:00")


@pytest.mark.parametrize(
    "value",
    ["2024-10-17", date(2024, 10, 17), "2024-02-30 09:00", "9 o'clock", True, None, 12, float("nan"), float("inf")],
)
def test_what_is_no_moment_is_not_guessed(value: sheets.CellValue) -> None:
    assert moment(value, "month first") is None


@pytest.mark.parametrize(
    ("texts", "day", "order"),
    [
        (["10/11/2024 9:00", "10/13/2024 9:00"], None, "month first"),
        (["10/11/2024 9:00", "13/11/2024 9:00"], None, "day first"),
        (["10/11/2024 9:00 AM"], None, "month first"),
        (["10/11/2024 9:00 AM"], date(2024, 11, 10), "day first"),
        (["10/11/2024 9:00"], date(2024, 11, 10), "day first"),
        (["10/11/2024 9:00"], date(2024, 10, 11), "month first"),
        (["10.11.2024 9:00"], None, "day first"),
        (["10/11/2024 23:00", "11/11/2024 01:00"], None, "day first"),
        (["10/11/2024 23:00", "10/12/2024 01:00"], None, "month first"),
    ],
)
def test_the_whole_report_tells_the_order_of_day_and_month(texts: list[str], day: date | None, order: str) -> None:
    assert order_of(texts, day) == order


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (62, 3720),
        (62.0, 3720),
        ("62", 3720),
        ("1,062", 63720),
        ("62 min", 3720),
        ("62 mins", 3720),
        ("1:02:03", 3723),
        ("00:45:10", 2710),
        ("1 day, 0:00:10", 86410),
        ("1h 2m 3s", 3723),
        ("2h 30s", 7230),
        ("55m", 3300),
        ("1 hr 2 min", 3720),
        ("1 hour 2 minutes 3 seconds", 3723),
        ("1 Std. 2 Min. 3 Sek.", 3723),
        ("PT1H2M3S", 3723),
        ("1小时 2分钟 3秒", 3723),
        ("1小时2分", 3720),
        ("45分钟", 2700),
        ("45:10", 2710),
        (time(1, 2, 3), 3723),
        ("0", 0),
    ],
)
def test_a_duration_is_read_in_every_way_it_is_printed(value: sheets.CellValue, seconds: int) -> None:
    assert duration(value) == seconds


@pytest.mark.parametrize(
    "value",
    [
        "12:30",
        "0:45",
        "long",
        "",
        -5,
        True,
        None,
        "h",
        "1m 2h",
        date(2024, 10, 17),
        float("nan"),
        float("inf"),
        "9" * 5000,
    ],
)
def test_what_is_no_duration_or_two_is_not_guessed(value: sheets.CellValue) -> None:
    assert duration(value) is None


def test_a_number_under_a_heading_in_seconds_is_seconds() -> None:
    found = one_row("Nickname,Join time,Leave time,Duration (seconds)", "Li Na", None, None, 90)
    assert [entry.seconds for entry in taken(found)] == [90]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(["10/17/2024 09:01:22 AM", "99/99/9999 99:99", "1h 2m", "3. Participants", "Yes", "Left", "合计"]),
)


@given(
    st.sampled_from([ROW, "Full Name,User Action,Timestamp", "用户昵称,入会时间,退会时间,参会时长,身份"]),
    st.lists(st.lists(CELLS, max_size=7).map(tuple), max_size=12),
)
def test_whatever_the_cells_hold_is_an_entry_or_a_problem(headings: str, below: list[Row]) -> None:
    found = read([tuple(headings.split(",")), *below])
    assert all(2 <= entry.row <= len(below) + 1 for entry in found)


@given(st.lists(st.lists(CELLS, max_size=7).map(tuple), max_size=12))
def test_whatever_the_cells_hold_without_headings_is_no_report(rows: list[Row]) -> None:
    assert recognise(rows) is None


def test_a_cell_of_a_megabyte_is_read_in_no_time() -> None:
    found = one_row(ROW, "1" * 1_000_000, "a" * 1_000_000, " " * 1_000_000, "1" * 1_000_000, "1 " * 500_000)
    assert isinstance(read(found)[0], LogProblem)
