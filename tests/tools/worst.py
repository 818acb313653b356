#!/usr/bin/env python3
"""The largest inputs that a default run accepts, and one a little past each limit: 2 GiB of memory are enough for all.

    tests/tools/worst.py KLAR [NAME...]
"""
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

MIB = 1 << 20
BOUND = 2 << 30
FILE, VALUES, MACHINES = 128 * MIB, 5_000_000, 120_000
# A run is cut off after so long; an ordinary machine takes a tenth.
SECONDS = 600
CONTENT = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
           'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
           'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
           '<table:table table:name="A">')
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LAST = 0xFFFFFFFE


def put(folder, name, parts):
    with open(os.path.join(folder, name), "wb") as file:
        for part in parts:
            file.write(part if isinstance(part, bytes) else part.encode())


def filled(head, line, size, tail=b""):
    """A text of so many bytes: a head, a line over and over, a tail."""
    times = (size - len(head) - len(tail)) // len(line)
    return [head, line * times, tail]


def noise(size):
    """Text that packs to about a quarter."""
    pieces = (os.urandom(4096).hex().encode() * 2 for _ in range(size // 16384 + 1))
    return b"".join(pieces)[:size]


def workbook(folder, name, sheets, shared=()):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        book.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
                      f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        names = "".join(f'<sheet name="S{at}" sheetId="{at + 1}" r:id="r{at}"/>' for at in range(len(sheets)))
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>')
        links = "".join(f'<Relationship Id="r{at}" Type="{RELATIONS}/worksheet" Target="worksheets/s{at}.xml"/>'
                        for at in range(len(sheets)))
        links += f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>')
        parts = [(f"xl/worksheets/s{at}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>', rows, "</sheetData></worksheet>")
                 for at, rows in enumerate(sheets)]
        if shared:
            parts.append(("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">', shared, "</sst>"))
        for name, head, middle, tail in parts:
            with book.open(name, "w", force_zip64=True) as part:
                part.write(head.encode())
                for piece in middle:
                    part.write(piece)
                part.write(tail.encode())


def add(folder, name, part, content):
    with zipfile.ZipFile(os.path.join(folder, name), "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr(part, content)


def open_document(folder, name, rows):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        with book.open("content.xml", "w") as part:
            part.write(CONTENT.encode())
            for row in rows:
                part.write(row.encode())
            part.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def old_workbook(folder, name, before, cells, size):
    """An .xls workbook of one sheet: records before it, records in it, and its size in rows and columns."""
    begin, end = record(0x809, bytes([0, 6, 5, 0]) + bytes(12)), record(0x0A, b"")
    globals_ = begin + b"".join(before)
    place = len(globals_) + 18
    stream = [globals_, record(0x85, struct.pack("<IBBBB", place, 0, 0, 2, 0) + b"VM"), end, begin,
              record(0x200, struct.pack("<IIHHH", 0, size[0], 0, size[1], 0)), *cells, end]
    length = sum(map(len, stream))
    sectors = -(-length // 4096)
    tables = next(tables for tables in range(1, 110) if tables * 1024 > tables + 1 + sectors)
    head = bytearray(4096)
    head[:8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
    head[24:34] = bytes([0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0])
    struct.pack_into("<III", head, 40, 1, tables, tables)
    struct.pack_into("<II", head, 56, 4096, LAST)
    struct.pack_into("<I", head, 68, LAST)
    head[76:512] = b"\xFF" * 436
    struct.pack_into(f"<{tables}I", head, 76, *range(tables))
    following = [0xFFFFFFFD] * tables + [LAST, *range(tables + 2, tables + 1 + sectors), LAST]
    following += [0xFFFFFFFF] * (tables * 1024 - len(following))
    entries = b""
    for title, kind, start, size in [("Root Entry", 5, 0, 0), ("Workbook", 2, tables + 1, length)]:
        entry = bytearray(128)
        entry[: 2 * len(title)] = title.encode("utf-16-le")
        entry[66] = kind
        struct.pack_into("<II", entry, 116, start, size)
        entries += entry
    parts = [bytes(head), struct.pack(f"<{len(following)}I", *following), entries.ljust(4096, b"\0"), *stream]
    put(folder, name, [*parts, b"\0" * (sectors * 4096 - length)])


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def shared(texts):
    """The records of the texts that an .xls workbook shares, none of which runs on into the next record."""
    pieces, now, kind = [], bytes(8), 0xFC
    for text in texts:
        one = struct.pack("<HB", len(text), 0) + text
        if len(now) + len(one) > 8000:
            pieces.append(record(kind, now))
            now, kind = b"", 0x3C
        now += one
    return [*pieces, record(kind, now)]


def placed(rows, columns, kind, content):
    """A record with a place for each cell of a rectangle; the content is given the number of the cell."""
    head = struct.pack("<HH", kind, 6 + len(content(0)))
    return (b"".join(head + struct.pack("<HHH", row, column, 0) + content(row * columns + column)
                     for column in range(columns)) for row in range(rows))


def binary_record(kind, data):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, at = b"", len(data)
    while at >= 0x80:
        length, at = length + bytes([at & 0x7F | 0x80]), at >> 7
    return head + length + bytes([at]) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook(folder, name, sheets, texts=()):
    """An .xlsb workbook: sheets as pieces of records, and pieces of the texts that they share."""
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        links = "".join(f'<Relationship Id="r{at}" Target="worksheets/s{at}.bin"/>' for at in range(len(sheets)))
        book.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>')
        bundle = b"".join(binary_record(0x9C, struct.pack("<II", 0, at + 1) + wide(f"r{at}") + wide(f"S{at}")) for at in range(len(sheets)))
        book.writestr("xl/workbook.bin", binary_record(0x99, bytes(12)) + bundle + binary_record(0x90, b"") + binary_record(0x9D, b""))
        parts = [(f"xl/worksheets/s{at}.bin", binary_record(0x94, bytes(16)) + binary_record(0x91, b""), rows, binary_record(0x92, b""))
                 for at, rows in enumerate(sheets)]
        if texts:
            parts.append(("xl/sharedStrings.bin", binary_record(0x9F, struct.pack("<II", 0xFFFFFFF, 0xFFFFFFF)), texts, b""))
        for name, head, middle, tail in parts:
            with book.open(name, "w", force_zip64=True) as part:
                part.write(head)
                for piece in middle:
                    part.write(piece)
                part.write(tail)


def binary_rows(rows, columns, kind, content):
    """Rows of an .xlsb sheet; the content of a cell is given its number."""
    return (binary_record(0, struct.pack("<I", row) + bytes(13)) + b"".join(
        binary_record(kind, struct.pack("<II", column, 0) + content(row * columns + column)) for column in range(columns))
        for row in range(rows))


def binary_texts(texts):
    return (binary_record(0x13, b"\0" + wide(text)) for text in texts)


def machines(folder, count, columns, cells):
    head = "VM name" + "".join(f",{name}" for name in columns) + "\n"
    put(folder, "machines.csv", [head, *(f"vm{at}" + "".join(f",{cell(at)}" for cell in cells) + "\n" for at in range(count))])


def archives(folder, count):
    for number in range(count):
        with zipfile.ZipFile(os.path.join(folder, f"{number}.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            with packed.open("a.csv", "w") as file:
                line = noise(60_000) + b",b\n"
                file.write(b"a,b\n%d" % number)
                file.write(line * ((FILE - 100) // len(line)))


def in_cells(count, columns):
    return (b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>" for _ in range(count // columns))


OBJS = b'<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
VM = ["VM host", "Guest OS", "Generation", "vCPUs", "Memory (MiB)", "OS disk size (GB)", "IP addresses"]
TWO = (b"0", b"1")
ONE = struct.pack("<I", 0x3FF00000)
REAL = struct.pack("<d", 1.0)
# A number, a formula of one number that gave it, and what stands between.
GIVEN = REAL + bytes(6) + struct.pack("<HBH", 3, 0x1E, 1)
NUMBER = '<table:table-cell office:value-type="float" office:value="1"/>'
ALL_FORMS = "pdf,csv,json,xlsx,html,docx,parquet,azure-migrate-csv,mapping"

# By name: what makes the input, the exit codes that are right, and the forms of report if they are not the quick ones. A file that holds no machine ends with 3, and what is too
# much over all files with 2.
CASES = {
    "csv of cells": (lambda to: [put(to, f"{one}.csv", [b"x,y,z\n", b"1,2,3\n" * 2_600_000]) for one in "ab"], [3]),
    "csv past all cells": (lambda to: [put(to, f"{one}.csv", [b"x,y,z\n", b"1,2,3\n" * 2_660_000, one.encode()]) for one in "abc"], [2]),
    "csv of different texts": (lambda to: put(to, "a.csv", ["a,b\n", *(f"{at:x},y{at:x}\n" for at in range(1_250_000))]), [3]),
    "csv past different texts": (lambda to: put(to, "a.csv", ["a,b\n", *(f"{at:x},y{at:x}\n" for at in range(1_400_000))]), [2]),
    "csv in Windows-1252": (lambda to: [put(to, f"{one.decode()}.csv", filled(b"a,b\n" + one, b"\xe5" * 60_000 + b",b\n", FILE)) for one in TWO], [3]),
    "csv in UTF-16": (lambda to: [put(to, f"{one.decode()}.csv", filled("\ufeffa,b\n".encode("utf-16-le") + one + b"0", ("\u4e2d" * 30_000 + ",b\n").encode("utf-16-le"), FILE)) for one in TWO], [3]),
    "csv of long texts": (lambda to: [put(to, f"{one.decode()}.csv", [b"a,b\n", *(one + b"%d" % at + b"q" * 60_000 + b",b\n" for at in range(2_100))]) for one in TWO], [3]),
    "json of objects": (lambda to: put(to, "a.json", [b"[", b'{"a":1},' * (VALUES // 2 - 4), b'{"Name":"x"}]']), [3]),
    "json past values": (lambda to: put(to, "a.json", [b"[", b'{"a":1},' * (VALUES // 2 + 4), b'{"Name":"x"}]']), [3]),
    "json of objects, four files": (lambda to: [put(to, f"{at}.json", [b"[", b'{"a":1},' * (VALUES // 2 - 4), b'{"Name":"%d"}]' % at]) for at in range(4)], [3]),
    "json of lists": (lambda to: put(to, "a.json", [b"[", b'{"a":[1]},' * (VALUES // 3 - 4), b'{"Name":"x"}]']), [3]),
    "json with escapes": (lambda to: put(to, "a.json", [b"[", b'{"a\\u0061":"b\\u0062"},' * (VALUES // 2 - 4), b'{"Name":"x"}]']), [3]),
    "json of long texts": (lambda to: [put(to, f"{one.decode()}.json", [b"[", *(b'{"Name":"' + one + b"%d" % at + b"q" * 100_000 + b'\\n"},' for at in range(1_300)), b'{"Name":"x"}]']) for one in TWO], [3]),
    "clixml of values": (lambda to: put(to, "a.xml", [OBJS, b"<Obj><LST>", b"<I32>1</I32>" * (VALUES - 20), b'</LST></Obj><Obj><MS><S N="Name">x</S></MS></Obj></Objs>']), [3]),
    "clixml past values": (lambda to: put(to, "a.xml", [OBJS, b"<Obj><LST>", b"<I32>1</I32>" * (VALUES + 1), b'</LST></Obj><Obj><MS><S N="Name">x</S></MS></Obj></Objs>']), [3]),
    "clixml of objects": (lambda to: put(to, "a.xml", [OBJS, b'<Obj><MS><S N="N">x</S></MS></Obj>' * (VALUES // 3 - 4), b"</Objs>"]), [3]),
    "xlsx of shared texts": (lambda to: workbook(to, "a.xlsx", [(b'<row><c t="s"><v>%d</v></c><c t="s"><v>%d</v></c></row>' % (at, at + 1) for at in range(0, 2_000_000, 2))], [b"<si><t>%x</t></si>" % at for at in range(3_999_999)]), [3]),
    "xlsx past shared texts": (lambda to: workbook(to, "a.xlsx", [in_cells(10, 2)], [b"<si><t/></si>" * 4_000_001]), [3]),
    "xlsx of one text": (lambda to: workbook(to, "a.xlsx", [in_cells(10, 2)], [b"<si><t>", noise(64 * MIB), noise(64 * MIB), noise(64 * MIB), noise(60 * MIB), b"</t></si>"]), [3]),
    "xlsx past a part": (lambda to: workbook(to, "a.xlsx", [in_cells(10, 2)], [b"<si><t>", noise(MIB) * 256, b"</t></si>"]), [3]),
    "xlsx of cells": (lambda to: workbook(to, "a.xlsx", [in_cells(6_000_000, 60), in_cells(5_900_000, 60)]), [3]),
    "xlsx of long texts": (lambda to: workbook(to, "a.xlsx", [(b'<row><c t="inlineStr"><is><t>' + noise(500_000) + b"</t></is></c></row>" for _ in range(490))]), [3]),
    "ods of cells": (lambda to: open_document(to, "a.ods", ["<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{at}</text:p></table:table-cell>' for at in range(40)) + "</table:table-row>"] * 80_000), [3]),
    "ods that repeats": (lambda to: open_document(to, "a.ods", ['<table:table-row table:number-rows-repeated="29000"><table:table-cell table:number-columns-repeated="100" office:value-type="string"><text:p>abcdefghijklmnop</text:p></table:table-cell></table:table-row>']), [3]),
    "ods at all its cells": (lambda to: open_document(to, "a.ods", [f"<table:table-row>{NUMBER * 40}</table:table-row>"] * 100_000), [3]),
    "ods past its cells": (lambda to: open_document(to, "a.ods", [f"<table:table-row>{NUMBER * 40}</table:table-row>"] * 100_001), [3]),
    "ods of long texts": (lambda to: open_document(to, "a.ods", (f'<table:table-row><table:table-cell office:value-type="string"><text:p>{noise(500_000).decode()}</text:p></table:table-cell></table:table-row>' for _ in range(134))), [3]),
    "xls of cells": (lambda to: old_workbook(to, "a.xls", [], placed(62_500, 64, 0x27E, lambda at: ONE), (62_500, 64)), [3]),
    "xls past its cells": (lambda to: old_workbook(to, "a.xls", [], placed(62_501, 64, 0x27E, lambda at: ONE), (62_501, 64)), [3]),
    "xls of formulas": (lambda to: old_workbook(to, "a.xls", [], placed(62_500, 64, 0x06, lambda at: GIVEN), (62_500, 64)), [3]),
    "xls of one text": (lambda to: old_workbook(to, "a.xls", shared([b"q" * 32]), placed(62_500, 64, 0xFD, lambda at: bytes(4)), (62_500, 64)), [3]),
    "xls past the bytes of its texts": (lambda to: old_workbook(to, "a.xls", shared([b"q" * 3000]), placed(62_500, 1, 0xFD, lambda at: bytes(4)), (62_500, 1)), [3]),
    "xls of different texts": (lambda to: old_workbook(to, "a.xls", shared(b"%x" % at for at in range(2_000_000)), placed(62_500, 32, 0xFD, lambda at: struct.pack("<I", at)), (62_500, 32)), [3]),
    "xls of texts that no cell has": (lambda to: old_workbook(to, "a.xls", shared(b"%x" % at for at in range(4_000_000)), placed(10, 2, 0x27E, lambda at: ONE), (10, 2)), [3]),
    "xls past shared texts": (lambda to: old_workbook(to, "a.xls", shared(b"" for at in range(4_000_001)), placed(10, 2, 0x27E, lambda at: ONE), (10, 2)), [3]),
    "xlsb of cells": (lambda to: binary_workbook(to, "a.xlsb", [binary_rows(100_000, 60, 2, lambda at: ONE), binary_rows(98_000, 60, 2, lambda at: ONE)]), [3]),
    "xlsb past its cells": (lambda to: binary_workbook(to, "a.xlsb", [binary_rows(100_000, 60, 2, lambda at: ONE), binary_rows(101_000, 60, 2, lambda at: ONE)]), [3]),
    "xlsb of shared texts": (lambda to: binary_workbook(to, "a.xlsb", [binary_rows(1_000_000, 2, 7, lambda at: struct.pack("<I", at))], binary_texts(f"{at:028x}" if at > 2_000_000 else f"{at:x}" for at in range(3_999_999))), [3]),
    "xlsb past shared texts": (lambda to: binary_workbook(to, "a.xlsb", [binary_rows(10, 2, 2, lambda at: ONE)], binary_texts("" for _ in range(4_000_001))), [3]),
    "xlsb of long texts": (lambda to: binary_workbook(to, "a.xlsb", [binary_rows(240, 1, 6, lambda at: wide(noise(500_000).decode()))]), [3]),
    "xlsx of formats": (lambda to: (workbook(to, "a.xlsx", [in_cells(10, 2)]), add(to, "a.xlsx", "xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><fonts>'.encode() + b"<font/>" * 2_390_000 + b"</fonts></styleSheet>")), [3]),
    "xlsx past its formats": (lambda to: (workbook(to, "a.xlsx", [in_cells(10, 2)]), add(to, "a.xlsx", "xl/styles.xml", f'<styleSheet xmlns="{MAIN}"><fonts>'.encode() + b"<font/>" * 2_400_000 + b"</fonts></styleSheet>")), [3]),
    "zips": (lambda to: archives(to, 2), [3]),
    "zips past all bytes": (lambda to: archives(to, 5), [2]),
    "machines": (lambda to: machines(to, MACHINES - 1, [], []), [0]),
    "machines past the limit": (lambda to: machines(to, MACHINES, [], []), [2]),
    "machines that nothing fits": (lambda to: machines(to, MACHINES - 1, VM, [lambda at: f"h{at}", lambda at: "Windows Server 2003", lambda at: 9, lambda at: 9999, lambda at: 99999999, lambda at: 99999, lambda at: "10.0.0.1"]), [0]),
    "machines of unreadable cells": (lambda to: machines(to, MACHINES - 1, VM, [lambda at, name=name: f"{name}{at}" for name in VM]), [0]),
    "machines of one id": (lambda to: machines(to, MACHINES - 1, ["VM ID"], [lambda at: "5F0E54FA-1111-4000-8000-000000000001"]), [0]),
    "machines in the usual forms": (lambda to: machines(to, MACHINES - 1, VM, [lambda at: f"h{at % 999}", lambda at: "Windows Server 2019", lambda at: 2, lambda at: 4, lambda at: 8192, lambda at: 100, lambda at: f"10.{at >> 16}.{at >> 8 & 255}.{at & 255}"]), [0], None),
    "machines that nothing fits, in every form": (lambda to: machines(to, MACHINES - 1, VM, [lambda at: f"h{at % 999}", lambda at: "Windows Server 2003", lambda at: 9, lambda at: 9999, lambda at: 99999999, lambda at: 99999, lambda at: "10.0.0.1"]), [0], ALL_FORMS),
    "hosts": (lambda to: (machines(to, 1, [], []), put(to, "hosts.csv", ["Host name,Operating system,Memory (GB),Cluster\n", *(f"h{at},Windows Server 2019,{at % 99},c{at}\n" for at in range(599_900))])), [0]),
}


def bound():
    resource.setrlimit(resource.RLIMIT_AS, (BOUND, BOUND))


def main():
    klar = os.path.abspath(sys.argv[1])
    unknown = set(sys.argv[2:]) - set(CASES)
    if unknown:
        sys.exit(f"no case {unknown}; there are {', '.join(CASES)}")
    wrong = 0
    for name in sys.argv[2:] or CASES:
        make, codes, *forms = CASES[name]
        place = tempfile.mkdtemp()
        try:
            os.mkdir(os.path.join(place, "in"))
            make(os.path.join(place, "in"))
            # Reading takes no report; most machines and hosts are judged and written in the quick forms.
            forms = forms[0] if forms else "csv,json"
            command = [klar, "assess", "in", "-o", "out", "--as-of", "2026-11-22", "-q", *(["--format", forms] if forms else [])]
            begun = time.monotonic()
            errors = os.path.join(place, "errors")
            with open(errors, "wb") as err:
                child = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=err, preexec_fn=bound)
                try:
                    _, status, usage = os.wait4(child.pid, 0)
                finally:
                    child.poll()
            code, took = os.waitstatus_to_exitcode(status), time.monotonic() - begun
            told = open(errors, encoding="utf-8", errors="replace").read()
            # What ends with 3 holds no machine, and was read unless it is past a limit.
            is_read = "not read:" not in told
            is_right = code in codes and took < SECONDS and (code != 3 or is_read == ("past" not in name))
            wrong += not is_right
            print(f"{'ok   ' if is_right else 'WRONG'} {name}: exit {code}, {took:.1f} s, {usage.ru_maxrss >> 10} MiB", flush=True)
            if not is_right:
                print(told[:600])
        finally:
            shutil.rmtree(place)
    sys.exit(1 if wrong else 0)


main()
