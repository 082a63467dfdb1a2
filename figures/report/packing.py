"""How data goes into the page: compressed, as text no HTML parser trips over, and hashed for the policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from typing import Any, Final

_LEVEL: Final = 6
"""gzip's level: the highest takes thrice as long for a hundredth of the size."""


def pack(text: str) -> str:
    """Text as base64 of gzip; the same text gives the same characters."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), _LEVEL, mtime=0)).decode("ascii")


def pack_json(value: Any) -> str:
    """A JSON value, packed."""
    return pack(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def policy_hash(code: str) -> str:
    """The source expression by which a content-security policy lets this script or style through."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode('utf-8')).digest()).decode('ascii')}'"
