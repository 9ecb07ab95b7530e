#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a language lacks a text, has a doubtful one, or a source is not listed.

check-po.py PROJECT
"""

import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = re.compile(r"(^|[^A-Za-z_])(N?_|N?C_|ngettext) ?\(", re.M)
INTERFACE = re.compile(r"(^|[^A-Za-z_])C?_\(", re.M)


def sources(project):
    for path in sorted((project / "src").rglob("*.[ch]")):
        if SOURCE.search(path.read_text(encoding="utf-8")):
            yield path
    for path in sorted((project / "resources/ui").rglob("*.blp")):
        if INTERFACE.search(path.read_text(encoding="utf-8")):
            yield path


def messages(catalogue, *options):
    run = subprocess.run(["msgattrib", "--no-wrap", *options, catalogue], capture_output=True,
                         text=True, check=True)
    # The header counts as a message of the output.
    return max(0, len(re.findall(r"^msgid ", run.stdout, re.M)) - 1)


def texts(catalogue):
    run = subprocess.run(["msgattrib", "--no-wrap", "--no-obsolete", catalogue],
                         capture_output=True, text=True, check=True)
    return set(re.findall(r'^msgid (".*")$', run.stdout, re.M))


def main():
    project = pathlib.Path(sys.argv[1])
    failures = []
    listed = [line for line in (project / "po/POTFILES").read_text().splitlines()
              if line and not line.startswith("#")]
    found = [str(path.relative_to(project)) for path in sources(project)]
    for path in sorted(set(found) - set(listed)):
        failures.append(f"po/POTFILES lacks {path}")
    for path in listed:
        if not (project / path).exists():
            failures.append(f"po/POTFILES lists {path}, which is gone")

    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", "--no-location", "--keyword=_", "--keyword=N_",
             "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2",
             f"--directory={project}", f"--output={template.name}",
             *[path for path in listed if (project / path).exists()]],
            check=True, stderr=subprocess.DEVNULL)
        wanted = texts(template.name)

    for language in (project / "po/LINGUAS").read_text().split():
        catalogue = project / f"po/{language}.po"
        subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", catalogue], check=True)
        for kind in ("--untranslated", "--only-fuzzy"):
            count = messages(catalogue, kind)
            if count:
                failures.append(f"po/{language}.po: {count} messages are {kind[2:]}")
        for text in sorted(wanted - texts(catalogue)):
            failures.append(f"po/{language}.po lacks {text}")

    print("\n".join(failures))
    if failures:
        sys.exit("Run tools/update-po, then translate what is empty.")


if __name__ == "__main__":
    main()
