# SPDX-License-Identifier: GPL-3.0-or-later
"""A plausible call of any route: an object for its path, a body that its description takes."""
import json

from bank import OCTETS, TUS

# The least that the schema says, in a form that gets past the check of the body.
STRINGS = {'language': 'lv', 'email': 'x@example.com', 'phone': '+37120000000',
           'address': 'x@example.com'}


def example(description, schema, name=''):
    """A small value that the schema takes."""
    schema = description.resolve(schema)
    if 'enum' in schema:
        return schema['enum'][0]
    kind = schema.get('type')
    if kind == 'object':
        return {member: example(description, inner, member)
                for member, inner in schema.get('properties', {}).items()
                if member in schema.get('required', [])}
    if kind == 'array':
        return [example(description, schema['items'])] * schema.get('minItems', 0)
    if kind == 'integer':
        return schema.get('minimum', 1)
    if kind == 'boolean':
        return True
    return STRINGS.get(name, 'x')


class Calls:
    def __init__(self, world, description):
        self.world, self.description = world, description
        self.objects = {
            '/v1/legal-documents/{id}': world.legal, '/v1/lists/{id}': 'managers',
            '/v1/forms/{id}': 'application-natural', '/v1/recoveries/{id}': world.recovery,
            '/v1/profile/address-changes/{id}': world.address_change,
            '/v1/applications/{id}': world.application,
            '/v1/identifications/{id}': world.identification, '/v1/documents/{id}': world.pdf,
            '/v1/files/{id}': world.file, '/v1/uploads/{id}': world.upload,
            '/v1/staff/cases/{id}': world.application,
            '/v1/staff/conversations/{id}': world.anna_id,
            '/v1/staff/documents/{id}': world.electronic, '/v1/sessions/{id}': world.session,
        }

    def path(self, route):
        """The route's path, of something of Anna's; a new kind of thing has to be told here."""
        head, brace, rest = route['path'].partition('{id}')
        if not brace:
            return head
        return head + self.objects[head + brace] + rest

    def body(self, route):
        operation = self.description.operations[route['method'], route['path']]
        return example(self.description, self.description.body_schema(operation))

    def named(self, route, raw=None):
        """Everything about a call but the method, the path and who asks."""
        named = {'headers': {**TUS, 'Upload-Offset': '0', 'Upload-Length': '6',
                             'Upload-Metadata': 'filename YS50eHQ='}}
        if route['needsIfMatch']:
            named['version'] = 1
        if route['body'] == 'json':
            named['raw'] = json.dumps(self.body(route)).encode() if raw is None else raw
        elif route['body'] == 'stream':
            named.update(raw=b'hello\n', media_type=OCTETS)
        elif route['body'] == 'bytes':
            named['raw'] = b'{}'
        return named
