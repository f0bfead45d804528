from wcwidth import wcswidth

from eventrec.formats.chart import bars


def test_bars_are_scaled_to_the_widest() -> None:
    assert bars([("NIA", 12), ("欧盟", 6)], 19) == "NIA   ██████████ 12\n欧盟  █████ 6\n"


def test_a_small_number_still_has_a_bar_and_none_has_none() -> None:
    assert bars([("a", 1000), ("b", 1), ("c", 0), ("d", None)], 20).splitlines()[1:] == ["b  ▏ 1", "c   0", "d"]


def test_the_plain_chart_is_ascii() -> None:
    assert bars([("a", 4), ("b", 1)], 15, plain=True) == "a  ########## 4\nb  ## 1\n"


def test_a_long_label_does_not_push_the_bars_out() -> None:
    lines = bars([("Ministry of Foreign Affairs of Somewhere", 12)], 40).splitlines()
    assert [wcswidth(line) <= 40 for line in lines] == [True]
    assert "█" in lines[0]


def test_nothing_to_show_is_an_empty_text() -> None:
    assert bars([], 40) == ""
