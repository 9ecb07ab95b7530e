#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the lists of iso-codes into C tables.

make-iso-tables.py ISO-CODES-JSON-FOLDER OUTPUT.h

Countries are those of ISO 3166-1; languages those of ISO 639-3 that also have
a two-letter code. English names only: they are translated where they are
shown, by iso-codes' own catalogues.
"""

import json
import pathlib
import sys

HEADER = "/* Made by make-iso-tables.py from iso-codes. */\n"


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def rows(folder, part, name_key):
    entries = json.loads((folder / f"iso_{part}.json").read_text(encoding="utf-8"))[part]
    for entry in entries:
        if "alpha_2" in entry:
            yield entry["alpha_2"], entry.get("common_name", entry[name_key])


def table(name, entries):
    body = "".join(f"  {{ {quote(code)}, {quote(text)} }},\n" for code, text in sorted(entries))
    return f"static const KabIsoName {name}[] = {{\n{body}}};\n"


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    output.write_text(
        HEADER
        + table("iso_countries", rows(folder, "3166-1", "name"))
        + table("iso_languages", rows(folder, "639-3", "name")),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
