"""What a web site puts around every page: menus, buttons, other news, notices, places for comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from eventrec.draft.page.furniture.words import BUTTONS, COMMENTS, END, LABEL, MENU, NOTICE, OTHER_NEWS
from eventrec.patterns import late

if TYPE_CHECKING:
    from eventrec.draft.page.furniture.words import Furniture

_MARKS: Final = late(r"[\W_]+$")
_NUMBER: Final = late(r"\d{1,4}$|(?:page|第)\s?\d{1,3}\s?(?:of|页|/|，?共)?\s?\d{0,3}\s?页?$", re.I)
_END: Final = late(r"[\W_]{0,6}(?:ends?|end\sof\s(?:the\s)?\w{4,8}(?:\srelease)?|(?:全文)?完|30)[\W_]{0,6}$", re.I)
_MENU: Final = late(
    r"(?:[当當]前|您|你)?(?:现在)?(?:所在|的)?(?:的)?位置\s?(?:是)?\s?[:：]|您(?:现)?在(?:的位置)?[:：]|you\sare\s(?:here|in)\s?[:：]"
    r"|home\s?[>»/›|]|首[页頁]\s?(?:[>»/›|]|$)|home$|download\s(?:this|the|pdf|as|file|document|press)\b.{0,40}$|breadcrumbs?$|toggle\s\w{4,12}$|open\s(?:menu|search)$|close$"
    r"|skip\sto\s(?:main|the)?\s?\w{0,10}$|jump\sto\s.{3,30}$|(?:back|return)\sto\s(?:top|list|news|home|all)\b.{0,20}$"
    r"|(?:返回|回到)(?:顶部|首页|列表|上一页|上级)|网站(?:首页|地图|导航)|搜索$|登录$|注册$|(?:log|sign)\s?(?:in|up|out)$"
    r"|(?:main\s)?(?:menu|navigation|search|sitemap|site\smap)$|(?:image|video|audio|gallery|photo\sgallery|slideshow)$"
    r"|(?:[^>»›]{1,60}[>»›]){2,8}[^>»›]{0,160}$|[^>»›。.]{2,40}\s[>»›]\s[^>»›。.]{2,60}$"
    r"|(?:(?:english|français|french|español|spanish|русский|العربية|中文|简体中文|繁體中文|tiếng\sviệt|português|deutsch"
    r"|en|fr|es|zh|ru|ar)[\s|/,]*){1,12}$",
    re.I,
)
_NOTICE: Final = late(
    r".{0,60}\bcookies?\b.{0,200}\b(?:website|site|browser|experience|consent|accept|use)|.{0,60}\b(?:use|accept)\w{0,4}\s(?:all\s)?cookies"
    r"|(?:accept|reject|manage|allow)\s(?:all\s?)?(?:cookies)?$|(?:copyright|版权所有|all\srights\sreserved|\(c\)\s?\d{4}|©\s?(?:19|20)\d{2})"
    r"|.{0,60}(?:all\srights\sreserved|版权所有|ICP备|公网安备|免责声明|未经.{1,12}(?:授权|许可))"
    r"|.{0,40}\bjava\s?script\b.{0,80}|(?:an\s)?official\swebsite[s]?\s(?:of|use)\b.{0,120}|here's\show\syou\sknow.{0,10}$"
    r"|this\spage\sis\s(?:also\s)?available\sin\b.{0,80}|(?:privacy|terms\sof\suse|disclaimer|accessibility|legal\snotice|cookie)\b[\s\w|&]{0,60}$|(?:版权|免责)?声明[:：]",
    re.I,
)
_BUTTONS: Final = late(
    r"(?:(?:share|tweet|print|e-?mail|facebook|twitter|x|linkedin|whatsapp|weibo|wechat|telegram|instagram|youtube|flickr|copy\slink|pdf|download"
    r"|follow\sus|subscribe|like|save|share\s(?:this|on|via|with|to)\b[^.]{0,40}|print\s(?:this|friendly)\b[^.]{0,20}"
    r"|download\s(?:this|the|pdf|as)\b[^.]{0,30}|follow\sus\son\b[^.]{0,40}|listen(?:\sto\sthis\sarticle)?"
    r"|(?:read|learn|show|see|load|view)\s(?:more|all|less)|\w{0,6}(?:内容|全文|在线)阅读|\w{0,2}分享|转发|微信|微博|朋友圈|QQ空间|扫一扫[^。]{0,20}"
    r"|分享[到至][^。]{0,30}|打印(?:本页)?|关闭(?:窗口|本页)?|收藏|点赞|赞|踩|打赏|查看更多|更多|阅读全文|展开全文|纠错|举报|放大|缩小|默认)"
    r"[\s|/,+·•>»【】\[\]()（）:：]*){1,16}$",
    re.I,
)
_OTHER_NEWS: Final = late(
    r"(?:related|latest|recent|other|more|further|popular|most\s(?:read|popular|viewed)|top|recommended|previous|next|similar)\s"
    r"(?:news|articles?|stories|posts?|content|reading|press\sreleases?|pages?|links?|items?|story|documents?|topics|updates|events|from\s[^.]{0,40})\s?[:：]?$"
    r"|you\s(?:may|might)\salso\s(?:like|be\sinterested).{0,20}$|see\salso\s?:?$|read\s(?:also|next)\s?:?$|don't\smiss$"
    r"|(?:相关|最新|热门|推荐|更多|其他|精彩|延伸|热点|最热|同类|往期)(?:新闻|文章|阅读|链接|资讯|推荐|内容|报道|信息|动态|资料|回顾)\s?[:：]?$"
    r"|猜你喜欢|为您推荐|大家都在看",
    re.I,
)
_NEIGHBOUR: Final = late(
    r"(?:上|下|前|后)一(?:篇|条|條|页|頁|个|则|則)\s?(?:[:：>»]|$|\S)|(?:previous|next)(?:\s(?:post|article|story|news|page))?\s?(?:[:：»>]|$)"
    r"|[«‹←].{0,120}$|.{0,120}[»›→]$|(?:see|read)\salso\s?[:：]",
    re.I,
)
_TAGS: Final = late(
    r"(?:tags?|keywords?|categor(?:y|ies)|filed\sunder|hashtags?|标签|关键[词字]|分类|栏目|专题|话题)\s?[:：]|#\w{2,30}(?:\s+#\w{2,30})*$",
    re.I,
)
_COMMENTS: Final = late(
    r"有话要说|(?:发表|我要|网友|用户|最新|热门|全部|暂无)评论|评论区|评论\s?[(（]?\d*[)）]?$|(?:leave|post|write|add)\sa\s(?:comment|reply)"
    r"|comments?\s?(?:\(\d+\)|closed|are\sclosed)?$|no\scomments|(?:登录|请先).{0,6}后?(?:发表)?评论",
    re.I,
)
_LABEL: Final = late(
    r"(?:(?:embargoed\b.{0,40}|for\simmediate\srelease)|(?:joint\s|news\sand\s)?(?:press|media|news)\s(?:releases?|statement|advisory|note|kit|room|centre|center)\b.{0,20}"
    r"|news(?:\s(?:article|story|item|release|detail|and\s\w{4,10}|&\s\w{4,10}))?|newsroom|stories|story|feature|article|announcements?|events?|blog|local\snews|global|press|media"
    r"|(?:工作|国际|综合|时政|图片|部门|地方|学校|中心|外事|交流)?(?:新闻|要闻|动态|通知|公告|快讯|资讯)(?:稿|中心|动态|发布|资讯|通稿|公告|报道|详情)?|(?:english|chinese)\sversion|[中英]文版?|媒体报道|正文|国际交流|新闻详情)$",
    re.I,
)


_OF_A_MENU: Final = late(
    r"(?:home|about(?:\sus)?|contact(?:\sus)?|who\swe\sare|what\swe\sdo|our\s\w{4,10}|where\swe\swork|publications?|resources|careers"
    r"|vacancies|jobs|media(?:\s\w{4,8})?|events|donate|get\sinvolved|site\s?map|library|projects|search|languages?|faqs?|partners(?:hips)?"
    r"|work\swith\sus|data\sand\s\w{5,10}|topics|countries|procurement|newsletter|login|关于我们|联系我们|网站地图|友情链接|人才招聘|机构设置|首页)$",
    re.I,
)


def is_of_a_menu(line: str) -> bool:
    """Tell whether a line is a usual entry of a menu, which by itself may be a word of the text."""
    return bool(_OF_A_MENU.match(line))


def of_line(line: str) -> Furniture | None:
    """Return what a line of the site is, or nothing."""
    for pattern, found in (
        (_MARKS, MENU),
        (_NUMBER, MENU),
        (_END, END),
        (_MENU, MENU),
        (_NEIGHBOUR, OTHER_NEWS),
        (_OTHER_NEWS, OTHER_NEWS),
        (_TAGS, MENU),
        (_COMMENTS, COMMENTS),
        (_BUTTONS, BUTTONS),
        (_NOTICE, NOTICE),
        (_LABEL, LABEL),
    ):
        if pattern.match(line):
            return found
    return None


_STEP: Final = late(r"\s?[>»›]\s?")


def last_step(line: str) -> int:
    """Return where the last step of a path through the site begins: “Home > News > Workshop”; 0 where none does."""
    return max((found.end() for found in _STEP.finditer(line)), default=0)


def opens_other_news(line: str) -> bool:
    """Tell whether a line says that what follows are other articles."""
    return len(line) < 80 and bool(_OTHER_NEWS.match(line))
