"""How a Chinese sentence says what an organisation has to do with the event.

What an organisation does mostly follows its name; 由, 来自, 与 and 在 before it only help.
"""

from __future__ import annotations

import re
from typing import Final

from eventrec.draft.rules.parties.cues import ORGANISATION, Cue, Cues, Grammar, Reach
from eventrec.patterns import late

EVENT: Final = (
    "(?:研讨会|研讨班|培训班|培训|讲习班|工作坊|座谈会?|论坛|会议|大会|年会|峰会|活动|课程|研修班|研修|交流会|交流活动|对话会|对话|"
    "讲座|考察|访问|仪式|启动会|推介会|会晤|会见|说明会|磋商|圆桌会|演练|项目|会谈|沙龙|讲习|学习班|进修班|集训|典礼|班)"
)
PEOPLE: Final = (
    "(?:官员|代表|专家|学者|学员|人员|干部|民警|警官|警员|负责人|嘉宾|同事|同仁|教授|教师|学生|师生|领导|检察官|法官|律师|记者|"
    "移民官|骨干|委员|成员|工作者|参训者|与会者|参会者|青年|同志|外交官|领事官|志愿者|研究人员|研究员|讲师|培训师|代表团|团队|外宾|同行)"
)
TITLE: Final = (
    "(?:代表|主任|局长|司长|院长|部长|处长|大使|专家|教授|负责人|官员|秘书长|总干事|主席|参赞|顾问|研究员|团长|书记|校长|先生|女士|"
    "所长|会长|总监|经理|署长|专员|领事|秘书|科长|厅长|站长|队长|政委|博士|讲师|干事|协调员|总领事|行长|总裁|理事长|组长|警官|发言人|学者)"
)
_O: Final = ORGANISATION
_SUPPORT: Final = "(?:支持|协助|帮助|配合|协作|指导)"
_HOLD: Final = "(?:举办|合办|主办|举行|召开|组织召开|组织举办|组织开展|承接)"


def _of_event(match: re.Match[str]) -> bool:
    """Tell whether what is done is an event: “开展培训”, not “开展调查”."""
    text = match.string
    left = max(text.rfind("。", 0, match.start()) + 1, match.start() - 120)
    return re.search(EVENT, text[left : match.end() + 60]) is not None


def _at_event(match: re.Match[str]) -> bool:
    """Tell whether 参与的 is said of an event, not “参与的治理”, and that somebody did it: not 未派员参加."""
    if re.search(r"(?:未|没有|无法|不再)[^,。;]{0,5}$", match.string[max(0, match.start() - 8) : match.start()]):
        return False
    behind = match.string[match.end() : match.end() + 14]
    return not behind.startswith("的") or re.search(EVENT, behind) is not None


CUES: Final = Cues(
    (
        Cue(
            "pays",
            "(?:全额|共同|部分)?(?:资助|出资|赞助|拨款)|资金支持|经费支持|提供(?:资金|经费)",
            Reach.BEFORE,
            None,
        ),
        Cue(
            "is named as its organizer",
            "(?:主办|主办单位|组织单位|主办方)(?:为|是|包括|[::])",
            Reach.AFTER,
            "organizer",
            90,
        ),
        Cue("is named as its host", "(?:承办单位|承办方|承办)(?:为|是|包括|[::])", Reach.AFTER, "host", 90),
        Cue(
            "is named as its co-organizer",
            "(?:协办|协办单位|支持单位|联合主办单位|合作单位)(?:为|是|包括|[::])",
            Reach.AFTER,
            "co-organizer",
            88,
        ),
        Cue(
            "is named as taking part",
            "(?:参会|参加|参训|与会|出席)(?:单位|机构|人员|代表|嘉宾)(?:为|是|有|包括|来自|[::])",
            Reach.AFTER,
            "participant",
            88,
        ),
        Cue(
            "facilitates it",
            "协助(?:组织|安排|举办|开展|筹备|举行)|提供(?:了)?(?:便利|协助)|负责(?:接待|安排|组织)",
            Reach.BEFORE,
            "facilitator",
            86,
        ),
        Cue("supports it", "提供(?:了)?[^,。;]{0,6}?(?:支持|帮助|保障)", Reach.BEFORE, "supporter", 80, _of_event),
        Cue(
            "is named as taking part",
            "(?:应邀|受邀)?(?:参加|出席|参与)[^,。;]{0,10}的(?:还|主要)?有|(?:还|主要)?(?:有|包括)来自",
            Reach.AFTER,
            "participant",
            88,
        ),
        Cue("hosts it", "承办|接待了?|东道主|(?:的)?(?:盛情)?邀请(?=[,、])", Reach.BEFORE, "host", 88),
        Cue("guides it", "指导(?=[、,])", Reach.BEFORE, "co-organizer", 84),
        Cue(
            "meets others at it",
            f"(?:拜会|会见|拜访|听取)(?:了)?(?:(?:来访|到访|来华访问|应邀来访)的)?(?=[^,。;]{{0,10}}{_O})",
            Reach.AFTER,
            "participant",
            82,
            subject="participant",
        ),
        Cue("sends people to it", "派(?:出|遣)?[^,。;]{0,8}?(?:专家|代表|人员|员)", Reach.BEFORE, "participant", 84),
        Cue("is named as its co-organizer", "协办", Reach.BEFORE, "co-organizer", 90),
        Cue("has others hold it", f"委托(?={_O})", Reach.BEFORE, "organizer", 84, _of_event),
        Cue(
            "is thanked for holding it",
            "(?:为|对)?[^,。;]{0,14}?所[做作](?:的|出的)[^,。;]{0,8}?(?:安排|组织|筹备|工作|努力)",
            Reach.BEFORE,
            "organizer",
            84,
        ),
        Cue(
            "organizes it",
            f"(?:共同|联合|合作|携手|牵头|成功|顺利|正式|组织|将|拟|先后|分别|首次|再次)*(?:{_HOLD}|发起|启动|开办|组办|牵头组织|筹办|举办方)",
            Reach.BEFORE,
            "organizer",
            88,
            _of_event,
        ),
        Cue(
            "organizes it",
            f"(?<={_O})组织的(?=[^,。;]{{0,16}}?{EVENT})",
            Reach.BEFORE,
            "organizer",
            86,
        ),
        Cue("is invited to it", f"组织(?={_O})", Reach.LABEL, "participant", 82, subject="organizer"),
        Cue(
            "organizes it",
            "(?:组织(?!法|者|部|实施|的|机构|犯罪|化)|开展(?![^,。;]{0,12}访问)|主持召开|开设|安排)",
            Reach.BEFORE,
            "organizer",
            82,
            _of_event,
        ),
        Cue(
            "teaches at it",
            "(?:授课|主讲|培训)(?:教师|老师|专家|讲师|教官|人员|嘉宾)[^,。;]{0,6}?(?:来自|为|包括|有)",
            Reach.AFTER,
            "trainer",
            86,
        ),
        Cue(
            "teaches at it",
            "授课(?!教师|老师|专家|讲师|教官|人员|嘉宾|团队|内容|方式|的)|讲授|主讲(?!教师|专家|嘉宾|人)|教授了|担任(?:讲师|培训师|主讲)|进行(?:了)?(?:专题)?(?:培训|讲解|授课|讲座)",
            Reach.BEFORE,
            "trainer",
            86,
        ),
        Cue(
            "chairs it",
            "主持(?:了)?(?:会议|本次|此次|研讨|开幕|座谈|培训|论坛|仪式|交流|活动|对话)?",
            Reach.BEFORE,
            "chair",
            86,
        ),
        Cue(
            "speaks at it",
            "致(?:欢迎|开幕|闭幕)?(?:辞|词)|(?:发表|作|做)(?:了)?[^,。;]{0,10}?(?:讲话|演讲|发言|报告|分享|介绍|致辞)|讲话|发言|演讲|(?:分享|介绍)(?:了|经验)",
            Reach.BEFORE,
            "speaker",
            84,
        ),
        Cue(
            "takes part in it",
            "(?:在线|线上|线下|现场|到场|远程|通过视频[^,。;]{0,6}|以视频(?:方式|形式)|以线上(?:方式|形式)|应邀|受邀|共同|积极|也|均|还|分别|一同|列席)*"
            "(?:参加|参与|出席|参会|与会|到会|列席|参训|受训|(?<=[线场程])学习|参培|应邀|受邀|赴会|观摩|到场)(?:了|的有)?(?!者|人员|方|单位|嘉宾|度)",
            Reach.BEFORE,
            "participant",
            88,
            _at_event,
        ),
        Cue(
            "trains those who come",
            f"(?:到|赴|前往)(?={_O}{{2,40}}[^,。;{_O}]{{0,8}}(?:接受|参加|进行)[^,。;]{{0,12}}(?:培训|研修|进修|学习|集训))",
            Reach.AFTER,
            "host",
            84,
        ),
        Cue(
            "is visited",
            f"(?:赴|前往|走访|参观|访问|考察|到访|走进|来到)(?:了)?(?!由|将由|是由)(?=[^,。;、]{{0,12}}{_O})",
            Reach.AFTER,
            "host",
            72,
            subject="participant",
        ),
        Cue(
            "meets others at it",
            "(?<!通过)(?<!以)(?:视频连线|在线连线)(?!方式|形式)|齐聚|汇聚|聚集|会聚|共聚|开展(?:了)?(?:深入)?(?:交流|讨论)|进行(?:了)?[^,。;]{0,8}?(?:交流|讨论|研讨|会谈|探讨|座谈)|参观|赴|一行",
            Reach.BEFORE,
            "participant",
            76,
        ),
        Cue(
            "has somebody who speaks of it",
            "表示|指出|强调|提到|认为|谈到|说|称|介绍|回顾|重申|期待|希望|感谢",
            Reach.SAID,
            "participant",
            80,
        ),
        Cue(
            "is invited to it",
            "(?:特别|还|专门)?(?:邀请|邀约|特邀)(?:了|到)?",
            Reach.LABEL,
            "participant",
            85,
            subject="organizer",
        ),
        Cue("sends people to it", "(?:分别)?来自", Reach.LABEL, "participant", 80),
        Cue(
            "is what the event is for",
            f"面向(?=[^,。;、]{{0,8}}?{_O})|(?:为|对)(?=[^,。;、]{{0,8}}?{_O}[^。;]{{0,60}}?{PEOPLE})",
            Reach.AFTER,
            "participant",
            84,
            _of_event,
        ),
        Cue("supports it", f"(?:得到|获得|获)(?:了)?(?=[^。;]{{0,12}}{_O})", Reach.AFTER, "supporter", 82),
        Cue(
            "supports it",
            f"(?:的)?(?:大力|积极|鼎力|共同|通力|技术)*{_SUPPORT}(?:与{_SUPPORT})?下",
            Reach.BEFORE,
            "supporter",
            82,
        ),
        Cue(
            "is told of otherwise",
            "根据|按照|依据|加入|批准|发布的|印发|隶属|下属|作为|成立|包括…在内|框架下|旨在",
            Reach.STOP,
        ),
    ),
    "(?<!未)(?<!没有)(?<!未能)",
    re.NOFLAG,
)

GRAMMAR: Final = Grammar(
    cues=CUES,
    event=late(EVENT),
    listed=late(r"[、,;/&((\n]|和|与|及|暨|同|跟|联合|会同|携手|联手|并|或"),
    ends_list=late(r"[。！？!?]"),
    ends_reach=late(r"的|在|;"),
    apart=late(r";|,(?:并|随后|还|同时)"),
    beside=late(r"(?!)"),
    parent=late(r"(?!)"),
    joined=late(r"和|与|及|暨"),
    introduced=late(r"\W*(?:[^,。]{1,24}日[,,]?)?(?:在|根据|按照|为|应)"),
    narrowed=late(r"特别是|尤其是|即"),
    new_subject=late(
        r"[。;]|,(?![也还均并共应受在于以通分派先今将联成,])(?![^,]{2,20}[和及与][^,]{2,12}(?:代表|负责人|官员|专家)(?:也|均|还)?$)[^,]{6,}$|^的(?:(?!"
        + PEOPLE
        + ").)*$|(?:^|[,;的])[^,;的为对在于]{0,16}"
        + EVENT
        + "(?:还|也|将)?(?:[在于][^,。]{0,12})?$"
    ),
    venue=late(r"(?:在|于|位于|假座|(?:赴|前往|走进)(?:[^,。;:的]{0,20}[、和与])?)$"),
    pays=late(r"(?:全额)?(?:资助|出资|赞助)(?:的|下)|(?:提供)?(?:的)?(?:资金|经费)支持"),
    once=late(r"(?:曾任|曾在|毕业于|原任|退休前任)$"),
    once_behind=late(rf"(?:原|前)(?:副|党组|党委|常务副|首席|总)?{TITLE}|(?:退休|离休)"),
    titled=late(TITLE),
    reported=late(r"表示|指出|强调|提到|认为|谈到|说|称|重申|期待|希望"),
    other_time=late(
        r"去年|前年|此前|曾于|曾经|自\d{4}年|历年|近年来|多年来|余年来|以来|今后|未来|下一步|明年|上一?届|往届|每年|历届|成立于"
    ),
    adverbial=late(r"面向|为|对|赴|前往|访问"),
    in_person=late(r"到场|现场(?!连线|视频)|线下|面对面|亲临|亲自"),
    online=late(
        r"(?:在线|线上|远程)(?!诈骗|赌博|平台|系统|招聘|剥削|犯罪|申请|服务|查验|监控|控制|医疗|监测|支付|交易|诱骗)|"
        r"视频(?:会议(?!系统|设备|平台|室|技术|终端|软件)|连线|方式|形式|参|接入)|网络(?:会议|直播|方式)|云端|连线|"
        r"腾讯会议|Zoom",
        re.IGNORECASE,
    ),
)
