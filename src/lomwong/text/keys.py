"""A Thai keyboard key by key: what US QWERTY and Thai Kedmanee (TIS 820-2538) type, and which keys touch."""

_LATIN = ("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./")
_LATIN_SHIFT = ("~!@#$%^&*()_+", "QWERTYUIOP{}|", 'ASDFGHJKL:"', "ZXCVBNM<>?")
_THAI = ("_ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบลฃ", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ")
_THAI_SHIFT = ("%+๑๒๓๔ู฿๕๖๗๘๙", '๐"ฎฑธํ๊ณฯญฐ,ฅ', "ฤฆฏโฌ็๋ษศซ.", "()ฉฮฺ์?ฒฬฦ")
_ROW_STARTS = (0.0, 1.5, 1.75, 2.25)  # how far to the right, in keys

THAI_OF = dict(zip("".join(_LATIN + _LATIN_SHIFT), "".join(_THAI + _THAI_SHIFT), strict=True))
"""Latin character -> what the same key, with shift or without, types in Thai."""
LATIN_OF = {thai: latin for latin, thai in THAI_OF.items()}


def _layer(rows: tuple[str, ...]) -> dict[str, str]:
    """Letter -> what the keys around its own type on the same layer, letters only."""
    places = {
        char: (row, start + at)
        for row, (start, chars) in enumerate(zip(_ROW_STARTS, rows, strict=True))
        for at, char in enumerate(chars)
        if char.isalpha() or "\u0e00" < char < "\u0e50"
    }
    return {
        char: "".join(
            other
            for other, (other_row, other_at) in places.items()
            if other != char and abs(other_row - row) <= 1 and abs(other_at - at) <= 1
        )
        for char, (row, at) in places.items()
    }


NEIGHBOURS = {
    char: around for rows in (_LATIN, _LATIN_SHIFT, _THAI, _THAI_SHIFT) for char, around in _layer(rows).items()
}
"""Letter -> the letters on the keys that touch its own, same shift."""
