"""Reads TOML documents, a JSON list of texts on standard input, and prints what tomllib makes of each: null for what is
no TOML, else the value with its kind, such as ["integer", "1"]. Decimals are their bits, since texts of them differ."""

import json
import struct
import sys
import tomllib
from typing import Any


def tagged(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return ["flag", value]
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise ValueError("TOML 1.0: what cannot be represented is an error")
        return ["integer", str(value)]
    if isinstance(value, float):
        return ["decimal", "nan" if value != value else struct.pack(">d", value).hex()]
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, list):
        return ["list", [tagged(element) for element in value]]
    if isinstance(value, dict):
        return ["table", [[name, tagged(member)] for name, member in value.items()]]
    return ["date"]


def read(text: str) -> list[Any] | None:
    try:
        return tagged(tomllib.loads(text))
    except ValueError:
        return None


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
