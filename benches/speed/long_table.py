"""The peer of the PDF bench: reportlab's LongTable of seven columns."""
import sys

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import LongTable, SimpleDocTemplate

rows, place = int(sys.argv[1]), sys.argv[2]
table = [["Machine", "Host", "Guest OS", "vCPUs", "Memory GiB", "Disk GiB", "Readiness"]]
table += [
    [f"vm-{row:06}", f"hv{row % 200:03}.tallvik.example", "Windows Server 2022 Standard", row % 64, row % 512, row % 4096, "Ready (14/21)"]
    for row in range(rows)
]
document = SimpleDocTemplate(place, pagesize=landscape(A4))
document.build([LongTable(table, repeatRows=1)])
print(document.page, "pages")
