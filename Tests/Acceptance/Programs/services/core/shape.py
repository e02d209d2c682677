"""What a value of JSON has to be. A check takes a value and tells what is wrong with it, or nothing."""
import re
from collections.abc import Callable, Collection, Mapping

Check = Callable[[object], str | None]
MEDIA_TYPE = r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*"


def text(pattern: str = r"(?s).+", choices: Collection[str] = ()) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return f"is {value!r}, not a text"
        if choices and value not in choices:
            return f"is {value!r}, not one of {', '.join(choices)}"
        return None if re.fullmatch(pattern, value) else f"is {value!r}"

    return check


media_type = text(MEDIA_TYPE)


def number(low: float = 0, high: float = float("inf"), whole: bool = False) -> Check:
    def check(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            return f"is {value!r}, not {'a whole' if whole else 'a'} number"
        return None if low <= value <= high else f"is {value}, not within {low}...{high}"

    return check


def boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else f"is {value!r}, not true or false"


def anything(value: object) -> str | None:
    return None


def texts(value: object) -> str | None:
    right = isinstance(value, list) and value and all(isinstance(item, str) for item in value)
    return None if right else f"is {value!r}, not a list of texts"


def mapping(required: Mapping[str, Check], optional: Mapping[str, Check] = {}, others: bool = False) -> Check:
    """An object with these fields. `others` is for contracts that do not list all that may be there."""

    def check(value: object) -> str | None:
        if not isinstance(value, dict):
            return f"is {value!r}, not an object"
        for name in required:
            if name not in value:
                return f"has no {name!r}"
        for name, item in value.items():
            known = required.get(name) or optional.get(name) or (anything if others else None)
            if known is None:
                return f"has the unknown field {name!r}"
            if wrong := known(item):
                return f"has a field {name!r} that {wrong}"
        return None

    return check
