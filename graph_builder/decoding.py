"""The text in a page's bytes: its encoding by byte-order mark, by what an HTML page declares, or by what fits."""

from __future__ import annotations

import codecs
import re

from nutrigraph.errors import SourceError

_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_LOOKED_THROUGH = 4096
"""Bytes at the beginning in which a declaration counts: the standard asks for 1,024, browsers look further."""
_AT_ONCE = 100_000
"""Bytes of a large file that are decoded at once."""
_CONTROL = bytes({*range(32)} - {9, 10, 12, 13, 27})
_WESTERN = frozenset("ascii us-ascii iso-8859-1 iso8859-1 latin1 latin-1 l1 cp1252 windows-1252 x-cp1252 ansi".split())
_READ_AS = {
    "iso-8859-9": "cp1254", "latin5": "cp1254", "tis-620": "cp874", "iso-8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "x-user-defined": "latin-1",
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "unicode": "utf-8", "utf8": "utf-8",
}  # fmt: skip
"""What browsers read for a declared encoding, where Python reads another one."""
_C1 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def decoded(path: str, data: bytes) -> str:
    """A page in UTF-8, its byte-order mark dropped; SourceError for anything else."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(path, "the file is UTF-16, not UTF-8. Save it again with the encoding UTF-8.")
    _refuse_zero_bytes(path, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error) from None


def decoded_html(path: str, data: bytes) -> str:
    """A page in HTML: by its byte-order mark, as it declares, in UTF-8 if it is that, else in windows-1252.

    A byte-order mark at the beginning is dropped. SourceError for binary files, for encodings that nobody knows, and
    for a page that declares UTF-8 and is something else.
    """
    if data.startswith(codecs.BOM_UTF8):
        data, declared = data.removeprefix(codecs.BOM_UTF8), "utf-8"
    elif wide := _wide(data):
        return _strictly(path, data.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE), wide)
    else:
        head = _COMMENT.sub(b"", data[:_LOOKED_THROUGH])
        found = _XML_DECLARED.match(head) or _DECLARED.search(head)
        declared = found[1].decode("ascii", "replace").lower() if found else ""
    _refuse_zero_bytes(path, data)
    control = len(data) - len(data.translate(None, _CONTROL))
    if control * 100 > len(data):
        raise SourceError(path, "the file is binary (full of control characters). Move it out of the pages.")
    encoding = _READ_AS.get(declared, declared)
    if encoding in ("", "utf-8"):
        return _utf8(path, data, declared=bool(declared))
    if encoding in _WESTERN:
        return _western(data)
    return _strictly(path, data, encoding)


def decoded_xml(path: str, data: bytes) -> str:
    """An XML file: by its byte-order mark, as it declares, else in UTF-8; SourceError where that does not fit."""
    if wide := _wide(data):
        return _strictly(path, data.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE), wide)
    data = data.removeprefix(codecs.BOM_UTF8)
    _refuse_zero_bytes(path, data)
    found = _XML_DECLARED.match(data[:_LOOKED_THROUGH])
    declared = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    encoding = _READ_AS.get(declared, declared)
    if encoding in _WESTERN:
        return _western(data)
    if encoding != "utf-8":
        return _strictly(path, data, encoding)
    return _utf8(path, data, declared=True)


def xml_in_utf8(path: str, data: bytes) -> bytes:
    """An XML file in UTF-8 without a byte-order mark; the same bytes where it is that already, as text takes up to
    four times as much memory. SourceError as for `decoded_xml`."""
    declared = _XML_DECLARED.match(data.removeprefix(codecs.BOM_UTF8)[:_LOOKED_THROUGH])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if _wide(data) or _READ_AS.get(encoding, encoding) != "utf-8" or not _is_utf8(data):
        return decoded_xml(path, data).encode("utf-8")
    _refuse_zero_bytes(path, data)
    return data.removeprefix(codecs.BOM_UTF8)


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _AT_ONCE):
            decoder.decode(data[start : start + _AT_ONCE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """Which UTF-16 the bytes are, by their mark or by the zero bytes around their first "<"."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    return "utf-16-be" if data.startswith((codecs.BOM_UTF16_BE, b"\0<")) else None


def _utf8(path: str, data: bytes, *, declared: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        mended = data.decode("utf-8", "replace")
        broken = mended.count("\ufffd")
        sound = len(data.decode("utf-8", "ignore").encode("utf-8")) - len(data.decode("ascii", "ignore"))
        if broken * 1000 <= len(mended) and (declared or sound > broken):
            return mended  # a character cut in two somewhere, as every browser shows it
        if declared:
            raise _not_utf8(path, data, error) from None
    return _western(data)


def _western(data: bytes) -> str:
    """windows-1252 as browsers read it: no byte is without a meaning."""
    return data.decode("latin-1").translate(_C1)


def _strictly(path: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        problem = f"the page declares the encoding {encoding[:40]!r}, which is not known"
    except (UnicodeDecodeError, ValueError) as error:
        problem = f"the page is not in the encoding {encoding!r} that it declares ({getattr(error, 'reason', error)})"
    else:
        if "\0" not in text:
            return text
        problem = "the file is binary (it has zero characters)"
    raise SourceError(path, f"{problem}. Save the file again with the encoding UTF-8.")


def _refuse_zero_bytes(path: str, data: bytes) -> None:
    zero = data.find(b"\0")
    if zero >= 0:
        raise SourceError(path, f"the file is binary (a zero byte at position {zero}). Move it out of the pages.")


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> SourceError:
    line = data.count(b"\n", 0, error.start) + 1
    problem = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
    return SourceError(path, f"{problem}. Save the file again with the encoding UTF-8.", line=line)
