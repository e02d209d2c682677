"""The parts of the corpus that no tool of Debian 12 writes: corpus_bytes.py RECIPE ARGUMENT..."""

import struct
import sys
from pathlib import Path


def box(kind, payload):
    return struct.pack(">I4s", len(payload) + 8, kind) + payload


def boxes(data):
    """The top-level boxes of an ISO-BMFF file, whole."""
    position = 0
    while position < len(data):
        size = struct.unpack_from(">I", data, position)[0]
        assert size >= 8, "a box with a 64-bit or open size"
        yield data[position + 4 : position + 8], data[position : position + size]
        position += size


def id3v2(frames):
    size = len(frames)
    sizes = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + sizes + frames


def id3v2_frame(name, payload):
    return name + struct.pack(">IH", len(payload), 0) + payload


TITLE = id3v2_frame(b"TIT2", b"\x00Tone")


# --- images ---


def exif(source, target):
    """An APP1 segment with one tag (Orientation) behind SOI; ImageMagick writes Exif only where it read some."""
    jpeg = Path(source).read_bytes()
    assert jpeg[:4] == b"\xff\xd8\xff\xe0"
    # Cameras write no JFIF segment.
    after_jfif = 4 + struct.unpack_from(">H", jpeg, 4)[0]
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 1, 0)
    tiff = b"MM\x00\x2a" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry + struct.pack(">I", 0)
    payload = b"Exif\x00\x00" + tiff
    segment = b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload
    Path(target).write_bytes(jpeg[:2] + segment + jpeg[after_jfif:])


def brand(source, target, major, *compatible):
    """Other brands in an `ftyp` of the same length, filled up with the last one: heif-enc knows only one set."""
    (kind, head), *rest = boxes(Path(source).read_bytes())
    assert kind == b"ftyp"
    room = (len(head) - 16) // 4
    brands = [compatible[min(index, len(compatible) - 1)] for index in range(room)]
    head = head[:8] + major.encode() + head[12:16] + "".join(brands).encode()
    Path(target).write_bytes(head + b"".join(data for _, data in rest))


def svg(xml_head, bare, behind_comment, comment_only, doctype):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="32" height="24"/></svg>\n'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    licence = "<!--\n" + "A licence that some editor puts in front of the drawing.\n" * 90 + "-->\n"
    public = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    Path(xml_head).write_text(head + drawing)
    Path(bare).write_text(drawing)
    Path(behind_comment).write_text(head + licence + drawing)
    Path(comment_only).write_text(licence + drawing)
    Path(doctype).write_text(head + public + drawing)


# --- video ---


def segment(source, target):
    """The first fragment alone, as a packager stores it: `styp` with the brand msdh, then `moof` and `mdat`."""
    parts = list(boxes(Path(source).read_bytes()))
    start = [kind for kind, _ in parts].index(b"moof")
    fragment = b"".join(data for _, data in parts[start : start + 2])
    Path(target).write_bytes(box(b"styp", b"msdh\x00\x00\x00\x00msdhmsix") + fragment)


def whole_segment(source, target):
    """A self-initialising segment: `ftyp` with the brand msdh before `moov`. Fragments count from their own start."""
    rest = b"".join(data for kind, data in boxes(Path(source).read_bytes()) if kind != b"ftyp")
    Path(target).write_bytes(box(b"ftyp", b"msdh\x00\x00\x00\x00msdhmsixisom") + rest)


def without_ftyp(source, target):
    """QuickTime from before `ftyp` starts with any box; `free` of the same length keeps the sample offsets right."""
    data = Path(source).read_bytes()
    assert data[4:8] == b"ftyp"
    Path(target).write_bytes(data[:4] + b"free" + data[8:])


def tail(skipped, source, target):
    Path(target).write_bytes(Path(source).read_bytes()[int(skipped) :])


# --- audio ---


def art(picture, source, target):
    image = Path(picture).read_bytes()
    assert len(image) > 300_000
    frame = id3v2_frame(b"APIC", b"\x00image/jpeg\x00\x03\x00" + image)
    Path(target).write_bytes(id3v2(TITLE + frame) + Path(source).read_bytes())


def id3(source, target):
    """ID3 in front of another format, as HLS segments and some taggers have it."""
    Path(target).write_bytes(id3v2(TITLE) + Path(source).read_bytes())


def zeros(count, source, target):
    Path(target).write_bytes(bytes(int(count)) + Path(source).read_bytes())


def layer1(target):
    """MPEG-1 Layer I, which nothing in Debian encodes: 32 kHz, 64 kbit/s; with no bits allocated, silence."""
    # 12 * 64000 / 32000 slots of 4 bytes.
    frame = b"\xff\xff\x28\xc4" + bytes(24 * 4 - 4)
    Path(target).write_bytes(frame * 42)


def amr(narrow, wide):
    """Silence: frames without data between speech frames of zero bits. Debian's ffmpeg only decodes AMR."""
    speech = b"\x3c" + bytes(31)
    Path(narrow).write_bytes(b"#!AMR\n" + (speech + b"\x7c") * 25)
    speech = b"\x44" + bytes(60)
    Path(wide).write_bytes(b"#!AMR-WB\n" + (speech + b"\x7c") * 25)


def midi(target):
    events = b"\x00\xc0\x00" + b"\x00\x90\x45\x40" + b"\x60\x80\x45\x40" + b"\x00\xff\x2f\x00"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96)
    Path(target).write_bytes(head + b"MTrk" + struct.pack(">I", len(events)) + events)


def far_moov(distance, source, target):
    """A long `free` box between the samples and the `moov` that follows them: the index lies past a short read."""
    parts = list(boxes(Path(source).read_bytes()))
    assert parts[-1][0] == b"moov"
    filler = box(b"free", bytes(int(distance)))
    Path(target).write_bytes(b"".join(data for _, data in parts[:-1]) + filler + parts[-1][1])


def mdat64(source, target):
    """A 64-bit box size, as in recordings over 4 GiB: it takes the room of the `free` box that ffmpeg leaves for it."""
    parts = list(boxes(Path(source).read_bytes()))
    position = [kind for kind, _ in parts].index(b"mdat")
    assert parts[position - 1] == (b"free", box(b"free", b""))
    samples = parts[position][1][8:]
    wide = struct.pack(">I4sQ", 1, b"mdat", len(samples) + 16) + samples
    before = b"".join(data for _, data in parts[: position - 1])
    after = b"".join(data for _, data in parts[position + 1 :])
    Path(target).write_bytes(before + wide + after)


# --- the rest ---


def pdf(target):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    Path(target).write_bytes(data)


def text(csv, json, txt):
    Path(csv).write_text("name,width,height\n" + "".join(f"shot{n},{n}0,{n}5\n" for n in range(1, 9)))
    Path(json).write_text('{"name": "tone", "seconds": 1.0, "tags": ["a", "b"]}\n')
    Path(txt).write_text("Notes on the recording.\n\nThe tone starts late; the picture is a test card.\n")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
