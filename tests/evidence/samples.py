"""Small files of every kind, sound and unsound, as bytes."""

import io
import struct
import zipfile

CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="{part}" ContentType="{type}"/></Types>'
OFFICE = "application/vnd.openxmlformats-officedocument."
PARTS = {
    "docx": ("/word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("/xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
    "pptx": ("/ppt/presentation.xml", f"{OFFICE}presentationml.presentation.main+xml"),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(text: str = "Rutin") -> bytes:
    """A PDF of one page that says ``text``."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)


def zipped(members: dict[str, bytes | str], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of ``members``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(kind: str = "docx", **members: bytes | str) -> bytes:
    """An Office document of ``kind``, as small as may be, with further ``members``."""
    part, mark = PARTS[kind]
    return zipped({"[Content_Types].xml": CONTENT.format(part=part, type=mark), part[1:]: "<x/>", **members})


def open_document(mark: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument text."""
    return zipped({"mimetype": mark, "content.xml": "<x/>"})


def png() -> bytes:
    """A picture of one point."""
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4"
        b"\0\0\0\0IEND\xaeB`\x82"
    )


def jpeg(position: bool = False) -> bytes:
    """The frame of a photograph; with ``position`` it tells where it was taken."""
    tag = 0x8825 if position else 0x010F
    exif = b"Exif\0\0MM\0*" + struct.pack(">LHHHLL", 8, 1, tag, 4, 1, 26)
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda\0\x02\x00\xff\xd9"


def letter() -> bytes:
    """The frame of a letter as Outlook saves it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "__properties_version1.0".encode("utf-16-le") + b"\0" * 100


SOUND = {
    "rutin.pdf": pdf(), "rutin.docx": office("docx"), "tabell.xlsx": office("xlsx"), "bilder.pptx": office("pptx"), "rutin.odt": open_document(),
    "skylt.png": png(), "foto.jpg": jpeg(), "FOTO.JPEG": jpeg(), "anteckning.txt": "Mötet började på eftermiddagen.".encode(), "lista.csv": "a;b\n1;å".encode("cp1252"),
    "brev.eml": b"From: a@example.org\r\nSubject: Hej\r\n\r\nHej", "brev.msg": letter(), "avtal.docx.pdf": pdf(), "Protokoll 2024.01.docx": office("docx"),
}  # fmt: skip
