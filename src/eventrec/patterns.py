"""Regular expressions that wait: compiling one takes up to milliseconds, and a command needs few of a module's."""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, Generic, cast

_METHODS: Final = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub",
)  # fmt: skip


class _Late(Generic[AnyStr]):
    """Stands in for a compiled expression, and is as quick as one from the second use on.

    What it finds knows the compiled one: compare the `pattern` of `found.re`, not what it is.
    """

    def __init__(self, expression: AnyStr, flags: int) -> None:
        self._given: tuple[Any, int] = (expression, flags)
        self.pattern: Any = expression

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the method of the compiled expression
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def late(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the expression, to be compiled when it is first used. A mistake in it shows then, as `re.error`."""
    return cast("re.Pattern[AnyStr]", _Late(expression, flags))
