"""What a command says: one object of JSON, or lines for people."""

from __future__ import annotations

import dataclasses
import enum
import json
import sys
from collections.abc import Mapping
from typing import Any


class Output:
    """Results on standard output, what to do now on standard error."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, values: Mapping[str, Any]) -> None:
        """What came of it."""
        plain = plain_of(values)
        if self.as_json:
            print(json.dumps(plain, ensure_ascii=False), flush=True)
            return
        for name, value in plain.items():
            self._line(name, value)

    def _line(self, name: str, value: Any) -> None:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(f"{name}:")
            for one in value:
                print("  " + "  ".join(f"{k}={v}" for k, v in one.items()))
            return
        if isinstance(value, (dict, list)):
            value = json.dumps(value, ensure_ascii=False)
        print(f"{name}: {value}", flush=True)

    def say(self, sentence: str) -> None:
        """What a person is to do now."""
        print(sentence, file=sys.stderr, flush=True)

    def error(self, code: str, sentence: str) -> None:
        """Why it is not done."""
        if self.as_json:
            print(json.dumps({"error": code, "message": sentence}), flush=True)
        print(f"farm-edge: {sentence}", file=sys.stderr, flush=True)


def plain_of(value: Any) -> Any:
    """A value as JSON has it; bytes in hex."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: plain_of(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): plain_of(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_of(one) for one in value]
    if isinstance(value, bytes):
        return value.hex().upper()
    if isinstance(value, enum.Enum):
        return value.value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
