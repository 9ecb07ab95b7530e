"""A natural person becomes a client, over the wire: real server, real sandbox, the demo's clerk."""
import re
import sys
import tempfile
import urllib.request

from demo_bank import Client, DemoBank, programs, until

ANSWERS = {
    'services': ['N1'], 'full_name': 'Anna Bērziņa', 'latvian_resident': True,
    'person_code': '161175-19997', 'birth_date': '1975-11-16', 'communication_language': 'lv',
}


def code_for(bank, kind, purpose=r'\b(\d{6})\b'):
    for message in reversed(bank.phone()):
        found = re.search(purpose, message['text'])
        if message['kind'] == kind and found:
            return found.group(1)
    return None


def register(bank, client, email='anna@example.org', phone='+37120000001', password='Zaļais-mežs-7'):
    about = client.call('GET', '/v1/bank')
    consents = [{'document': d['id'], 'version': d['version']} for d in about['legalDocuments']]
    registration = client.call('POST', '/v1/registrations', {
        'clientType': 'natural', 'citizenships': ['LV'], 'consents': consents, 'email': email,
        'phone': phone, 'password': password, 'language': 'lv'})
    client.token = registration['token']
    mail = until(lambda: code_for(bank, 'mail'), 'the code by mail')
    sms = until(lambda: code_for(bank, 'sms'), 'the code by SMS')
    session = client.call('POST', '/v1/registrations/current/confirmation',
                          {'emailCode': mail, 'phoneCode': sms})
    client.token = session['token']


def apply(client):
    application = client.call('POST', '/v1/applications',
                              {'form': 'application-natural', 'answers': ANSWERS})
    path = '/v1/applications/' + application['id']
    return path, client.call('POST', path + '/submission', etag=application['version'])


def identify(client, path, application):
    link = client.call('POST', f"/v1/identifications/{application['identifications'][0]['id']}/link")
    page = urllib.request.urlopen(link['url']).read().decode()
    action = re.search(r'<form[^>]*action="([^"]+)"', page)
    name, value = re.search(r'<button[^>]*name="([^"]+)"[^>]*value="(pass[^"]*|green)"', page).groups()
    target = urllib.request.urljoin(link['url'], action.group(1)) if action else link['url']
    urllib.request.urlopen(target, data=f'{name}={value}'.encode())
    return until(lambda: (a := client.call('GET', path))['identifications'][0]['state'] == 'passed' and a,
                 'the identification passed')


def document(client, kind):
    for item in client.call('GET', '/v1/documents')['items']:
        if item['kind'] == kind:
            return client.call('GET', '/v1/documents/' + item['id'])
    return None


def send_paper(client):
    item = document(client, 'pdf-questionnaire')
    path = '/v1/documents/' + item['id']
    blank = client.call('GET', path + '/template?language=lv')
    item = client.call('PUT', path, {'files': [client.upload('anketa.pdf', blank)]}, item['version'])
    return client.call('POST', path + '/submission', etag=item['version'])


def send_answers(client):
    item = document(client, 'electronic-questionnaire')
    path = '/v1/documents/' + item['id']
    item = client.call('PUT', path, {'answers': TAX}, item['version'])
    return client.call('POST', path + '/submission', etag=item['version'])


TAX = {}


def main() -> int:
    server, sandbox = programs()
    with tempfile.TemporaryDirectory() as folder:
        bank = DemoBank(folder, server, sandbox, ['--review-delay', '100', '--clerk-pause', '100'])
        try:
            client = Client(bank.address)
            register(bank, client)
            print('ok - registered')
            path, application = apply(client)
            print('ok - applied', application['state'])
            application = identify(client, path, application)
            print('ok - identified')
            print(application['stages'], application['documentsOpen'])
            print([d['title']['en'] for d in client.call('GET', '/v1/documents')['items']])
            print(send_paper(client)['state'])
        finally:
            bank.end()
    return 0


if __name__ == '__main__':
    sys.exit(main())
