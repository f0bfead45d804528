"""Texts that a program may stumble over."""

from __future__ import annotations

SCRIPTS = {
    "planes": "𠀀 𰀀 𝔘𝕟𝕚 😀 \U000e0041\U000e0067 \U000f0001 \U0010fffd \ue000 ﷺ",
    "combining": "e\u0301 \u0958\u093c นี่ ก็ Z\u0351\u036b\u0343\u036a a\u030a ȧ\u0328",
    "right to left": "שלום (a, b; c) مرحبا بالعالم \u200f12\u200e نص",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇪🇺🇨🇳 ❤\ufe0f 🏴"
    "\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "marks": "C:\\temp\\data; \"quoted\", 'single' ^caret^ 50% {a} <b> & c = d | ~ `e` #f @g $h *i* \\, \\; \\\\",
    "long word": "超" * 300,
}
"""Texts of every kind that a program may stumble over, by what they try."""

LONG = "\n".join(
    f"{number}. Paragraph, with “quotes”; 第{number}段：返回、接待与重新融入。" for number in range(1, 250)
)
LONG_TEXT = LONG[:10_000]
