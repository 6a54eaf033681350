"""UPL-01 to 05, 08, 10, 12: what is taken, what is refused and with which words, and how little it costs to find out."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from ccc_pilot import create_app
from ccc_pilot.errors import Refused
from ccc_pilot.evidence import formats, inspection
from ccc_pilot.office import archives
from ccc_pilot.office.apart import Unreadable
from tests.evidence import samples
from tests.evidence.samples import office, pdf, zipped
from tests.support.installation import settings_in

MOST = 50 * 1024 * 1024
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """Refusals are told in English; one application for all, since none of this touches a database."""
    app = create_app(settings_in(tmp_path_factory.mktemp("inspection"), "sqlite://"))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def look(content, name="rutin.pdf", most=MOST):
    """Look at a file of ``content``."""
    return inspection.look(io.BytesIO(content), name, most)


def why(content, name="rutin.pdf", most=MOST):
    """Return the sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        look(content, name, most)
    return str(refused.value.message)


@pytest.mark.parametrize("name", samples.SOUND)
def test_sound_files_of_every_kind_are_taken(name):
    found = look(samples.SOUND[name], name)
    assert (found.name, found.size) == (name, len(samples.SOUND[name]))
    assert found.format.ending == name.rpartition(".")[2].lower()


@pytest.mark.parametrize(
    "content",
    [
        samples.SVG,
        samples.HTML,
        b"  \n<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"\xef\xbb\xbf<script>1</script>",
    ],
)
@pytest.mark.parametrize(
    "name", ["rutin.pdf", "rutin.docx", "bild.png", "foto.jpg", "text.txt", "lista.csv", "rutin.odt", "brev.msg"]
)
def test_upl_01_a_page_in_disguise_is_refused_whatever_it_is_called(content, name):
    assert "web pages and drawings" in why(content, name)


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.HTM", "x.xhtml", "x.xml", "x.mhtml"])
def test_upl_01_pages_and_drawings_are_refused_by_their_name(name):
    assert "web pages and drawings" in why(samples.SVG, name)


@pytest.mark.parametrize("name", ["rutin.exe.pdf", "rutin.html.pdf", "bild.svg.png", "a.js.docx", "faktura.pdf.lnk.pdf"])
def test_a_second_ending_of_a_program_is_refused(name):
    assert "two endings" in why(pdf(), name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.exe", "this type of file"), ("a", "this type of file"), ("a.pdf.exe", "this type of file"), ("a.docm", "macros"), ("a.xlsb", "macros"),
        ("a.doc", "old formats"), ("a.zip", "one by one"), ("a.7z", "one by one"),
    ],
)  # fmt: skip
def test_upl_09_what_is_not_taken_says_what_to_do_instead(name, words):
    assert words in why(b"anything", name)


SWAPPED = [
    ("rutin.pdf", office()), ("rutin.pdf", samples.png()), ("rutin.pdf", b"MZ\x90\0" + b"\0" * 500), ("rutin.docx", pdf()), ("rutin.docx", office("xlsx")),
    ("tabell.xlsx", office("docx")), ("rutin.docx", zipped({"a.txt": "a"})), ("rutin.odt", office()), ("rutin.odt", samples.open_document("text/html")),
    ("bild.png", samples.jpeg()), ("bild.png", pdf()), ("foto.jpg", samples.png()), ("text.txt", pdf()), ("text.txt", b"a\0b"), ("brev.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900),
    ("rutin.docx", b"junk" + office()), ("rutin.pdf", b"junk" + pdf()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), SWAPPED)
def test_upl_02_a_file_that_is_not_what_its_name_says_is_refused(name, content):
    assert "not what its name says" in why(content, name)


@pytest.mark.parametrize("name", ["rutin.pdf", "rutin.docx", "tabell.xlsx", "rutin.odt", "skylt.png", "foto.jpg"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_upl_05_a_file_that_was_cut_off_is_refused(name, part):
    content = samples.SOUND[name]
    assert "cut off" in why(content[: int(len(content) * part)], name)


def test_an_office_document_that_is_damaged_inside_is_refused():
    content = bytearray(office(**{"word/long.xml": bytes(range(256)) * 40}))
    content[content.index(b"word/long.xml") + 40] ^= 0xFF
    assert "cut off" in why(bytes(content), "rutin.docx")


def test_upl_08_an_empty_and_a_large_file_are_refused_and_the_limit_is_told():
    assert "is empty" in why(b"")
    assert look(pdf(), most=len(pdf())).size == len(pdf())
    assert "larger than 1 MB" in why(pdf() + b" " * 1024 * 1024, most=1024 * 1024)


def member(name, size, packed, claimed=None):
    """Return the header, the data and the directory entry of one packed member that may lie about its size."""
    claimed = size if claimed is None else claimed
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0, zlib.crc32(b"\0" * size), len(packed), claimed, len(name), 0)
    return common, packed


def lying(size):
    """A document whose one large member says that it is a hundred bytes."""
    raw = zlib.compress(b"\0" * size, 9)[2:-4]
    good = office()
    mark = b"big"
    common, _packed = member(mark, size, raw, claimed=100)
    end = struct.unpack("<4s4H2LH", good[-22:])
    local = b"PK\x03\x04" + common + mark + raw
    start = end[6]
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common[:-4] + struct.pack("<HHHHHLL", len(mark), 0, 0, 0, 0, 0, start) + mark
    directory = good[start:-22] + entry
    return (
        good[:start]
        + local
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, end[3] + 1, end[4] + 1, len(directory), start + len(local), 0)
    )


BOMBS = {
    "honest": lambda: office(**{"word/media/x": b"\0" * 300 * 1024 * 1024}),
    "many members": lambda: office(**{f"word/{number}": "" for number in range(2_100)}),
    "ratio": lambda: office(**{"word/media/x": b"\0" * 20 * 1024 * 1024}),
    "lying": lambda: lying(50 * 1024 * 1024),
    "a million said": lambda: office()[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**31, 0, 0),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_upl_03_a_zip_bomb_is_refused_soon_and_at_little_cost(kind):
    content = BOMBS[kind]()
    tracemalloc.start()
    said = why(content, "rutin.docx")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unreasonably large" in said or "cut off" in said
    assert kind == "lying" or "unreasonably large" in said
    assert peak < 20 * 1024 * 1024


def far(content, members=None):
    """Return a document whose end is told a second time, as programs do that write what may grow large."""
    end = struct.unpack("<4s4H2LH", content[-22:])
    told = end[4] if members is None else members
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, told, told, end[5], end[6])
    return content[:-22] + record + struct.pack("<4sLQL", b"PK\x06\x07", 0, len(content) - 22, 1) + content[-22:]


def test_a_document_written_by_a_program_that_foresees_large_ones_is_taken_unless_it_is_one():
    assert look(far(office()), "rutin.docx").format.ending == "docx"
    assert "unreasonably large" in why(far(office(), 1_000_000), "rutin.docx")


def test_an_archive_that_points_past_all_bounds_is_broken():
    document = office()
    with pytest.raises(Unreadable, match="broken"):
        archives.parts_of(document[:-22] + struct.pack("<4sLQL", b"PK\x06\x07", 0, 2**63, 1) + document[-22:])


def test_upl_09_macros_are_refused_also_under_a_plain_name():
    assert "macros" in why(office(**{"word/vbaProject.bin": b"x"}), "rutin.docx")
    disguised = zipped(
        {
            "[Content_Types].xml": samples.CONTENT.format(
                part="/word/document.xml", type="application/vnd.ms-word.document.macroEnabled.main+xml"
            )
        }
    )
    assert "macros" in why(disguised, "rutin.docx")


def test_upl_09_a_locked_document_is_refused():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "locked with a password" in why(locked, "rutin.docx")


def test_upl_10_what_a_file_tells_of_persons_and_places_is_noticed():
    assert look(samples.jpeg(position=True), "foto.jpg").flags == ("position",)
    assert look(samples.jpeg(), "foto.jpg").flags == ()
    core = "<cp:coreProperties><dc:creator>Demo Person</dc:creator></cp:coreProperties>"
    assert look(office(**{"docProps/core.xml": core}), "rutin.docx").flags == ("author",)
    assert look(pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R"), "rutin.pdf").flags == ("protected",)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("..\\..\\a.pdf", "a.pdf"), ("C:\\Users\\x\\a.pdf", "a.pdf"), ("/a/b/", "_"), ("", "_"), ("a\0b.pdf", "ab.pdf"),
        ("rapport\u202efdp.exe", "rapportfdp.exe"), ("CON.pdf", "_CON.pdf"), ("nul", "_nul"), ("..", "_"), (" a.pdf ", "a.pdf"), ('a"b<c>.pdf', "abc.pdf"),
        ("A\u030angstro\u0308m.pdf", "Ångström.pdf"), ("x" * 300 + ".pdf", "x" * 146 + ".pdf"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
    ],
)  # fmt: skip
def test_upl_04_a_name_is_only_a_name(told, shown):
    assert formats.display_name(told) == shown


def test_a_title_is_made_of_a_name():
    assert formats.title_of("Rutin_MDK__2024.docx") == "Rutin MDK 2024"
    assert formats.title_of(".pdf") == ".pdf"


def test_a_zip_that_is_also_something_else_is_refused():
    with zipfile.ZipFile(io.BytesIO(office())) as archive:
        assert archive.testzip() is None
    assert "cut off" in why(office() + b"<script>", "rutin.docx")
