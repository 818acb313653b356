#!/usr/bin/env python3
"""Rolls two hundred sites up by `klar query` and by DuckDB, and compares the answers row by row.

usage: duckdb.py KLAR [SITES]

KLAR is the program. DuckDB comes from PyPI: pip install duckdb.
"""

import csv
import datetime
import io
import subprocess
import sys
import tempfile
from pathlib import Path

# A script of this name must not be what `import duckdb` finds.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
import duckdb  # noqa: E402

HEADING = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB),Description\n"
SYSTEMS = ["Windows Server 2022", "Windows Server 2012 R2", "Ubuntu 22.04", "Windows Server 2003"]
TEXTS = ["", "a, b", 'say "so"', "=1+1", "väg", "'quoted"]

# Queries that both understand; each orders its rows to the last.
QUERIES = [
    "SELECT site, COUNT(*) AS machines FROM vms GROUP BY site ORDER BY site",
    """SELECT site, SUM(CASE WHEN site_recovery = 'not-ready' THEN 1 ELSE 0 END) AS not_ready,
       SUM(CASE WHEN site_recovery = 'ready-with-conditions' THEN 1 ELSE 0 END) AS conditions,
       SUM(memory_mib) AS memory, MAX(vcpus) AS most FROM vms GROUP BY site ORDER BY site""",
    """SELECT requirement, severity, outcome, COUNT(DISTINCT site) AS sites, COUNT(*) AS machines FROM findings
       WHERE subject_kind = 'vm' AND target = 'azure-vm' GROUP BY requirement, severity, outcome
       ORDER BY machines DESC, requirement, severity, outcome""",
    "SELECT site, vm, description, generation, disk_gib FROM vms WHERE generation = 1 OR vcpus > 8 ORDER BY site, vm",
    """SELECT v.site, v.vm, f.requirement, f.document_date FROM vms AS v JOIN findings AS f
       ON v.site = f.site AND v.vm = f.subject WHERE f.severity = 'blocker'
       ORDER BY v.site, v.vm, f.requirement, f.document_date, f.target""",
    "SELECT DISTINCT target, edition, document_date FROM findings ORDER BY target, edition, document_date",
    "SELECT site, vm, size_gib, shared FROM disks WHERE size_gib > 400 ORDER BY site, vm, size_gib",
    "SELECT os, COUNT(*) AS hosts FROM hosts GROUP BY os ORDER BY os",
]


def machines(site):
    """The machines of a site, as a list that a site would type."""
    rows = []
    for number in range(1 + site % 5):
        kind = site * 7 + number * 3
        system, disk = SYSTEMS[kind % len(SYSTEMS)], [127, 500, 2500, 4500][(site + number) % 4]
        text = '"' + TEXTS[kind % len(TEXTS)].replace('"', '""') + '"'
        cells = [f"vm-{site}-{number}", f"hv{number % 2}", system, 1 + kind % 2, 2 << (kind % 4), 4 << (kind % 5), disk, text]
        rows.append(",".join(str(cell) for cell in cells) + "\n")
    return HEADING + "".join(rows)


def plain(value):
    """A value of DuckDB's as Klar's CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    return str(value)


def armed(cell):
    """A cell as it was before it was kept from being run by a spreadsheet."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def main():
    klar, count = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for site in range(count):
            place = folder / "in" / f"site-{site:03}"
            place.mkdir(parents=True)
            (place / "machines.csv").write_text(machines(site), encoding="utf-8")
        arguments = ["assess", "--each", "in", "-o", "out", "--format", "parquet", "--as-of", "2026-11-22", "--quiet"]
        subprocess.run([klar, *arguments], cwd=folder, check=True)
        connection = duckdb.connect()
        for table in ["vms", "findings", "disks", "hosts"]:
            files = f"{folder}/out/*/parquet/{table}.parquet"
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}')")
        rows = 0
        for sql in QUERIES:
            answered = subprocess.run([klar, "query", sql, "out", "--format", "csv"], cwd=folder, check=True, capture_output=True)
            heading, *ours = list(csv.reader(io.StringIO(answered.stdout.decode("utf-8"))))
            result = connection.execute(sql)
            assert heading == [column[0] for column in result.description], (sql, heading)
            theirs = [[plain(value) for value in row] for row in result.fetchall()]
            ours = [[armed(cell) for cell in row] for row in ours]
            assert len(ours) == len(theirs), f"{sql}: {len(ours)} rows of Klar's, {len(theirs)} of DuckDB's"
            for place, (one, other) in enumerate(zip(ours, theirs)):
                assert one == other, f"{sql}: row {place}: Klar {one}, DuckDB {other}"
            rows += len(ours)
        sites = connection.execute("SELECT COUNT(DISTINCT site) FROM vms").fetchone()[0]
        assert sites == count, sites
        print(f"{len(QUERIES)} queries over {sites} sites: {rows} rows, the same by Klar and by DuckDB {duckdb.__version__}")


main()
