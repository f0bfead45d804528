import pytest

from eventrec.draft.gazetteer import Gazetteer
from eventrec.draft.read import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Third Conference on Data took place in Riga on 3 May 2031. "
            "The second conference was held in Oslo on 4 May 2029.",
            ("2031-05-03", "Riga"),
        ),
        (
            "The 12th Forum on Data took place in Riga on 3 May 2031. Its 11th edition was held in Oslo on 3 May 2030.",
            ("2031-05-03", "Riga"),
        ),
        (
            "2031年3月15日，“第五届国际示例论坛”在北京举行。第四届论坛于2030年4月2日在上海举行。",
            ("2031-03-15", "Beijing"),
        ),
        (
            "The third conference on data was held in Riga. The first session of it took place on 3 May 2031 in Riga.",
            ("2031-05-03", "Riga"),
        ),
    ],
)
def test_an_earlier_edition_says_nothing_of_this_one(text: str, expected: tuple[str, str]) -> None:
    [draft] = read(text, Gazetteer()).events
    assert (draft.starts_on, draft.city) == expected
    assert not {"starts_on", "city"} & set(draft.uncertain)
