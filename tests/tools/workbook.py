#!/usr/bin/env python3
"""Opens the report.xlsx of a folder of reports in LibreOffice, and compares what it sees with the workbook and the CSV files.

    tests/tools/workbook.py REPORTS
"""
import csv
import os
import re
import subprocess
import sys
import tempfile
import zipfile

# Sheets that hold the rows of a CSV file.
SAME = {"Machines": "vms.csv", "Findings": "findings.csv", "Gaps": "gaps.csv", "Requirements": "requirements.csv",
        "Left out": "left_out.csv", "Columns": "columns.csv", "Inputs": "inputs.csv"}
# Every sheet, as CSV in UTF-8 with all texts as they are shown.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if any(row))


def main():
    reports = sys.argv[1]
    book = os.path.join(reports, "report.xlsx")
    text = zipfile.ZipFile(book).read("xl/workbook.xml").decode()
    sheets = re.findall(r'<sheet name="([^"]+)"', text)
    with tempfile.TemporaryDirectory() as place:
        profile = f"-env:UserInstallation=file://{place}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", FILTER, "--outdir", place, book]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        seen = {name[len("report-"):-len(".csv")] for name in os.listdir(place) if name.endswith(".csv")}
        if seen != set(sheets):
            sys.exit(f"{book}: LibreOffice sees {sorted(seen)}, the workbook has {sorted(sheets)}")
        compared = 0
        for sheet in sheets:
            sheet_rows = rows(os.path.join(place, f"report-{sheet}.csv"))
            if sheet in SAME and os.path.exists(os.path.join(reports, SAME[sheet])):
                expected = rows(os.path.join(reports, SAME[sheet]))
                if sheet_rows != expected:
                    sys.exit(f"{book}: sheet {sheet} has {sheet_rows} rows, {SAME[sheet]} has {expected}")
                compared += 1
            elif sheet_rows == 0:
                sys.exit(f"{book}: sheet {sheet} is blank")
        if compared < 4:
            sys.exit(f"{book}: only {compared} sheets could be compared")
    print(f"{book}: {len(sheets)} sheets, {compared} of them with as many rows as their CSV file")


main()
