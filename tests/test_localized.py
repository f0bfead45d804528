from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventrec.localized import Localized, pairs_of

NAMES = st.dictionaries(st.sampled_from(["en", "zh", "fr", "ru"]), st.text(min_size=1), min_size=1, max_size=3)


@given(NAMES)
@example({"en": 'a"b', "zh": "\\"})
@example({"en": '","zh":"', "zh": ""})
def test_names_are_read_as_json_reads_them(name: dict[str, str]) -> None:
    assert pairs_of(Localized(name).to_json()) in (None, tuple(sorted(name.items())))
    assert pairs_of(json.dumps(name)) in (None, tuple(name.items()))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '"a"', '{"en":1}', '{"en":"a"', '["en","a"]', '{"en":["a"]}'])
def test_what_is_no_name_is_not_read_as_one(text: str) -> None:
    assert pairs_of(text) is None
