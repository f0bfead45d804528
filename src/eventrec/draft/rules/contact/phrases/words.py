"""Words around the names of people: titles, positions, and words that are in names of offices and never of people."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UPPER: Final = r"A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u1e00-\u1eff"
"""Letters that a Latin name may begin with, for a set in a pattern."""

LETTER: Final = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
HAN: Final = r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]"
"""A letter that is not Latin, for a pattern: in Chinese text a Chinese one; made at once, unlike the range of all."""

HONORIFIC: Final = (
    r"(?:H\.?\s?E\.?,?\s+(?:Mr|Ms|Mrs|Dr|Prof)\b\.?|H\.E\.|HE(?=\s+(?:Mr|Ms|Mrs|Dr)\b)|(?:Mr|Ms|Mrs|Mme|Miss|Dr|Prof|Sr|Sra|Eng)\b\.?"
    r"|Professor|Madam|Madame|Sir|Lord|Dame)"
)
"""What is said before a Latin name and is no position, for a pattern."""

TITLES: Final = frozenset(
    ("mr", "ms", "mrs", "mme", "miss", "dr", "prof", "professor", "h.e.", "h.e", "he", "sir", "madam", "madame")
)
"""The same as words, in small letters."""

HONORIFIC_ZH: Final = "先生|女士|小姐|夫人|太太|博士|教授|老师|同志|阁下"
"""What is said after a Chinese name."""

TRANSLATED: Final = {
    "先生": "Mr.", "女士": "Ms.", "小姐": "Ms.", "夫人": "Mrs.", "太太": "Mrs.", "博士": "Dr.", "教授": "Prof.",
}  # fmt: skip

PARTICLES: Final = _words(
    "de da do dos das del della der den des di du la le van von zu zur ter ten el al bin bint binti ibn ben abu y e "
    "af av"
)
"""Small words inside Latin names."""

HEADS: Final = _words(
    "manager officer coordinator assistant associate specialist adviser advisor director head chief representative "
    "spokesperson spokesman spokeswoman secretary consultant expert leader lead analyst attaché attache counsellor "
    "counselor ambassador consul president minister editor professor dean chair chairman chairwoman chairperson "
    "fellow researcher intern commissioner administrator supervisor deputy envoy trainer lecturer delegate "
    "inspector governor mayor rector provost colonel major captain general lieutenant commander superintendent "
    "sergeant admiral commandant vice-minister vice-president counsel ceo founder responsible desk focal point "
    "governor-general"
)
"""Words that positions end in."""

MODIFIERS: Final = _words(
    "programme program programs programmes project projects senior junior deputy assistant associate national "
    "regional international communications communication media public information press policy migration technical "
    "training operations operational field country human resources liaison executive managing vice first second "
    "third acting monitoring evaluation finance financial legal protection research partnership partnerships "
    "outreach digital political cultural education trade reporting advocacy donor relations and & team department "
    "division unit branch section service services affairs awareness raising capacity building border management "
    "integrated counter-trafficking counter trafficking labour labor mobility governance external resource "
    "mobilization focal former co extraordinary plenipotentiary permanent resident special honorary consular visa "
    "security law enforcement academic visiting principal general under-secretary secretary chief sub-regional"
)
"""Words before the head of a position that belong to it."""

OFFICE_WORDS: Final = _words(
    "interior justice finance commerce agriculture health defence defense labor labour home industry tourism transport "
    "internal external exterior economy environment energy planning statistics diplomacy "
    "ministry office offices delegation embassy consulate university institute institution administration agency "
    "bureau department division unit section service services mission organization organisation association union "
    "commission committee council center centre academy school college court police force forces headquarters "
    "secretariat foundation fund bank group company ltd inc corporation network alliance federation society chamber "
    "board authority customs border immigration international national european united nations red cross crescent "
    "representation government house state federal republic directorate library museum hospital station airport "
    "port programme program project support global world migration refugees human rights affairs foreign public "
    "security team desk headquarter communications press media information contact person people kingdom region "
    "relations development cooperation workshop training seminar conference meeting forum event website street road "
    "avenue district building floor room city province county box tower plaza no"
)
"""Words of the names of offices, addresses and events, which names of people do not hold."""

NO_NAMES: Final = _words(
    "the this these those that a for from to by with as and or but if our they their his her it its your i who "
    "which what when where while after before during since more further please kindly contact tel telephone phone "
    "mobile cell email e-mail mail fax web whatsapp wechat twitter facebook linkedin skype january february march "
    "july september october november december monday tuesday wednesday thursday friday saturday sunday today "
    "yesterday tomorrow north south east west northern southern eastern western chinese european african asian "
    "american british french german japanese thai vietnamese iranian china europe asia africa america germany "
    "france italy japan thailand vietnam iran russia india spain portugal beijing shanghai geneva brussels vienna "
    "bangkok tehran speaking opening welcoming highlighting addressing commenting noting participants about all "
    "both other another each every not also such most many some there here how why then"
)
"""Words that begin sentences, days, places and languages: no part of a name."""

ACRONYMS: Final = _words(
    "IOM UN EU ILO UNHCR UNODC UNICEF UNDP UNESCO WHO WTO WFP FAO UNFPA UNAIDS OHCHR OSCE ASEAN EEAS ICMPD FRONTEX "
    "EUROPOL INTERPOL NATO OECD IMF ADB AIIB USAID GIZ DFID SIDA JICA KOICA NGO NGOS INGO CBMM CSO UNV UNOPS UNEP "
    "ITC IFRC ICRC MSF AFP BBC CNN UK US USA UAE DRC PRC PR HR IT HQ CEO MFA MPS NIA MOI MOFA MOJ DG II III IV VI"
)
"""Acronyms that are written like a family name in capitals, and are none."""

POSITION_ZH: Final = (
    "经理|官员|主任|司长|局长|处长|科长|院长|部长|校长|厅长|署长|会长|社长|所长|馆长|关长|站长|队长|组长|团长|行长|理事长"
    "|秘书长|委员长|市长|省长|州长|县长|镇长|区长|总长|检察长|参赞|大使(?!馆)|公使|领事(?!馆)|代办|武官|专员(?!公署|署)|主管|协调员|专家|干事|助理|负责人"
    "|顾问|秘书(?!处|长)|研究员|教授|讲师|总裁|董事长|总监|代表(?!处|团)|主席|副主席|总统|总理|首相|发言人|书记|委员(?!会)|议员|法官|检察官|律师|翻译"
    "|少将|中将|上将|大校|上校|中校|少校|上尉|警监|警督|总警监|编辑|记者|导师|学者|新闻官(?!员)|项目官(?!员)|联络员|联络官(?!员)|实习生|总干事|特使"
)
"""What Chinese positions end in, for a pattern."""

OFFICE_ZH: Final = (
    "组织|代表处|办公室|办事处|大使馆|领事馆|使馆|代表团|使团|大学|学院|研究院|研究所|研究中心|中心|公司|委员会|基金会|联合会"
    "|协会|学会|理事会|秘书处|总局|分局|总署|总站|总队|支队|联盟|集团|银行|法院|检察院|医院|学校|图书馆|博物馆|边检站|海关"
    "|局|部|司|处|署|厅|会|院|所|社|办|科|室|馆|站|校|团|队"
)
"""What names of Chinese offices end in, for a pattern; a 长 after it makes a position of it."""

SURNAMES_ZH: Final = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|百里|呼延|南宫|轩辕|赫连|澹台|单于|万俟"
)
SURNAME_ZH: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金贾韦夏付傅方邹熊白孟秦邱侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞"
    "颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游靳欧辛管柴蒙鲍华喻"
    "祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇"
    "栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊"
    "仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓"
    "修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由宋"
)


def is_surname(text: str) -> bool:
    """Tell whether a Chinese text is a surname alone, as before 女士 and 先生."""
    return text in SURNAME_ZH if len(text) == 1 else text in SURNAMES_ZH.split("|")
