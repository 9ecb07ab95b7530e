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


def draft(client):
    return client.call('POST', '/v1/applications',
                       {'form': 'application-natural', 'answers': ANSWERS})


def apply(client):
    application = draft(client)
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


TAX = {
    'full_name': 'Anna Bērziņa', 'birth_date': '1975-11-16', 'address': 'Brīvības iela 1, Rīga',
    'us_person': False, 'truthful': True,
    'residences': [
        {'country': 'LV', 'has_tin': True, 'tin': '161175-19997'},
        {'country': 'EE', 'has_tin': False, 'no_tin_reason': 'not-issued'},
    ],
}


def wait_for_state(client, kind, state):
    return until(lambda: (d := document(client, kind))['state'] == state and d, f'{kind} {state}')


def answer_correction(client):
    """The clerk asks once for a correction of the first questionnaire."""
    item = wait_for_state(client, 'pdf-questionnaire', 'information-needed')
    assert item['comments'][0]['field'], item
    path = '/v1/documents/' + item['id']
    blank = client.call('GET', path + '/template?language=lv')
    item = client.call('PUT', path, {'files': [client.upload('laboti.pdf', blank)]}, item['version'])
    assert item['state'] == 'draft', item
    item = client.call('POST', path + '/submission', etag=item['version'])
    assert [v['revision'] for v in item['versions']] == [2, 1], item
    return wait_for_state(client, 'pdf-questionnaire', 'ready-for-signing')


def talk(client):
    file = client.upload('rēķins.txt', 'Sveiki'.encode())
    client.call('POST', '/v1/messages', {'text': 'Cik ilgi tas prasīs?', 'attachments': [file]})
    messages = until(lambda: (m := client.call('GET', '/v1/messages')['items'])[0]['from'] == 'bank'
                     and m, 'the answer')
    assert messages[1]['attachments'][0]['name'] == 'rēķins.txt', messages


def ask_first(client):
    client.call('POST', '/v1/messages', {'text': 'Vai varu pieteikties attālināti?'})
    until(lambda: client.call('GET', '/v1/messages')['items'][0]['from'] == 'bank', 'the answer')


def decided(client, path):
    application = until(lambda: (a := client.call('GET', path))['state'] == 'decided' and a,
                        'the decision')
    assert [(d['service'], d['outcome']) for d in application['decisions']] == [('N1', 'positive')]


def main() -> int:
    server, sandbox = programs()
    with tempfile.TemporaryDirectory() as folder:
        bank = DemoBank(folder, server, sandbox, ['--review-delay', '100', '--clerk-pause', '100'])
        client = Client(bank.address)
        try:
            print('1..8')
            register(bank, client)
            print('ok 1 - both codes make the account')
            ask_first(client)
            print('ok 2 - a question is answered before there is an application')
            path, application = apply(client)
            assert application['state'] == 'submitted', application
            print('ok 3 - the application is submitted')
            application = identify(client, path, application)
            assert application['documentsOpen'], application
            print('ok 4 - identification opens the documents')
            assert send_paper(client)['state'] == 'processing'
            answer_correction(client)
            print('ok 5 - a correction is asked for and made')
            assert send_answers(client)['state'] == 'processing'
            wait_for_state(client, 'electronic-questionnaire', 'ready-for-signing')
            print('ok 6 - an electronic questionnaire is accepted')
            talk(client)
            print('ok 7 - a message is answered')
            decided(client, path)
            print('ok 8 - the decision arrives')
        finally:
            bank.end()
    return 0


if __name__ == '__main__':
    sys.exit(main())
