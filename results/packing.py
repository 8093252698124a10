"""Columns of whole numbers in few bytes: each in as many bytes as its largest needs, plane by plane.

The planes of a packet's columns follow one another, lowest byte first, and zlib does the rest:
upper planes hardly vary, and the lowest is noise that nothing makes smaller.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from results.conform import Misfit
from results.limits import MOST_NUMBERS, MOST_UNPACKED

Integers = NDArray[np.int64]
Naturals = NDArray[np.uint64]

# Level 1 is three times as fast as zlib's default here, and 2 % larger.
_LEVEL = 1
_ONE, _OCTET = np.uint64(1), np.uint64(8)
_COLUMN = struct.Struct("<BI")  # bytes of a number, numbers


def pack(columns: Sequence[Naturals]) -> bytes:
    """Return one compressed packet."""
    heads, planes = [], []
    for column in columns:
        width = max(1, (int(column.max(initial=0)).bit_length() + 7) // 8)
        heads.append(_COLUMN.pack(width, column.size))
        octets = column.astype("<u8").view(np.uint8).reshape(-1, 8)
        planes.append(octets[:, :width].T.tobytes())
    return zlib.compress(b"".join([*heads, *planes]), _LEVEL)


def unpack(packet: bytes, count: int) -> list[Naturals]:
    """Return the `count` columns of a packet; raise `Misfit` where it is anything else."""
    try:
        stream = zlib.decompressobj()
        text = stream.decompress(packet, MOST_UNPACKED)
    except zlib.error as error:
        raise Misfit("its pings are not compressed as they should be") from error
    place = count * _COLUMN.size
    if not stream.eof or stream.unused_data or len(text) < place:
        raise Misfit("its pings are cut off, or too many")
    columns = []
    for width, size in _COLUMN.iter_unpack(text[:place]):
        if not 1 <= width <= 8 or size > MOST_NUMBERS or place + width * size > len(text):
            raise Misfit("its pings have columns of impossible size")
        planes = np.frombuffer(text, dtype=np.uint8, count=width * size, offset=place)
        *lower, column = planes.reshape(width, size)
        column = column.astype(np.uint64)
        for plane in reversed(lower):
            column <<= _OCTET
            column |= plane
        columns.append(column)
        place += width * size
    if place != len(text):
        raise Misfit("its pings have more than their columns")
    return columns


def signed(values: Integers) -> Naturals:
    """Numbers of either sign as naturals, small ones staying small: 0, -1, 1, -2 … → 0, 1, 2, 3 …"""
    return ((values << 1) ^ (values >> 63)).view(np.uint64)


def unsigned(naturals: Naturals) -> Integers:
    """Undo `signed`."""
    values = (naturals >> _ONE).view(np.int64)
    odd = (naturals & _ONE).view(np.int64)
    values ^= np.negative(odd, out=odd)
    return values


def optional(values: Integers, base: Integers) -> Naturals:
    """Times as what they are beyond `base`; 0 for those that are negative: not observed."""
    return np.where(values < 0, np.uint64(0), signed(values - base) + _ONE)


def beyond(naturals: Naturals) -> tuple[Integers, NDArray[np.bool_]]:
    """Undo `optional`: what each is beyond its base, and which were observed; 0 for the others."""
    observed = naturals != 0
    values = unsigned(naturals - _ONE)
    values[~observed] = 0
    return values, observed


def steps(values: Integers) -> Naturals:
    """Each number less the one before it; the first less 0."""
    return signed(np.diff(values, prepend=0))


def walked(naturals: Naturals) -> Integers:
    """Undo `steps`."""
    return np.cumsum(unsigned(naturals), dtype=np.int64)


def from_first(values: Integers) -> tuple[Naturals, Naturals]:
    """A clock's times as the first of them, and steps from there."""
    return signed(values[:1]), steps(values - values[:1]) if values.size else signed(values)


def onward(first: Naturals, later: Naturals) -> Integers:
    """Undo `from_first`; raise `Misfit` where the first is missing or is several."""
    if first.size != min(later.size, 1):
        raise Misfit("its origin's times do not start anywhere")
    return walked(later) + unsigned(first)[:1] if later.size else unsigned(later)


def octets(texts: Sequence[bytes]) -> tuple[Naturals, Naturals]:
    """Byte strings as their lengths and their bytes."""
    lengths = np.array([len(text) for text in texts], dtype=np.uint64)
    return lengths, np.frombuffer(b"".join(texts), dtype=np.uint8).astype(np.uint64)


def texts(lengths: Naturals, joined: Naturals) -> tuple[bytes, ...]:
    """Undo `octets`; raise `Misfit` where the two do not fit."""
    if np.any(joined > 255) or np.any(lengths > joined.size) or lengths.sum() != joined.size:
        raise Misfit("its request heads are cut off")
    flat = joined.astype(np.uint8).tobytes()
    ends = np.cumsum(lengths).tolist()
    return tuple(flat[end - size : end] for end, size in zip(ends, lengths.tolist(), strict=True))
