"""Sums what meson leaves in its folder of logs: every TAP case counts, and so does a program that
fails although none of its cases does, as one that ends too early."""
import json
import pathlib
import sys
import xml.etree.ElementTree as ET

BAD = {'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'}

logs = pathlib.Path(sys.argv[1])
passed = skipped = 0
failed = []
for case in ET.parse(logs / 'testlog.junit.xml').getroot().iter('testcase'):
    if case.find('failure') is not None or case.find('error') is not None:
        failed.append((case.get('classname') or '') + ' ' + case.get('name'))
    elif case.find('skipped') is not None:
        skipped += 1
    else:
        passed += 1
for line in (logs / 'testlog.json').read_text(encoding='utf-8').splitlines():
    program = json.loads(line)
    if program['result'] in BAD and not any(program['name'] in name for name in failed):
        failed.append(program['name'])
for name in failed:
    print(f'failed: {name}')
summary = f'{passed} passed, {len(failed)} failed'
if skipped:
    summary += f', {skipped} skipped'
print(summary)
sys.exit(1 if failed or not passed else 0)
