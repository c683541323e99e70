"""How large an image says it is, read from its header: nothing is decoded, so an image bomb costs nothing."""

import struct
from typing import BinaryIO

#: A JPEG has a handful of segments before its dimensions; a hostile one may have millions.
MAX_SEGMENTS = 2_000
_NOT_FRAMES = {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}


def dimensions(media_type: str, stream: BinaryIO) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG or WebP; None when its header does not say."""
    stream.seek(0)
    try:
        return _READERS[media_type](stream)
    except (struct.error, IndexError):
        return None


def _png(stream: BinaryIO) -> tuple[int, int] | None:
    head = stream.read(24)
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" else None


def _jpeg(stream: BinaryIO) -> tuple[int, int] | None:
    """https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B: markers, each with its length, until a frame header."""
    stream.seek(2)
    for _ in range(MAX_SEGMENTS):
        if stream.read(1) != b"\xff":
            return None
        marker = stream.read(1)[0]
        while marker == 0xFF:
            marker = stream.read(1)[0]
        if marker in _WITHOUT_LENGTH:
            continue
        length = struct.unpack(">H", stream.read(2))[0]
        if 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES:
            height, width = struct.unpack(">xHH", stream.read(5))
            return width, height
        stream.seek(length - 2, 1)
    return None


def _webp(stream: BinaryIO) -> tuple[int, int] | None:
    """https://developers.google.com/speed/webp/docs/riff_container: extended, lossless or lossy first chunk."""
    head = stream.read(30)
    chunk = head[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = struct.unpack("<I", head[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


_READERS = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}
