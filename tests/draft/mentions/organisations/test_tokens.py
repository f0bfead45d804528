"""English text as runs of capitals, with what joins them."""

from __future__ import annotations

import pytest

from eventrec.draft.mentions.organisations.tokens import chains, is_code


def _links(text: str) -> list[list[tuple[str, str]]]:
    return [[(run.link, run.text) for run in chain] for chain in chains(text, 0, len(text))]


def test_small_words_and_commas_join_runs() -> None:
    assert _links("held by the Bureau of Trade, the Board and Sea Bank.") == [
        [("", "Bureau"), ("of", "Trade"), (", the", "Board"), ("and", "Sea Bank")]
    ]


def test_other_words_part_chains() -> None:
    assert _links("Chad met Mali") == [[("", "Chad")], [("", "Mali")]]


def test_titles_and_verbs_of_headlines_end_a_run() -> None:
    assert _links("Border Agency Hosts Director General Rossi of Sea Bank") == [
        [("", "Border Agency")],
        [("", "Rossi"), ("of", "Sea Bank")],
    ]


def test_a_genitive_that_is_of_the_name_stays_in_it() -> None:
    assert _links("China's People's Bank") == [[("", "China"), ("'s", "People's Bank")]]


def test_an_acronym_in_brackets_is_of_its_run() -> None:
    (chain,) = chains("Border Agency (BA) Office in Chad", 0, 33)
    assert [(run.text, run.link, run.code) for run in chain] == [
        ("Border Agency", "", "BA"),
        ("Office", "+", None),
        ("Chad", "in", None),
    ]


@pytest.mark.parametrize("text", ["IOM", "UNHCR", "MoFA", "R&D", "DCI"])
def test_acronyms_have_two_capitals_and_are_half_of_them(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", ["Iom", "I", "McDonalds", "2030", "iom"])
def test_other_words_are_no_acronyms(text: str) -> None:
    assert not is_code(text)
