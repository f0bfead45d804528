"""Write docs/dependencies.md from what is installed, pyproject.toml and constraints.txt.

Run: .venv/bin/python docs/make_dependencies.py
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

_HOME: Final = Path(__file__).parents[1]
PAGE: Final = Path(__file__).with_name("dependencies.md")
_LONGEST: Final = 40
_PREFACE: Final = """\
# Dependencies

Made by `python docs/make_dependencies.py`; change `pyproject.toml` and `constraints.txt`, not this page. These are the
libraries that run with eventrec, those that they need themselves included, in the versions that were tested; what only
tests and builds need stands in [constraints.txt](../constraints.txt) too. Why each is there:
[CONTRIBUTING](../CONTRIBUTING.md#dependencies).

## How to audit them

With a network, from the folder of the source:

```console
$ pip install pip-audit
$ pip-audit --no-deps -r constraints.txt
```

pip-audit asks the vulnerability service of PyPI or OSV for each version. It keeps no data of its own, so there is no
check of it without a network, and this page is no audit: no list of known holes was consulted for it. What the tests do
hold: this page lists what is installed and needed, with the versions of `constraints.txt`, and each says its licence.
On Linux; Windows adds `colorama`, and where Python is another one, a library may need one more.

## What runs with eventrec

| name | version | licence | needed by |
|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    pins = pinned()
    rows = [
        f"| {name} | {pins.get(_key(name), 'not pinned')} | {licence(distribution(name))} | {', '.join(sorted(by))} |\n"
        for name, by in sorted(needed().items(), key=lambda each: each[0].lower())
    ]
    return _PREFACE + "".join(rows)


def pinned() -> dict[str, str]:
    """Return the versions of constraints.txt, by name in lower case."""
    lines = (_HOME / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {_key(name): version for name, _, version in (line.partition("==") for line in lines) if version}


def needed() -> dict[str, set[str]]:
    """Return what runs with eventrec and its extras for users, and which of them needs it."""
    said = tomllib.loads((_HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, set[str]] = {}
    waiting = [("eventrec", Requirement(text)) for text in said["dependencies"]]
    for extra in ("docx", "draft", "postgres"):
        waiting += [(f"extra {extra}", Requirement(text)) for text in said["optional-dependencies"][extra]]
    while waiting:
        by, wanted = waiting.pop()
        library = distribution(wanted.name)
        if library.name not in found:
            waiting += [(library.name, each) for each in _asked_by(library, wanted.extras)]
        found.setdefault(library.name, set()).add(by)
    return found


def _asked_by(library: Distribution, extras: set[str]) -> list[Requirement]:
    """Return what a library needs with this Python and system, with the extras that were asked for."""
    found = [Requirement(text) for text in library.requires or ()]
    return [
        each
        for each in found
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def licence(library: Distribution) -> str:
    """Return the licence that a library says it has."""
    about = library.metadata
    told = (about.get("License") or "").strip().split("\n")[0]
    classes = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    short = told if told and len(told) <= _LONGEST else ""
    return (about.get("License-Expression") or short or ", ".join(classes) or "not said").replace("|", "/")


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
