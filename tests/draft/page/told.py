"""How the tests of the page look at one: its passages as pairs of kind and words."""

from __future__ import annotations

from eventrec.draft.page import Kind, Page, lay_out

EN = (
    "The Example Agency (EA) held a workshop on samples on 17 October 2024 for thirty officials "
    "of the Ministry of Samples."
)
MORE = "Participants discussed samples and visited the Sample Centre. The Government of Elsewhere paid for the event."
ZH = "10月17日至18日，示例局在示例市举办样品管理培训班，来自各地的三十名学员参加培训。"
MORE_ZH = "培训期间，学员们参观了样品中心，并与专家进行了交流。"


def told(source: str) -> list[tuple[Kind, str]]:
    page = lay_out(source)
    return [(each.kind, page.of(each.span)) for each in page.passages]


def kind_of(words: str, source: str) -> Kind:
    """Return the kind of the passage that holds these words."""
    page = lay_out(source)
    return next(each.kind for each in page.passages if words in page.of(each.span))


def read(page: Page) -> list[str]:
    return [page.of(each.span) for each in page.passages_of()]


def headlines(source: str) -> list[str]:
    page = lay_out(source)
    return [page.of(each.span) for each in page.passages_of(Kind.HEADLINE)]


def sentences(source: str) -> list[str]:
    page = lay_out(source)
    return [page.of(each.span).strip() for each in page.sentences]
