#!/usr/bin/env python3
"""Opens a Word document of Klar's in LibreOffice, and compares what stands on its pages with what was written.

usage: word.py REPORT.docx [PAGES]

With PAGES, a folder, the pages are left there as report.pdf. Needs soffice and pdftotext.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
import zipfile
from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(text):
    """The letters and digits of a text: where lines break, and how lists are marked, is the layout's own matter."""
    return re.sub(r"[\W_]+", "", text)


def main():
    report = Path(sys.argv[1]).resolve()
    with zipfile.ZipFile(report) as parts:
        assert parts.testzip() is None
        document = tree.fromstring(parts.read("word/document.xml"))
    paragraphs = ["".join(text.text or "" for text in p.iter(W + "t")) for p in document.iter(W + "p")]
    with tempfile.TemporaryDirectory() as folder:
        convert = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        done = subprocess.run([*convert, "--outdir", folder, report], capture_output=True, text=True, timeout=600)
        pages = Path(folder) / f"{report.stem}.pdf"
        assert pages.exists(), f"LibreOffice did not open it: {done.stdout}{done.stderr}"
        shown = subprocess.run(["pdftotext", "-raw", pages, "-"], capture_output=True, text=True, check=True).stdout
        about = subprocess.run(["pdfinfo", pages], capture_output=True, text=True, check=True).stdout
        count = int(re.search(r"Pages:\s+(\d+)", about).group(1))
        if len(sys.argv) > 2:
            Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
            shutil.copy(pages, Path(sys.argv[2]) / "report.pdf")
    letters = words(shown)
    # A paragraph that a page ends in has the foot of the page in its midst.
    lost = [text for text in paragraphs if words(text) and words(text) not in letters]
    assert len(lost) * 50 < len(paragraphs), f"{len(lost)} of {len(paragraphs)} paragraphs are not on the pages: {lost[:5]}"
    assert count > 5, count
    headings = sum(1 for p in document.iter(W + "pStyle") if p.get(W + "val", "").startswith("Heading"))
    print(f"{report.name}: {count} pages, {headings} headings, {len(paragraphs)} paragraphs, {len(lost)} parted by a page's end")


main()
