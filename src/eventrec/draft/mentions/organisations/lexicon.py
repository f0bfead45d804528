"""Words of organisations in both languages: what they are, and what they deal in. No organisation stands here."""

from __future__ import annotations

from functools import cache
from typing import Final

_PAIRS: Final = """
部=ministry department|局=bureau administration agency authority department office
署=administration agency office commission|总局=administration bureau authority|总署=administration
管理局=administration bureau authority|厅=department office|司=department division|处=division office section
委员会=commission committee council|办公室=office|办公厅=office|代表团=delegation mission
代表处=mission office representation delegation|办事处=office mission|联络处=office liaison|大使馆=embassy
使馆=embassy embassies|总领事馆=consulate|领事馆=consulate consulates|总领馆=consulate consulates
使领馆=embassies consulates|组织=organization organisation organizations|大学=university
学院=college institute academy school|中心=centre center|秘书处=secretariat|总站=station|检查站=station checkpoint
协会=association society|基金会=foundation fund|基金=fund|公司=company corporation|集团=group|研究所=institute
研究院=institute academy|法院=court|检察院=procuratorate prosecutor|政府=government governmental
联盟=union alliance league|银行=bank|学会=society association|联合会=federation union|理事会=council board
商会=chamber|红十字=red cross|议会=parliament|国会=parliament congress assembly|工会=union|警察=police|警=police
海关=customs|计划署=programme program|专员=commissioner|高级=high
机构=agency agencies institution organization bodies|部门=departments authorities services agencies
成员国=member states|国家=national state states countries|专家=experts expert|其他=other|联系国=associated
学校=school|科学院=academy|通讯社=agency|红新月=crescent|宪兵=gendarmerie|党校=school|计划=planning plan programme
企业=companies enterprises|移民=immigration migration migrants|外交=foreign|外事=foreign affairs
公安=public security|事务=affairs|内政=interior home|内务=interior home|民政=civil|商务=commerce|司法=justice
劳工=labour labor|劳动=labour labor|就业=employment|人力资源=human resources|社会保障=social security|社会=social
保障=security|卫生=health|健康=health|教育=education|文化=culture cultural|旅游=tourism
农业=agriculture agricultural|农村=rural|环境=environment environmental|生态=ecology ecological|财政=finance
金融=financial finance|发展=development|改革=reform|科学=science sciences|技术=technology technical
工业=industry industrial|信息=information|信息化=information|交通=transport|运输=transport transportation
住房=housing|建设=construction|水利=water|资源=resources|自然=natural|能源=energy|统计=statistics
安全=security safety|国防=defence defense|难民=refugees refugee|毒品=drugs|禁毒=narcotics drugs|犯罪=crime criminal
问题=-|人类=human|妇女=women|儿童=children|青年=youth|人口=population|开发=development|贸易=trade|世界=world|国际=international
全球=global|合作=cooperation co-operation
地区=regional region|区域=regional|人权=human rights|权利=rights|法律=law legal|法=law|比较=comparative
研究=research studies|出入境=exit entry immigration|出境=exit|入境=entry immigration|边防=border frontier
边境=border|边检=border frontier inspection|检查=inspection|检验=inspection|检疫=quarantine
管理=administration management|行政=administration|服务=service services|领事=consular|签证=visa
证件=document documents|身份=identity|护照=passport|反=counter anti|贩运=trafficking|拐卖=trafficking|打击=combating
粮食=food|粮农=food agriculture|农=agriculture|知识产权=intellectual property|气象=meteorological|海事=maritime
民航=civil aviation|航空=aviation|电信=telecommunication|原子能=atomic energy|货币=monetary|投资=investment
基础设施=infrastructure|亚洲=asian asia|非洲=african africa|欧洲=european europe|美洲=american americas
太平洋=pacific|中亚=central asian|东南亚=southeast asian|申根=schengen|条约=treaty|刑警=criminal police|红=red
语言=language languages|汉语=chinese|外国语=foreign|外国=foreign|经济=economic economics|政治=political|师范=normal
理工=technology|医学=medical|财经=finance economics|政法=law|警官=police|武警=armed police|武装=armed
人民=people's people|中央=central|地方=local|省级=provincial|省=province provincial|市=city municipal
自治区=autonomous region|县=county|区=district|培训=training|交流=exchange|友好=friendship
对外=foreign international|贸促=trade promotion|促进=promotion|慈善=charity|救助=relief rescue|援助=aid assistance
应急=emergency management|纪检=discipline|监察=supervision|审计=audit|税务=taxation tax revenue|市场监督=market
监督=supervision|体育=sport sports|宗教=religious|民族=ethnic|侨务=overseas|华侨=overseas|退役军人=veterans
住建=housing|妇联=women's women federation|工商=industry commerce|广播=broadcasting|电视=television|新闻=news press
出版=publishing|调查=investigation|情报=intelligence|海岸=coast|警卫=guard|卫队=guard guards|联邦=federal|皇家=royal
王国=kingdom|共和国=republic|独立=independent|常驻=permanent|驻=-|总=general|首席=chief|最高=supreme
全国=national all|共同体=community|社区=community|能力=capacity|应对=response|气候=climate|变化=change|女童=girls
残疾人=disabled persons disabilities|老龄=ageing aging|公共=public|宪法=constitutional|选举=election electoral
廉政=corruption|反腐=corruption|反腐败=corruption|金砖=brics|减贫=poverty|扶贫=poverty|欧盟=eu european union
联合国=un united nations|东盟=asean|非盟=african union|孔子=confucius|港务=port|机场=airport|铁路=railway
邮政=postal|电力=power|石油=petroleum|地质=geology geological|林业=forestry|草原=grassland|渔业=fisheries
水产=fisheries|测绘=surveying|标准=standards|计量=metrology|专利=patent|版权=copyright|档案=archives|图书馆=library
博物馆=museum|出版社=press|医院=hospital|实验室=laboratory|战略=strategic|政策=policy|规划=planning|城乡=urban rural
城市=urban city|土地=land|海洋=ocean oceanic marine|外籍=foreign|人才=talent talents|外专=foreign experts|引进=-
归国=returned|留学=overseas students|学术=academic|社会科学=social sciences|工程=engineering
翻译=translation interpretation|传媒=media communication|传播=communication|艺术=arts|音乐=music|戏剧=drama
指挥=command|查验=examination|鉴定=examination identification|伪造=fraudulent|返回=return returns|重返=reintegration
融入=integration|归化=naturalization|国籍=nationality citizenship|公民=citizens citizenship civil|庇护=asylum
外侨=aliens|外国人=aliens foreigners foreign
"""


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the English words of each Chinese one, in lower case; none for one that English leaves out."""
    entries = (entry.split("=") for line in _PAIRS.split("\n") for entry in line.split("|") if entry)
    return {chinese: tuple(word for word in english.split() if word != "-") for chinese, english in entries}


@cache
def _longest() -> int:
    return max(map(len, words()))


def in_words(text: str) -> list[str]:
    """Split Chinese into the words of the table, the longest first; what it does not know stays sign by sign."""
    found = []
    at = 0
    while at < len(text):
        for length in range(min(_longest(), len(text) - at), 0, -1):
            if text[at : at + length] in words() or length == 1:
                found.append(text[at : at + length])
                at += length
                break
    return found


def is_topic(text: str) -> bool:
    """Tell whether Chinese text ends in a word that organisations deal in: “人力资源”, “文化”."""
    return any(text.endswith(word) for word in words() if len(word) > 1)
