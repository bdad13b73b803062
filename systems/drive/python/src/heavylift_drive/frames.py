"""Frames: two uint32 (bytes of the head, count of numbers), the head (JSON, padded with blanks), the numbers as float64."""

from __future__ import annotations

import json
import struct
import sys
from typing import IO, Any, Dict, Optional, Sequence, Tuple

if sys.byteorder != "little":
    raise ImportError("heavylift_drive needs a little-endian machine.")

PROTOCOL = 2
_prefix = struct.Struct("<II")


def read_frame(stream: IO[bytes]) -> Optional[Tuple[Dict[str, Any], Sequence[float]]]:
    """The next frame's head (empty where it has none) and numbers; None at the end of the input."""
    prefix = stream.read(8)
    if len(prefix) < 8:
        return None
    head_bytes, count = _prefix.unpack(prefix)
    head = stream.read(head_bytes) if head_bytes else b""
    body = stream.read(8 * count)
    if len(head) < head_bytes or len(body) < 8 * count:
        return None
    return (json.loads(head) if head_bytes else {}), memoryview(body).cast("d")


def write_frame(stream: IO[bytes], head: Dict[str, Any], numbers: bytes) -> None:
    """Writes a frame whose numbers are float64 already, and flushes it."""
    text = json.dumps(head).encode() if head else b""
    text += b" " * (-len(text) % 8)
    stream.write(_prefix.pack(len(text), len(numbers) // 8) + text + numbers)
    stream.flush()
