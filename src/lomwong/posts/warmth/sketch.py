"""Count different people without knowing them: linear counting over a field of bits.

Whang, Vander-Zanden & Taylor (1990), A linear-time probabilistic counting algorithm for database applications. With
8192 bits the standard error is 0.8 % at 3,000 and below 2 % at 30,000.
"""

import math

BITS = 8192
EMPTY = bytes(BITS // 8)


def with_bit(bits: bytes, digest: bytes) -> bytes:
    """The field after somebody whose digest this is has been here."""
    at = int.from_bytes(digest[:8], "big") % BITS
    marked = bytearray(bits)
    marked[at // 8] |= 1 << at % 8
    return bytes(marked)


def count(bits: bytes) -> int:
    """About how many different digests have been here."""
    unset = BITS - int.from_bytes(bits, "big").bit_count()
    return round(BITS * math.log(BITS / max(unset, 1)))
