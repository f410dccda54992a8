"""Outlook mails made in tests: compound files (MS-CFB) with the streams of a message (MS-OXMSG)."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECTOR = 512
MINI = 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_CUTOFF = 4_096
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Tree = Mapping[str, "bytes | Tree"]
"""Streams and storages by name."""


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END


def _list(tree: Tree, entries: list[_Entry], parent: int) -> None:
    # Names are sorted by length first.
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        value = tree[name]
        entries.append(_Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1))
        place = len(entries) - 1
        entries[parent].children.append(place)
        if not isinstance(value, bytes):
            _list(value, entries, place)


def _chain(count: int, start: int) -> list[int]:
    return [*range(start + 1, start + count), _END] if count else []


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def make_compound_file(tree: Tree) -> bytes:
    """Return a compound file of version 3; each folder's entries are a chain of right siblings."""
    entries = [_Entry("Root Entry", 5)]
    _list(tree, entries, 0)
    mini, mini_fat = b"", list[int]()
    body, fat = b"", list[int]()
    for entry in entries:
        if entry.kind == 2 and 0 < len(entry.data) < _CUTOFF:
            entry.start = len(mini) // MINI
            packed = _padded(entry.data, MINI)
            mini_fat += _chain(len(packed) // MINI, entry.start)
            mini += packed

    def put(data: bytes) -> int:
        nonlocal body
        start = len(body) // SECTOR
        packed = _padded(data, SECTOR)
        fat.extend(_chain(len(packed) // SECTOR, start))
        body += packed
        return start if packed else _END

    for entry in entries:
        if entry.kind == 2 and len(entry.data) >= _CUTOFF:
            entry.start = put(entry.data)
    entries[0].data, entries[0].start = mini, put(mini)
    packed_mini_fat = b"".join(struct.pack("<I", number) for number in mini_fat)
    mini_fat_at = put(packed_mini_fat + b"\xff" * (-len(packed_mini_fat) % SECTOR))
    directory_at = put(_pack_directory(entries))
    sectors = len(fat)
    fat_sectors = -(-(sectors + 1) // (SECTOR // 4))
    while fat_sectors * (SECTOR // 4) < sectors + fat_sectors:
        fat_sectors += 1
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (-len(fat) % (SECTOR // 4))
    body += b"".join(struct.pack("<I", number) for number in fat)
    places = [*range(sectors, sectors + fat_sectors)]
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6),
        *(0, fat_sectors, directory_at, 0, _CUTOFF, mini_fat_at, -(-len(packed_mini_fat) // SECTOR), _END, 0),
        places[0],
    )
    listed = [*places[1:], *[_FREE] * (109 - len(places))]
    return head + b"".join(struct.pack("<I", number) for number in listed) + body


def _pack_directory(entries: Sequence[_Entry]) -> bytes:
    right = {
        one: after
        for entry in entries
        for one, after in zip(entry.children, entry.children[1:], strict=False)
    }
    packed = b""
    for place, entry in enumerate(entries):
        name = f"{entry.name}\0".encode("utf-16-le")
        child = entry.children[0] if entry.children else _FREE
        packed += struct.pack(
            "<64sHBBIII", name, len(name), entry.kind, 1, _FREE, right.get(place, _FREE), child
        )
        packed += bytes(36) + struct.pack("<IQ", entry.start if entry.data else 0, len(entry.data))
    return packed + bytes(-len(packed) % SECTOR)


def _properties(head: int, texts: Mapping[int, str], files: Mapping[int, bytes], fixed: bytes) -> Tree:
    tree: dict[str, bytes | Tree] = {}
    lines = fixed
    for number, words in texts.items():
        data = words.encode("utf-16-le")
        tree[f"__substg1.0_{number:04X}001F"] = data
        lines += struct.pack("<HHIII", 0x001F, number, 6, len(data) + 2, 0)
    for number, data in files.items():
        tree[f"__substg1.0_{number:04X}0102"] = data
        lines += struct.pack("<HHIII", 0x0102, number, 6, len(data), 0)
    return {**tree, "__properties_version1.0": bytes(head) + lines}


def make_msg(texts: Mapping[int, str], attached: Mapping[str, bytes], sent: datetime | None = None) -> bytes:
    """Return an Outlook mail.  texts: by number of their property (0x0037 subject, 0x1000 words)."""
    fixed = b""
    if sent is not None:
        ticks = int((sent - _EPOCH).total_seconds()) * 10_000_000
        fixed = struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)
    tree = dict(_properties(32, texts, {}, fixed))
    own = tree["__properties_version1.0"]
    assert isinstance(own, bytes)
    count = len(attached)
    tree["__properties_version1.0"] = struct.pack("<8x4I8x", 0, count, 0, count) + own[32:]
    for number, (name, data) in enumerate(attached.items()):
        method = struct.pack("<HHIII", 0x0003, 0x3705, 6, 1, 0)
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(8, {0x3707: name}, {0x3701: data}, method)
    tree["__nameid_version1.0"] = {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}
    return make_compound_file(tree)
