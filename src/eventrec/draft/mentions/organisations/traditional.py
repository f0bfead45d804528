"""Traditional Chinese signs of names and of what is said of them, read like the simplified ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eventrec.draft.page import Page

if TYPE_CHECKING:
    from eventrec.draft.mentions.organisations.sighting import Sighting

_PAIRS: Final = (
    "國国際际組组織织聯联處处門门辦办關关務务員员會会員员學学與与總总長长邊边檢检動动勞劳經经貿贸發发開开農农業业衛卫"
    "環环資资財财術术訊讯電电傳传護护證证簽签領领館馆團团廳厅廣广東东雲云龍龙陽阳雙双協协議议區区縣县漢汉華华蘭兰韓韩"
    "萬万爾尔亞亚歐欧羅罗馬马盧卢烏乌買买賣卖緬缅賴赖紅红難难計计劃划統统調调監监獄狱審审質质產产銀银險险婦妇兒儿殘残"
    "連连應应網网絡络數数據据機机構构軍军隊队師师醫医藥药飛飞鐵铁橋桥場场設设實实驗验圖图書书館馆報报誌志製制標标準准"
    "權权難难戰战聖圣靈灵諾诺達达納纳亞亚納纳瑪玛薩萨維维倫伦淨净點点觀观訪访問问參参個个為为並并從从這这將将對对來来"
    "時时間间於于後后過过還还邀邀請请舉举聯联眾众專专題题課课訓训練练習习講讲師师認认識识論论壇坛記记者者際际運运輸输"
    "義义務务僑侨歸归籍籍離离島岛灣湾臺台澳澳門门鄉乡鎮镇滅灭毒毒罪罪謀谋販贩運运人人權权勵励進进選选舉举憲宪黨党"
    "辭辞話话歡欢幹干強强調调屆届輔辅導导擊击據据隨随啟启節节創创線线遠远現现級级體体題题見见視视頻频領领賓宾負负責责"
    "謝谢讚赞贊赞邊边將将共共後后種种語语籌筹備备繼继續续結结業业師师員员圓圆滿满順顺參参觀观採采訪访談谈單单討讨聽听詞词幫帮"
    "獲获諮咨誼谊項项歷历編编啟启擔担"
)
_SIMPLE: Final = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_TELLING: Final = frozenset("國際組織聯處門辦關務員會學與總長邊檢動勞經貿發開農業")


def simplified(page: Page) -> Page:
    """Return the page with the signs of its Chinese made simple, each in its place; itself where it has none."""
    if _TELLING.isdisjoint(page.text):
        return page
    return Page(page.source, page.text.translate(_SIMPLE), page.passages)


def as_written(page: Page, each: Sighting) -> str:
    """Return the name of a sighting as the page writes it, where it is what stands there."""
    written = page.of(each.span)
    return written if written.translate(_SIMPLE) == each.name else each.name
