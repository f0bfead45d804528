"""The columns of the sheets that people fill in, and the words that their cells may hold, in English and Chinese."""

# ruff: noqa: E501 (a column stands on one line)

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class SheetField(NamedTuple):
    """A column: field, headings, what goes in, and how wide it is in characters.

    `choose` names a list of `WORDS` or of the book. With `several` a cell may hold more than one of it. A column with
    `filled` stands only in a sheet that holds records already.
    """

    name: str
    en: str
    zh: str
    hint_en: str
    hint_zh: str
    width: int = 16
    kind: Literal["text", "date", "integer"] = "text"
    choose: str = ""
    several: bool = False
    filled: bool = False


WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "sex": {"female": "女", "male": "男", "other": "其他", "not-stated": "未说明"},
    "role": {
        "organizer": "主办",
        "co-organizer": "协办",
        "host": "承办",
        "facilitator": "协调人",
        "chair": "主持人",
        "speaker": "发言人",
        "trainer": "讲师",
        "interpreter": "口译",
        "participant": "参会者",
        "observer": "观察员",
        "donor": "资助方",
        "staff": "工作人员",
    },
    "status": {
        "invited": "已邀请",
        "registered": "已报名",
        "confirmed": "已确认",
        "declined": "谢绝",
        "attended": "已出席",
        "no-show": "缺席",
        "cancelled": "取消",
    },
    "modality": {"in-person": "线下", "online": "线上", "not-stated": "未说明"},
    "source": {
        "sign-in-sheet": "签到表",
        "online-log": "在线记录",
        "registration": "报名表",
        "host-list": "主办方名单",
        "publication": "新闻稿",
        "estimate": "估计",
    },
    "agency kind": {
        "government": "政府机构",
        "embassy": "使领馆",
        "international-organization": "国际组织",
        "ngo": "非政府组织",
        "academia": "学术机构",
        "private": "企业",
        "media": "媒体",
        "group": "集体",
        "other": "其他",
    },
    "event kind": {
        "workshop": "研讨会",
        "training": "培训",
        "conference": "大会",
        "meeting": "会议",
        "study-visit": "考察访问",
        "site-visit": "实地参访",
        "other": "其他",
    },
    "event status": {
        "planned": "计划",
        "tentative": "暂定",
        "confirmed": "已确认",
        "held": "已举办",
        "cancelled": "取消",
        "postponed": "推迟",
    },
    "event modality": {"in-person": "线下", "online": "线上", "hybrid": "混合"},
}
"""By list: the words of the vocabulary, each with what it is in Chinese."""

_KEEP: Final = ("Leave it as it is; empty for a new row.", "请勿修改；新增行留空。")
_NUMBER_OF: Final = ("People who stand here without a name.", "没有姓名的人数。")
_SEMICOLONS: Final = ("Codes or names; semicolons between several.", "缩写或名称；多个用分号隔开。")

_NAME_EN: Final = SheetField(
    "name_en", "Name (English)", "姓名（英文）", "As the person writes it: LI Na", "按本人写法：LI Na", 24
)
_NAME_ZH: Final = SheetField("name_zh", "Name (Chinese)", "姓名（中文）", "In Chinese: 李娜", "中文姓名：李娜", 15)
_SEX: Final = SheetField("sex", "Sex", "性别", "Choose one", "请选择", 12, choose="sex")
_AGENCY: Final = SheetField(
    "agency", "Agency", "单位", "Choose one, or type a new one.", "从列表选择，或输入新单位。", 30, choose="agencies"
)
_POSITION_EN: Final = SheetField("position_en", "Position (English)", "职务（英文）", "Director", "英文职务", 22)
_POSITION_ZH: Final = SheetField("position_zh", "Position (Chinese)", "职务（中文）", "In Chinese: 处长", "处长", 18)
_EMAIL: Final = SheetField(
    "email", "E-mail", "邮箱", "name@example.org; semicolons between several.", "多个邮箱用分号隔开。", 26
)
_PHONE: Final = SheetField("phone", "Phone", "电话", "With the country: +86 10 6532 1234", "带国家代码", 20)
_MOBILE: Final = SheetField("mobile", "Mobile", "手机", "With the country: +86 138 0013 8000", "带国家代码", 20)
_COUNTRY: Final = SheetField("country", "Country", "国别", "China, CN", "中国", 14)
_ALIASES: Final = SheetField(
    "aliases", "Aliases", "别名", "Other names; semicolons between several.", "其他名称；用分号隔开。", 24
)
_NOTE: Final = SheetField("note", "Note", "备注", "For yourselves.", "内部备注。", 26)
_VERSION: Final = SheetField("version", "Version", "版本", *_KEEP, 10, "integer", filled=True)

FIELDS: Final[Mapping[str, tuple[SheetField, ...]]] = {
    "participants": (
        SheetField("event", "Event number", "活动编号", *_KEEP, 11, "integer", filled=True),
        SheetField("contact", "Contact number", "联系人编号", *_KEEP, 11, "integer", filled=True),
        _NAME_EN,
        _NAME_ZH,
        _SEX,
        _AGENCY,
        _POSITION_EN,
        _POSITION_ZH,
        _EMAIL,
        _MOBILE,
        _COUNTRY._replace(hint_en="Of the agency: China, CN", hint_zh="单位所在国家：中国"),
        SheetField("label", "Party", "名目", "As reported, when it is no agency.", "非单位的参会方名称。", 24, filled=True),
        SheetField("side", "Side", "方", "Of a party that is no agency.", "非单位的参会方所属方。", 12, filled=True),
        SheetField("role", "Role", "角色", "Empty is participant.", "留空为 participant（参会者）。", 14, choose="role"),
        SheetField("status", "Status", "状态", "Choose one", "请选择", 14, choose="status"),
        SheetField("modality", "Modality", "参加方式", "Choose one", "请选择", 14, choose="modality"),
        SheetField("days", "Days", "天数", "When fewer than the event's.", "少于活动天数时填写。", 9, "integer", filled=True),
        SheetField(
            "count",
            "People without a name",
            "无姓名人数",
            "Leave the name empty and give the number of people.",
            "姓名留空，填写人数。",
            14,
            "integer",
        ),
        SheetField("women", "Women", "女", *_NUMBER_OF, 10, "integer"),
        SheetField("men", "Men", "男", *_NUMBER_OF, 10, "integer"),
        SheetField("other", "Other sex", "其他性别", *_NUMBER_OF, 10, "integer", filled=True),
        SheetField("not_stated", "Not stated", "性别不详", *_NUMBER_OF, 10, "integer", filled=True),
        SheetField("about", "About", "大约", "yes, when the number is about right.", "人数为约数时填 yes。", 9, filled=True),
        SheetField("source", "Source", "来源", "Where the information is from.", "信息来源。", 16, choose="source"),
        _NOTE,
    ),
    "contacts": (
        SheetField("contact", "Contact number", "联系人编号", *_KEEP, 11, "integer", filled=True),
        _VERSION,
        _NAME_EN,
        _NAME_ZH,
        SheetField("family_name", "Family name", "姓", "Only if you know it for certain.", "确定时填写。", 14, filled=True),
        SheetField("given_name", "Given name", "名", "Only with the family name.", "与姓一起填写。", 14, filled=True),
        SheetField("honorific", "Honorific", "称谓", "Mr., Ms., Dr.", "先生、女士", 11),
        _SEX,
        _AGENCY,
        _POSITION_EN,
        _POSITION_ZH,
        SheetField("unit", "Department", "部门", "Department or office.", "部门或处室。", 20),
        _EMAIL,
        _PHONE,
        _MOBILE,
        SheetField("wechat", "WeChat", "微信", "WeChat name.", "微信号。", 16),
        SheetField("url", "Web page", "主页", "https://example.org", "网址", 24, filled=True),
        SheetField("address", "Address", "地址", "Postal address.", "通讯地址。", 30),
        SheetField("languages", "Languages", "语言", "Codes: en, zh", "代码：en, zh", 12),
        _ALIASES._replace(filled=True),
        _NOTE,
    ),
    "agencies": (
        SheetField("agency", "Agency number", "机构编号", *_KEEP, 11, "integer", filled=True),
        _VERSION,
        SheetField("code", "Code", "缩写", "Acronym: NIA", "英文缩写", 12),
        SheetField("name_en", "Name (English)", "名称（英文）", "Full name.", "英文全称。", 40),
        SheetField("name_zh", "Name (Chinese)", "名称（中文）", "Full name in Chinese.", "中文全称。", 28),
        SheetField("kind", "Kind", "类别", "Choose one", "请选择", 20, choose="agency kind"),
        SheetField(
            "side", "Side", "方", "Reporting group: China, EU", "所属方（报告分组）", 14, choose="sides"
        ),
        _COUNTRY,
        SheetField(
            "parent",
            "Part of",
            "上级单位",
            "Code or name of the agency above; a new one stands on a row above.",
            "上级单位；新的上级单位须写在前面的行。",
            22,
            choose="agencies",
        ),
        SheetField(
            "successor", "Replaced by", "继任机构", "The agency that took over.", "接替的机构。", 22, choose="agencies", filled=True
        ),
        SheetField("website", "Website", "网站", "https://example.org", "网址", 26),
        _EMAIL,
        _PHONE,
        _ALIASES,
        _NOTE,
    ),
    "events": (
        SheetField("event", "Event number", "活动编号", *_KEEP, 11, "integer", filled=True),
        _VERSION,
        SheetField("title_en", "Title (English)", "标题（英文）", "Workshop on returns", "英文标题", 40),
        SheetField("title_zh", "Title (Chinese)", "标题（中文）", "In Chinese: 返回研讨会", "返回研讨会", 28),
        SheetField("kind", "Kind", "类别", "Choose one", "请选择", 14, choose="event kind"),
        SheetField("parent", "Visit of", "所属活动", "A site visit's event: number or title.", "实地参访所属的活动。", 12),
        SheetField("status", "Status", "状态", "Empty is confirmed.", "留空为 confirmed（已确认）。", 13, choose="event status"),
        SheetField("status_reason", "Reason", "原因", "Why cancelled or postponed.", "取消或推迟的原因。", 24, filled=True),
        SheetField("starts_on", "Start date", "开始日期", "First day: 2024-10-17", "第一天：2024-10-17", 13, "date"),
        SheetField(
            "ends_on", "End date", "结束日期", "Last day; empty for one day.", "最后一天；一天的活动可留空。", 13, "date"
        ),
        SheetField("date_note", "Date note", "日期说明", "mid-March", "3月中旬", 16, filled=True),
        SheetField("days", "Days", "天数", "Working days, when not every day.", "实际天数。", 9, "integer", filled=True),
        SheetField("start_time", "Start time", "开始时间", "Of each day: 09:00", "每天：09:00", 12),
        SheetField("end_time", "End time", "结束时间", "Of each day: 17:00", "每天：17:00", 12),
        SheetField("timezone", "Time zone", "时区", "Asia/Shanghai", "Asia/Shanghai", 16, filled=True),
        SheetField("modality", "Modality", "方式", "Choose one", "请选择", 13, choose="event modality"),
        SheetField("venue_en", "Venue (English)", "地点（英文）", "Building or room.", "楼或会议室（英文）。", 22),
        SheetField("venue_zh", "Venue (Chinese)", "地点（中文）", "In Chinese.", "楼或会议室。", 18),
        SheetField("address", "Address", "地址", "Street and number.", "街道与门牌号。", 26, filled=True),
        SheetField("city_en", "City (English)", "城市（英文）", "Beijing", "城市英文名", 15, choose="cities in English"),
        SheetField("city_zh", "City (Chinese)", "城市（中文）", "In Chinese: 北京", "北京", 15, choose="cities in Chinese"),
        _COUNTRY,
        SheetField(
            "projects", "Projects", "项目", "Codes; semicolons between several.", "代码；用分号隔开。", 16,
            choose="projects", several=True,
        ),
        SheetField("organizers", "Organizers", "主办单位", *_SEMICOLONS, 22, choose="agencies", several=True),
        SheetField("contact", "Contact person", "联系人", "Whom to ask: number or name.", "编号或姓名。", 14, filled=True),
        SheetField("topics", "Topics", "议题", "Semicolons between several.", "多个用分号隔开。", 22),
        SheetField("online_url", "Meeting link", "会议链接", "https://example.org", "网址", 24, filled=True),
        SheetField("source_url", "Published at", "来源链接", "https://example.org", "网址", 24, filled=True),
        SheetField("description_en", "Description (English)", "简介（英文）", "What it is about.", "英文简介。", 40, filled=True),
        SheetField("description_zh", "Description (Chinese)", "简介（中文）", "In Chinese.", "中文简介。", 40, filled=True),
        SheetField("results_en", "Results (English)", "成果（英文）", "What came out of it.", "英文成果。", 40, filled=True),
        SheetField("results_zh", "Results (Chinese)", "成果（中文）", "In Chinese.", "中文成果。", 40, filled=True),
        _NOTE,
    ),
}  # fmt: skip
"""By kind: the columns of its sheet, in order."""


def fields_of(kind: str, *, filled: bool = False) -> tuple[SheetField, ...]:
    """Return the columns of a kind: those of a blank sheet, or all."""
    return tuple(field for field in FIELDS[kind] if filled or not field.filled)


def heading(field: SheetField) -> str:
    """Return what stands above a column."""
    return f"{field.en} {field.zh}"


def comment(field: SheetField) -> str:
    """Return what goes into a column, in English and below it in Chinese; a short list in full."""
    words = WORDS.get(field.choose)
    if not words:
        return f"{field.hint_en}\n{field.hint_zh}"
    listed = ", ".join(f"{word} {meaning}" for word, meaning in words.items())
    return f"{field.hint_en.rstrip('.')}: {listed}.\n{field.hint_zh}"
