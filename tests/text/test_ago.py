import pytest

from eventrec.text.ago import say_ago

NOW = "2026-01-02T03:04:05Z"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "just now"),
        ("2026-01-02T03:04:04Z", "1 second ago"),
        ("2026-01-02T03:03:06Z", "59 seconds ago"),
        ("2026-01-02T03:02:05Z", "2 minutes ago"),
        ("2026-01-02T01:04:06Z", "1 hour ago"),
        ("2025-12-30T03:04:05Z", "3 days ago"),
        ("2025-01-02T03:04:05Z", "on 2025-01-02"),
        ("2026-01-02T03:04:06Z", "at 2026-01-02T03:04:06Z"),
    ],
)
def test_a_moment_is_said_from_now(moment: str, said: str) -> None:
    assert say_ago(moment, NOW) == said
