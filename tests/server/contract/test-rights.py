# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: every route for everybody, with something of Anna's where it takes an object.
What is expected follows from x-caller in docs/openapi.yaml."""
import tempfile

from bank import Bank, Tap, routes
from calls import Calls
from openapi import CALLERS, Description
from world import World

REFUSALS = {'unauthenticated', 'forbidden', 'password-change-required'}
OPEN_FOR_CHANGE = {'changePassword', 'signOut'}

# Without its digest a notice is nobody's, whoever brings it.
DIGEST = {'sumsubWebhook'}

# What possession of the id is the right to: the recovery of who isn't signed in.
BEARER_IDS = {'/v1/recoveries/{id}/confirmation'}


class Matrix:
    def __init__(self, tap, bank):
        self.tap, self.bank = tap, bank
        self.world = World(bank)
        self.description = Description()
        self.calls = Calls(self.world, self.description)

    def token(self, caller, operation):
        """Of a session of its own where the call would end it."""
        world, bank = self.world, self.bank
        if caller == 'nobody':
            return None
        if caller == 'registration':
            return world.registration
        if caller == 'bound':
            return bank.another_session(world.anna, True)[0]
        own = getattr(world, caller)
        return bank.another_session(own)[0] if operation == 'signOut' else own

    def roles(self, route):
        operation = self.description.operations[route['method'], route['path']]
        roles = set(CALLERS[operation['x-caller']])
        return roles | ({'bound'} if route['operation'] in OPEN_FOR_CHANGE else set())

    def expected(self, route, caller):
        """`refused` with a code, `missing`, or `served`: neither of both."""
        roles = self.roles(route)
        role = {'anna': 'client', 'boriss': 'client', 'clerk': 'staff'}.get(caller, caller)
        if route['operation'] in DIGEST:
            return 401, 'unauthenticated'
        if 'public' in roles:
            return 'served'
        if role not in roles:
            if caller == 'nobody':
                return 401, 'unauthenticated'
            return 403, 'password-change-required' if caller == 'bound' else 'forbidden'
        is_anybodys = '{id}' not in route['path'] or route['path'].startswith('/v1/staff/')
        if is_anybodys or caller == 'anna' or route['path'] in BEARER_IDS:
            return 'served'
        return 404, 'not-found'

    def check(self, route, caller):
        if route['operation'] in ('endSession', 'deleteUpload'):
            self.renew()
        answer = self.bank.call(route['method'], self.calls.path(route),
                                self.token(caller, route['operation']), **self.calls.named(route))
        expected = self.expected(route, caller)
        faults = self.description.faults(route['method'], route['path'], answer)
        if answer.status >= 500:
            faults.append(f'{answer}')
        elif expected == 'served':
            if answer.code in REFUSALS or (answer.status == 404 and '{id}' in route['path']):
                faults.append(f'is refused: {answer}')
        elif answer.status != expected[0]:
            faults.append(f'{expected} expected: {answer}')
        elif route['method'] != 'HEAD' and answer.code != expected[1]:
            faults.append(f'{expected} expected: {answer}')
        self.tap.case(f"/rights/{route['operation']}/{caller}", faults)

    def renew(self):
        """Things that the call may remove."""
        self.calls.objects['/v1/sessions/{id}'] = self.bank.another_session(self.world.anna)[1]
        self.calls.objects['/v1/uploads/{id}'] = self.bank.begin_upload(self.world.anna)

    def check_lists(self):
        """A list shows nobody else's."""
        for path in ('/v1/applications', '/v1/documents', '/v1/messages'):
            found = self.bank.expect(200, 'GET', path, self.world.boriss).json['items']
            self.tap.case(f'/rights/list{path}', [f'shows {f}' for f in found])

    def check_tokens(self):
        """Tokens that are nobody's, of every look."""
        for token in ('x', 's' * 44, 'r' * 44, self.world.anna[:-1], self.world.anna + 'A'):
            answer = self.bank.call('GET', '/v1/profile', token)
            self.tap.case(f'/rights/token/{len(token)}{token[0]}',
                          [] if answer.code == 'unauthenticated' else f'{answer}')


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(folder)
        try:
            matrix = Matrix(tap, bank)
            matrix.check_lists()
            matrix.check_tokens()
            for route in routes():
                for caller in ('nobody', 'registration', 'bound', 'boriss', 'clerk', 'anna'):
                    matrix.check(route, caller)
        finally:
            bank.stop()
        tap.case('/rights/log', bank.complaints())
    tap.end()


main()
