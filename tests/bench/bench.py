"""Measures a release build and its references side by side: bench.py BUILD [NAME…].

Prints a table and writes build/bench.json. An aim that is missed doesn't fail
the command; whatever can't be measured does."""
import dataclasses
import json
import os
import pathlib
import platform
import sys
import time

from measures import preview, requests, startup, upload

MEASURES = {'startup': startup, 'preview': preview, 'upload': upload, 'requests': requests}
BUSY = 0.1


def processor_times():
    """Idle and in all, in ticks since the machine's start (proc(5))."""
    times = [int(word) for word in open('/proc/stat', encoding='ascii').readline().split()[1:9]]
    return times[3] + times[4], sum(times)


def other_work():
    """The share of the processors that is taken before anything of ours runs. Where it is large,
    both sides get what is left, and a ratio of rates becomes one of processor times."""
    idle, total = processor_times()
    time.sleep(1)
    idle_after, total_after = processor_times()
    return 1 - (idle_after - idle) / (total_after - total)


def machine():
    model = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo', encoding='utf-8')
                  if line.startswith('model name')), platform.machine())
    return {'processor': model, 'processors': os.cpu_count(), 'kernel': platform.release()}


def number(value):
    if value is None:
        return ''
    return f'{value:,.0f}' if value >= 100 else f'{value:.2f}'


def row(figure):
    spread = f'{figure.low:.2f}–{figure.high:.2f}' if figure.low is not None else ''
    return [figure.name, f'{number(figure.ours)} {figure.measured_in}'.strip(),
            number(figure.reference), f'{figure.value:.2f} {figure.unit}', spread,
            f"{'≥' if figure.at_least else '≤'} {figure.aim}", 'met' if figure.met else 'missed']


HEADER = ['measured', 'ours', 'reference', 'figure', '95 %', 'aim', '']


def print_table(figures):
    rows = [HEADER] + [row(figure) for figure in figures]
    widths = [max(map(len, column)) for column in zip(*rows)]
    for cells in rows:
        left, *rest = (cell.ljust(width) if index == 0 else cell.rjust(width)
                       for index, (cell, width) in enumerate(zip(cells, widths)))
        print('  '.join([left, *rest]).rstrip())


def main():
    build, names = sys.argv[1], sys.argv[2:] or list(MEASURES)
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.exit(f"tools/bench: there is no {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    busy = other_work()
    if busy > BUSY:
        print(f'Other work takes {busy:.0%} of the processors: rates will be lower than they are '
              'on a quiet machine, and so will their ratios.', file=sys.stderr)
    figures = []
    for name in names:
        print(f'{name} …', file=sys.stderr, flush=True)
        figures += MEASURES[name].measure(build)
    print_table(figures)
    result = {'machine': machine() | {'other_work': busy},
              'figures': [dataclasses.asdict(figure) | {'met': figure.met} for figure in figures]}
    pathlib.Path('build/bench.json').write_text(json.dumps(result, indent=2, ensure_ascii=False),
                                                encoding='utf-8')


if __name__ == '__main__':
    main()
