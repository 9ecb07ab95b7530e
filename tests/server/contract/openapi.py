# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/openapi.yaml as data: operations, and schemas that take nothing they don't describe."""
import re

import jsonschema
import yaml

from bank import SOURCE

# What every operation may answer, as the head of the description says.
COMMON = {400, 405, 414, 417, 429, 431, 500, 503}

METHODS = ('get', 'head', 'post', 'put', 'patch', 'delete', 'options')
CALLERS = {'public': {'public'}, 'registration': {'registration'}, 'client': {'client'},
           'staff': {'staff'}, 'any-session': {'client', 'staff'}}


class Description:
    def __init__(self):
        self.document = yaml.safe_load((SOURCE / 'docs' / 'openapi.yaml').read_text())
        self.operations = {}
        for path, item in self.document['paths'].items():
            for method in METHODS:
                if method in item:
                    self.operations[method.upper(), path] = item[method]
        self.patterns = sorted(((re.compile(re.sub(r'\\{\w+\\}', '[^/]+', re.escape(p)) + '$'), p)
                                for p in self.document['paths']),
                               key=lambda pair: '{' in pair[1])

    def resolve(self, node):
        while isinstance(node, dict) and '$ref' in node:
            found = self.document
            for part in node['$ref'].lstrip('#/').split('/'):
                found = found[part]
            node = found
        return node

    def template(self, path):
        bare = path.partition('?')[0]
        return next((p for pattern, p in self.patterns if pattern.match(bare)), None)

    def parameters(self, operation):
        return [self.resolve(p) for p in operation.get('parameters', [])]

    def body_schema(self, operation):
        content = operation.get('requestBody', {}).get('content', {})
        return self.resolve(content.get('application/json', {}).get('schema'))

    def refusals(self, operation):
        """The statuses of 400 and more that the operation may answer."""
        required = {p['name'] for p in self.parameters(operation) if p.get('required')}
        found = COMMON | {int(s) for s in operation['responses'] if s >= '400'}
        if operation['x-caller'] != 'public':
            found |= {401, 403}
        if 'requestBody' in operation:
            found |= {413, 415}
        if self.body_schema(operation) or 'Idempotency-Key' in required:
            found |= {422}
        return found | ({428} if 'If-Match' in required else set())

    def strict(self, schema):
        """The schema with all references resolved, refusing members that aren't described."""
        schema = dict(self.resolve(schema))
        if 'allOf' in schema:
            merged = {'type': 'object', 'properties': {}, 'required': []}
            for part in schema.pop('allOf'):
                part = self.resolve(part)
                merged['properties'].update(part.get('properties', {}))
                merged['required'] += part.get('required', [])
            schema = {**merged, **schema}
        if 'properties' in schema:
            schema['properties'] = {k: self.strict(v) for k, v in schema['properties'].items()}
            schema.setdefault('additionalProperties', False)
        if isinstance(schema.get('additionalProperties'), dict):
            schema['additionalProperties'] = self.strict(schema['additionalProperties'])
        if 'items' in schema:
            schema['items'] = self.strict(schema['items'])
        return schema

    def faults(self, method, path, answer):
        """What an answer has that the description doesn't, and the reverse."""
        template = self.template(path)
        operation = self.operations.get((method, template))
        if operation is None:
            return [f'{method} {path} is not described']
        responses = operation['responses']
        if answer.status >= 400:
            faults = self.problem_faults(method, answer)
            if answer.status not in self.refusals(operation):
                faults.append(f'{answer.status} ({answer.code}) is not described')
            return faults
        if str(answer.status) not in responses:
            return [f'{answer.status} is not described']
        content = self.resolve(responses[str(answer.status)]).get('content', {})
        media_type = answer.headers.get('content-type', '').partition(';')[0]
        if not content:
            return [f'a body of {media_type}'] if answer.body else []
        if media_type not in content and 'application/octet-stream' not in content:
            return [f'{media_type} instead of {list(content)}']
        schema = content.get(media_type, {}).get('schema')
        return self.schema_faults(schema, answer.json) if schema else []

    def problem_faults(self, method, answer):
        if method == 'HEAD':
            return []
        if not answer.headers.get('content-type', '').startswith('application/problem+json'):
            return [f'no problem: {answer}']
        schema = dict(self.resolve({'$ref': '#/components/schemas/Problem'}))
        faults = self.schema_faults({**schema, 'additionalProperties': True}, answer.json)
        if answer.json.get('status') != answer.status:
            faults.append(f'status {answer.json.get("status")} in the body of a {answer.status}')
        return faults

    def schema_faults(self, schema, value):
        validator = jsonschema.Draft202012Validator(self.strict(schema),
                                                    format_checker=jsonschema.FormatChecker())
        return [f'/{"/".join(map(str, e.absolute_path))}: {e.message[:300]}'
                for e in validator.iter_errors(value)]
