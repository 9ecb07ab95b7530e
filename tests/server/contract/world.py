# SPDX-License-Identifier: GPL-3.0-or-later
"""A bank with people in it and one of everything, made through the API alone: the scripted session."""
import hashlib
import hmac
import json
import urllib.parse
import urllib.request

from bank import TUS, await_

ANSWERS = {'services': ['N1'], 'full_name': 'Anna Bērziņa', 'latvian_resident': True,
           'person_code': '320101-12345', 'birth_date': '1990-05-17',
           'communication_language': 'lv'}
TAX_ANSWERS = {'full_name': 'Anna Bērziņa', 'birth_date': '1990-05-17',
               'address': 'Brīvības iela 1, Rīga', 'us_person': False,
               'residences': [{'country': 'LV', 'has_tin': True, 'tin': '320101-12345'}],
               'truthful': True}
PDF = b'%PDF-1.7\n' + b'x' * 200 + b'\n%%EOF\n'


class World:
    """`anna` has one of everything, `boriss` nothing; `clerk` works at the bank."""

    def __init__(self, bank):
        self.bank = bank
        self.look_around()
        self.start_registration()
        self.anna, self.anna_details = bank.register()
        self.boriss, self.boriss_details = bank.register()
        self.clerk = bank.clerk()
        self.apply()
        self.identify()
        self.files()
        self.talk()
        self.account()
        self.change_mind()

    def look_around(self):
        bank = self.bank
        self.information = bank.expect(200, 'GET', '/v1/bank').json
        self.legal = self.information['legalDocuments'][0]['id']
        bank.expect(200, 'GET', f'/v1/legal-documents/{self.legal}?language=en')
        bank.expect(200, 'GET', '/v1/forms/application-natural')
        bank.expect(200, 'GET', '/v1/lists/managers')
        bank.expect(200, 'GET', '/healthz')
        bank.expect(200, 'GET', '/readyz')

    def start_registration(self):
        """One that isn't finished, so that its token stays a registration's."""
        bank = self.bank
        body = bank.registration_body(next(bank.numbers))
        made = bank.expect(201, 'POST', '/v1/registrations', None, body).json
        self.registration = made['token']
        bank.expect(200, 'GET', '/v1/registrations/current', self.registration)
        bank.expect(200, 'PATCH', '/v1/registrations/current', self.registration,
                    {'phone': '+37129999999'}, version=made['version'])
        bank.sql('UPDATE codes SET sent_at = sent_at - 61000000')
        bank.expect(200, 'POST', '/v1/registrations/current/codes', self.registration,
                    {'channel': 'email'})

    def apply(self):
        bank, anna = self.bank, self.anna
        made = bank.expect(201, 'POST', '/v1/applications', anna,
                           {'form': 'application-natural', 'answers': {'full_name': 'Anna'}}).json
        self.application = made['id']
        path = f'/v1/applications/{self.application}'
        bank.expect(412, 'PUT', path, anna, {'answers': ANSWERS}, version=9)
        saved = bank.expect(200, 'PUT', path, anna, {'answers': ANSWERS}, version=1).json
        bank.expect(200, 'POST', path + '/submission', anna, version=saved['version'])
        bank.expect(200, 'GET', '/v1/applications?limit=1', anna)
        bank.expect(200, 'GET', path + '/history', anna)

    def identify(self):
        bank, anna = self.bank, self.anna
        path = f'/v1/applications/{self.application}'
        self.identification = bank.expect(200, 'GET', path, anna).json['identifications'][0]['id']
        self.queue = bank.expect(200, 'GET', '/v1/staff/queue?waiting=any', self.clerk).json
        link = bank.expect(201, 'POST', f'/v1/identifications/{self.identification}/link', anna)
        body = urllib.parse.urlencode({'answer': 'green'}).encode()
        urllib.request.urlopen(link.json['url'], body).close()
        self.notify()
        documents = await_('the documents', lambda: bank.expect(
            200, 'GET', '/v1/documents', anna).json['items'])
        self.pdf = next(d['id'] for d in documents if d['kind'] == 'pdf-questionnaire')
        self.electronic = next(d['id'] for d in documents if d['kind'] != 'pdf-questionnaire')
        for document in (self.pdf, self.electronic):
            bank.expect(200, 'GET', f'/v1/documents/{document}', anna)
            bank.expect(200, 'GET', f'/v1/documents/{document}/history', anna)
        bank.expect(200, 'GET', f'/v1/documents/{self.pdf}/template?language=lv', anna)
        bank.expect(200, 'GET', f'/v1/staff/cases/{self.application}', self.clerk)

    def notify(self):
        """A genuine notice of something that the bank has no use for."""
        notice = json.dumps({'type': 'applicantTagsChanged', 'applicantId': 'nobody',
                             'externalUserId': 'nobody', 'sandboxMode': True}).encode()
        secret = self.bank.sandbox_says['sumsub']['webhookSecret'].encode()
        digest = hmac.new(secret, notice, hashlib.sha256).hexdigest()
        self.bank.expect(200, 'POST', '/v1/webhooks/sumsub', None, raw=notice, headers={
            'X-Payload-Digest': digest, 'X-Payload-Digest-Alg': 'HMAC_SHA256_HEX'})

    def files(self):
        bank, anna = self.bank, self.anna
        bank.expect(204, 'OPTIONS', '/v1/uploads')
        self.upload = bank.begin_upload(anna)
        bank.expect(200, 'HEAD', f'/v1/uploads/{self.upload}', anna, headers=TUS)
        self.file = bank.upload(anna, 'anketa.pdf', PDF)
        whole = bank.expect(200, 'GET', f'/v1/files/{self.file}', anna)
        bank.expect(206, 'GET', f'/v1/files/{self.file}', anna, headers={
            'Range': 'bytes=9-', 'If-Range': whole.headers['etag']})
        bank.expect(416, 'GET', f'/v1/files/{self.file}', anna, headers={'Range': 'bytes=999-'})
        spare = bank.begin_upload(anna)
        bank.expect(204, 'DELETE', f'/v1/uploads/{spare}', anna, headers=TUS)

    def talk(self):
        bank, anna, clerk = self.bank, self.anna, self.clerk
        case = f'/v1/staff/cases/{self.application}'
        self.anna_id = bank.expect(200, 'GET', case, clerk).json['applicant']['id']
        talk = f'/v1/staff/conversations/{self.anna_id}/messages'
        attachment = bank.upload(anna)
        sent = bank.expect(201, 'POST', '/v1/messages', anna,
                           {'text': 'Labdien', 'attachments': [attachment]}).json
        self.message = sent['id']
        bank.expect(200, 'GET', '/v1/staff/conversations?unread=true&limit=1', clerk)
        bank.expect(200, 'GET', talk, clerk)
        bank.expect(204, 'PUT', talk + '/read-mark', clerk, {'upTo': self.message})
        answer = bank.expect(201, 'POST', talk, clerk, {'text': 'Sveiki'}).json
        bank.expect(200, 'GET', '/v1/messages?limit=1', anna)
        bank.expect(204, 'PUT', '/v1/messages/read-mark', anna, {'upTo': answer['id']})

    def change_mind(self):
        bank = self.bank
        carla, _ = bank.register()
        made = bank.expect(201, 'POST', '/v1/applications', carla,
                           {'form': 'application-natural', 'answers': {'full_name': 'Carla'}}).json
        path = f"/v1/applications/{made['id']}/withdrawal"
        bank.expect(200, 'POST', path, carla, version=made['version'])
        bank.expect(409, 'POST', path, carla, version=made['version'] + 1)

    def account(self):
        bank, anna = self.bank, self.anna
        profile = bank.expect(200, 'GET', '/v1/profile', anna).json
        bank.expect(200, 'PUT', '/v1/profile', anna,
                    {'language': 'lv', 'notices': profile['notices']}, version=profile['version'])
        sessions = bank.expect(200, 'GET', '/v1/sessions', anna).json['items']
        self.session = sessions[0]['id']
        bank.expect(200, 'GET', '/v1/sessions/current', anna)
        self.address_change = bank.expect(
            201, 'POST', '/v1/profile/address-changes', anna,
            {'channel': 'email', 'address': 'anna.new@example.com',
             'password': 'Zaļa-mīkla-7'}).json['id']
        self.before_recovery = bank.last_message()
        self.recovery = bank.expect(201, 'POST', '/v1/recoveries', None,
                                    {'login': self.boriss_details['email']}).json['id']

    def finish(self):
        """What ends things: documents to the decision, the new address, a new password, the end."""
        self.finish_documents()
        self.finish_account()

    def finish_documents(self):
        bank, anna, clerk = self.bank, self.anna, self.clerk
        tax, pdf = f'/v1/documents/{self.electronic}', f'/v1/documents/{self.pdf}'
        version = bank.expect(200, 'PUT', tax, anna, {'answers': TAX_ANSWERS},
                              version=self.version(tax)).json['version']
        version = bank.expect(200, 'POST', tax + '/submission', anna,
                              version=version).json['version']
        asked = bank.expect(
            200, 'POST', f'/v1/staff/documents/{self.electronic}/information-request', clerk,
            {'comments': [{'field': '/address', 'text': 'Pasta indekss?'}]}, version=version).json
        bank.expect(200, 'GET', tax, anna)
        bank.expect(200, 'POST', tax + '/submission', anna, version=asked['version'])
        bank.expect(200, 'PUT', pdf, anna, {'files': [self.file]}, version=self.version(pdf))
        bank.expect(200, 'POST', pdf + '/submission', anna, version=self.version(pdf))
        for document in (self.electronic, self.pdf):
            path = f'/v1/documents/{document}'
            bank.expect(200, 'POST', f'/v1/staff/documents/{document}/acceptance', clerk, {},
                        version=self.version(path))
            bank.expect(200, 'GET', f'/v1/documents/{document}/history?limit=1', anna)
        package = bank.upload(clerk, 'pakete.pdf', PDF)
        bank.expect(200, 'POST', f'/v1/staff/documents/{self.pdf}/package', clerk,
                    {'files': [package]}, version=self.version(pdf))
        # The demo bank doesn't offer signing.
        bank.expect(409, 'POST', pdf + '/approval', anna, version=self.version(pdf))
        case = f'/v1/staff/cases/{self.application}'
        for demand in ('in-person', 'passed'):
            person = bank.expect(200, 'GET', case, clerk).json['application']['identifications']
            bank.expect(200, 'POST', case + '/identification-demands', clerk,
                        {'person': person[-1]['id'], 'demand': demand, 'note': 'x'})
        bank.expect(200, 'POST', case + '/decisions', clerk,
                    {'service': 'N1', 'outcome': 'negative'})
        bank.expect(200, 'GET', case, clerk)
        bank.expect(200, 'GET', f'/v1/applications/{self.application}', anna)
        bank.expect(200, 'GET', '/v1/staff/queue?waiting=any&limit=1', clerk)

    def version(self, path):
        return self.bank.expect(200, 'GET', path, self.anna).json['version']

    def finish_account(self):
        bank, anna = self.bank, self.anna
        code = bank.code_for('anna.new@example.com')
        bank.expect(200, 'POST',
                    f'/v1/profile/address-changes/{self.address_change}/confirmation', anna,
                    {'code': code})
        changed = bank.expect(200, 'PUT', '/v1/password', anna,
                              {'current': 'Zaļa-mīkla-7', 'new': 'Zaļa-mīkla-8'}).json
        other = bank.expect(201, 'POST', '/v1/sessions', None,
                            {'login': 'anna.new@example.com', 'password': 'Zaļa-mīkla-8'}).json
        bank.expect(204, 'DELETE', f"/v1/sessions/{other['session']}", changed['token'])
        bank.expect(204, 'DELETE', '/v1/sessions/current', changed['token'])
        code = bank.code_for(self.boriss_details['email'], self.before_recovery)
        bank.expect(204, 'POST', f'/v1/recoveries/{self.recovery}/confirmation', None,
                    {'code': code})
