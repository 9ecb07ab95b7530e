#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles every blueprint in one run and writes the gresource description.

compile-ui.py BLUEPRINT-COMPILER OUTPUT.gresource.xml SOURCE-DIR FILE…

FILEs are blueprints, icons and style.css below SOURCE-DIR. The .ui files go
beside the description, without blanks between elements, because the text is
parsed each time a widget of the class is made.
"""

import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ET

PREFIX = "/org/kabinets/Kabinets"


def strip_blanks(path):
    tree = ET.parse(path)
    for element in tree.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    tree.write(path, encoding="unicode", xml_declaration=True)


def main():
    compiler, output, source = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    files = [pathlib.Path(name).resolve() for name in sys.argv[4:]]
    blueprints = [f for f in files if f.suffix == ".blp"]
    names = []
    if blueprints:
        subprocess.run([compiler, "batch-compile", output.parent, source, *blueprints], check=True)
    for blueprint in blueprints:
        interface = blueprint.relative_to(source.resolve()).with_suffix(".ui")
        strip_blanks(output.parent / interface)
        names.append(interface)
    names += [f.relative_to(source.resolve()) for f in files if f.suffix != ".blp"]

    root = ET.Element("gresources")
    resource = ET.SubElement(root, "gresource", prefix=PREFIX)
    for name in sorted(names):
        ET.SubElement(resource, "file").text = name.as_posix()
    ET.indent(root)
    output.write_text(ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
