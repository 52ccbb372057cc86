"""Measures a sheet of generated activities on its whole way: written, read, tried, applied, memory.

    DATABASE_URL=postgres://… python -m tests.bench.sheets            10,000 rows with their links
    DATABASE_URL=postgres://… python -m tests.bench.sheets --of 2000

Give it a database of its own, as `tests.bench.batches`. The activities are made first; then their
sheet is taken, every row of it gets another title and other articles, and it comes back.
"""

import argparse
import os


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from registry.models import Activity, ImportRun
    from registry.permissions import SYSTEM
    from tests.bench.batches import fresh, generated, measured

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--of", type=int, default=10_000, help="so many activities")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {asked.of} rows", flush=True)

    from registry.actions import batches, imports
    from registry.exchange import sheets

    given = {"noun": "activity", "kind": "import", "label": "generated", "by": SYSTEM}
    batches.apply(wanted=fresh(generated(asked.of)), **given)
    made = Activity.objects.published().filter(title__endswith="of the bench")
    with measured("written (XLSX)"):
        file = sheets.write("activity", made, "xlsx")
    file = edited(file)
    with measured("read"):
        sheet = sheets.read("activity", file, "sheet.xlsx")
    with measured("kept"):
        run = imports.begin(
            noun="activity",
            name="generated",
            sha256="0" * 64,
            names=sheet.names,
            wanted=sheet.wanted,
            cells=sheet.cells,
            problems=sheet.problems,
            by=SYSTEM,
        )
    del sheet
    with measured("tried"):
        imports.work(run=run)
    print("  ", dict(imports.counts_of(run)), flush=True)
    imports.queue(run=run, by=SYSTEM)
    with measured("applied"):
        imports.work(run=run)
    run = ImportRun.objects.get(pk=run.pk)
    print("  ", run.status, run.batch and run.batch.changed, flush=True)


def edited(file):
    """The sheet with another title and other articles in every row."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[names.index("title")].value += ", second"
        row[names.index("articles")].value = "3 | stated; 7 | stated; 9 | stated"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
