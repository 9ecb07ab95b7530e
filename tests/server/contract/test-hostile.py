# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile bodies for every route that takes JSON: each is a 4xx that names the place, none a 5xx."""
import copy
import json
import tempfile

from bank import Bank, Tap, routes
from calls import Calls, example
from openapi import CALLERS, Description
from world import World

# What is no JSON of ours at all, with `%s` for the first member of a good body.
BROKEN = {
    'empty': b'', 'null': b'null', 'array': b'[]', 'text': b'"x"', 'number': b'5',
    'cut': b'{"a":', 'cut-text': b'{"a":"b', 'no-value': b'{"a":}', 'trailing-comma': b'{"a":1,}',
    'rest': b'{} {}', 'garbage': b'{}x', 'comment': b'{/* */}', 'single-quotes': b"{'a':1}",
    'not-a-number': b'{"a":NaN}', 'infinite': b'{"a":Infinity}', 'huge': b'{"a":1e999}',
    'leading-zero': b'{"a":01}', 'plus': b'{"a":+1}', 'byte-order-mark': b'\xef\xbb\xbf{}',
    'bad-utf8': b'{"a":"\xff\xfe"}', 'overlong-utf8': b'{"a":"\xc0\xaf"}',
    'surrogate-bytes': b'{"a":"\xed\xa0\x80"}', 'lone-surrogate': b'{"a":"\\ud800"}',
    'nul': b'{"a":"\\u0000"}', 'raw-nul': b'{"a":"\x00"}', 'control': b'{"a":"\x01"}',
    'newline': b'{"a":"\n"}', 'bad-escape': b'{"a":"\\x41"}', 'no-name': b'{:1}',
    'duplicate': b'{"a":1,"a":2}', 'utf16': '{"a":1}'.encode('utf-16'),
    'deep-arrays': b'{"a":' + b'[' * 5000 + b']' * 5000 + b'}',
    'deep-objects': b'{"a":' * 5000 + b'1' + b'}' * 5000,
    'huge-integer': b'{"a":' + b'9' * 400 + b'}',
}

# A value of each type, and some that are too much of it.
VALUES = {
    'null': None, 'true': True, 'number': 5, 'fraction': 0.5, 'text': 'x', 'array': [],
    'nested-array': [[]], 'object': {}, 'negative': -1, 'huge': 2**63, 'long-text': 'ā' * 12000,
}
KINDS = {'string': ('text', 'long-text'), 'object': ('object',), 'array': ('array',),
         'boolean': ('true',), 'integer': ('number', 'huge', 'negative')}


def places(description, schema, body, pointer=()):
    """Every described member, into arrays and objects: its pointer, its schema, whether it may be
    left out, and how to put a value there into a body that is good but for that."""
    schema = description.resolve(schema)
    if schema.get('type') == 'object':
        inner = {name: (description.resolve(s), name not in schema.get('required', []))
                 for name, s in schema.get('properties', {}).items()}
        body = body if isinstance(body, dict) else example(description, schema)
    elif schema.get('type') == 'array':
        inner = {0: (description.resolve(schema['items']), False)}
        body = body if body else [example(description, schema['items'])]
    else:
        return
    for step, (found, is_optional) in inner.items():
        def put(value, step=step):
            changed = copy.deepcopy(body)
            changed[step] = value
            return changed

        yield pointer + (step,), found, is_optional, put
        within = body.get(step) if isinstance(body, dict) else body[step]
        for deeper, last, may_miss, put_deeper in places(description, found, within,
                                                         pointer + (step,)):
            yield deeper, last, may_miss, lambda v, p=put, d=put_deeper: p(d(v))


class Hostile:
    def __init__(self, tap, bank):
        self.tap, self.bank = tap, bank
        self.world = World(bank)
        self.description = Description()
        self.calls = Calls(self.world, self.description)

    def send(self, route, raw):
        roles = CALLERS[self.description.operations[route['method'], route['path']]['x-caller']]
        token = next((t for role, t in (('client', self.world.anna), ('staff', self.world.clerk),
                                        ('registration', self.world.registration))
                      if role in roles), None)
        return self.bank.call(route['method'], self.calls.path(route), token,
                              **self.calls.named(route, raw))

    def check_broken(self, route):
        faults = []
        for name, raw in BROKEN.items():
            answer = self.send(route, raw)
            is_named = answer.code in ('invalid-json', 'body-too-large') or (
                answer.code == 'validation-failed' and 'errors' in answer.json)
            if not 400 <= answer.status < 500 or not is_named:
                faults.append(f'{name}: {answer}')
        self.tap.case(f"/hostile/{route['operation']}/broken", faults)

    def is_told(self, answer, pointer):
        """Whether the answer is a 422 that points there, or above, or into it. A number that no
        reader agrees on is no JSON of ours at all."""
        if answer.code in ('body-too-large', 'invalid-json'):
            return True
        if answer.status != 422 or 'errors' not in answer.json:
            return False
        wanted = '/' + '/'.join(map(str, pointer))
        return any(wanted.startswith(e['pointer']) or e['pointer'].startswith(wanted)
                   for e in answer.json['errors'])

    def check_member(self, route, pointer, schema, is_optional, put):
        faults = []
        for name, value in VALUES.items():
            fits = name in KINDS.get(schema.get('type'), ()) and 'enum' not in schema
            if (fits and name != 'long-text') or (is_optional and value is None):
                continue
            raw = json.dumps(put(value)).encode()
            answer = self.send(route, raw)
            if not self.is_told(answer, pointer):
                faults.append(f'{name}: {raw[:200]}: {answer}')
        self.tap.case(f"/hostile/{route['operation']}/{'/'.join(map(str, pointer))}", faults)

    def check_members(self, route, body, schema):
        for found in places(self.description, schema, body):
            self.check_member(route, *found)
        for name in schema.get('required', []):
            less = {k: v for k, v in body.items() if k != name}
            answer = self.send(route, json.dumps(less).encode())
            self.tap.case(f"/hostile/{route['operation']}/without/{name}",
                          [] if self.is_told(answer, (name,)) else f'{answer}')
        answer = self.send(route, json.dumps({**body, 'unexpected': 1}).encode())
        self.tap.case(f"/hostile/{route['operation']}/unexpected",
                      [] if self.is_told(answer, ('unexpected',)) else f'{answer}')

    def check(self, route):
        operation = self.description.operations[route['method'], route['path']]
        schema = self.description.body_schema(operation)
        self.check_broken(route)
        self.check_members(route, self.calls.body(route), schema)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(folder)
        served, strange, description = [], set(), Description()

        def witness(method, path, answer):
            if answer.status >= 500:
                served.append(f'{method} {path}: {answer}')
            strange.update(f'{method} {description.template(path)}: {fault}'
                           for fault in description.faults(method, path, answer))

        bank.witness = witness
        try:
            hostile = Hostile(tap, bank)
            for route in routes():
                if route['body'] == 'json':
                    hostile.check(route)
        finally:
            status = bank.stop()
        tap.case('/hostile/never-5xx', served)
        tap.case('/hostile/described', sorted(strange))
        tap.case('/hostile/log', bank.complaints())
        tap.case('/hostile/clean-end', [] if status == 0 else f'status {status}')
    tap.end()


main()
