"""Sums the JUnit file that meson leaves: every TAP case counts, not the programs."""
import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0
for case in ET.parse(sys.argv[1]).getroot().iter('testcase'):
    if case.find('failure') is not None or case.find('error') is not None:
        failed += 1
        print(f"failed: {case.get('classname') or ''} {case.get('name')}")
    elif case.find('skipped') is not None:
        skipped += 1
    else:
        passed += 1
line = f'{passed} passed, {failed} failed'
if skipped:
    line += f', {skipped} skipped'
print(line)
sys.exit(1 if failed or not passed else 0)
