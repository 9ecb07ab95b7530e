"""A transcript of what a screen reader said, and how two of them are compared.

A transcript has chapters (`== name`), steps (`> what the person does`) and below each step the
utterances that followed. What differs from run to run (codes, times, dates, addresses, references)
is replaced by a word in capitals.

How they are compared: the steps one by one. An utterance that is said again within a step counts
once, and one that was said in the step before may come again: a window that gets the focus late, or
an event that Orca handles twice, repeats words but adds none. Everything else has to be the same:
every utterance holds name, role, state, description or error of something, so that one which is no
longer said, or is said differently, is missing here; and a new one is noise until somebody has
accepted it. Their order within a step is Orca's, which takes a change of focus before what was
announced earlier when it has both to say, and that depends on how fast the machine is.
"""
import dataclasses
import pathlib
import re

VARYING = (
    (re.compile(r'https?://[^\s\'”"]*[^\s\'”".,]'), 'ADDRESS'),
    (re.compile(r'\b\d{6}\b(?!-)'), 'CODE'),
    (re.compile(r'\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|'
                r'November|December)( \d{4})?\b'), 'DATE'),
    (re.compile(r'\b\d{1,2}:\d\d(:\d\d)?( [AP]M)?\b'), 'TIME'),
)


def normalise(utterance: str) -> str:
    for pattern, word in VARYING:
        utterance = pattern.sub(word, utterance)
    return ' '.join(utterance.split())


@dataclasses.dataclass
class Step:
    chapter: str
    action: str
    said: list[str]

    def missing(self, heard: list[str]) -> list[str]:
        return [utterance for utterance in self.said if utterance not in heard]


def once(utterances: list[str]) -> list[str]:
    return list(dict.fromkeys(utterances))


def read(path: pathlib.Path) -> list[Step]:
    steps, chapter = [], ''
    for line in path.read_text(encoding='utf-8').splitlines():
        if line.startswith('== '):
            chapter = line[3:]
        elif line.startswith('> '):
            steps.append(Step(chapter, line[2:], []))
        elif line.strip():
            steps[-1].said.append(line)
    return steps


def write(path: pathlib.Path, steps: list[Step]):
    lines, chapter = [], None
    for step in steps:
        if step.chapter != chapter:
            chapter = step.chapter
            lines += ['', f'== {chapter}']
        lines += ['', f'> {step.action}', *step.said]
    path.parent.mkdir(exist_ok=True)
    path.write_text('\n'.join(lines[1:]) + '\n', encoding='utf-8')


def difference(golden: Step | None, step: Step, before: list[str]) -> list[str]:
    """What is wrong with `step`, whose predecessor said `before`; nothing when it is as it was."""
    if golden is None or (golden.chapter, golden.action) != (step.chapter, step.action):
        expected = 'nothing more' if golden is None else f'“{golden.action}”'
        return [f'> {step.action}', f'  the transcript has {expected} here']
    new = [utterance for utterance in step.said
           if utterance in golden.said or utterance not in before]
    if set(new) == set(golden.said):
        return []
    return [f'> {step.action}', *(f'  - {line}' for line in golden.said if line not in new),
            *(f'  + {line}' for line in new if line not in golden.said)]
