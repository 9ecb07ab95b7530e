"""The line between the application and the bank, for a test to cut, to slow down and to spoil."""
import contextlib
import selectors
import socket
import threading

PIECE = 64 * 1024


def answer(status, media_type, body):
    """A whole HTTP answer, after which the connection closes."""
    return (f'HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n'
            'Connection: close\r\n\r\n').encode() + body


PORTAL = answer('200 OK', 'text/html', b'<!DOCTYPE html><title>Hotel</title><p>Sign in to the Wi-Fi')
CUT_JSON = answer('200 OK', 'application/json', b'{"name": "Ban')
BROKEN = answer('500 Internal Server Error', 'text/html', b'<!DOCTYPE html><h1>Oops</h1>')


class Line:
    """A port of this computer that stays the same whatever becomes of the bank behind it.

    It forwards to `target`; `spoil()` has something else answer, `hang()` nothing at all, and
    `cut()` closes the port until `mend()`. `rate` are bytes a second towards the bank.
    """

    def __init__(self, target):
        self.rate = None
        self._spoilt = None
        self._hangs = False
        self._open = set()
        self._lock = threading.Lock()
        self._waiting = threading.Event()
        self.set_target(target)
        self._listener = None
        self.port = 0
        self.mend()

    @property
    def address(self):
        return f'http://127.0.0.1:{self.port}'

    def set_target(self, address):
        host, port = address.removeprefix('http://').split(':')
        self.target = host, int(port)

    def mend(self):
        """Everything is forwarded again."""
        self._spoilt, self._hangs = None, False
        self._drop()
        if self._listener is None:
            self._listener = socket.create_server(('127.0.0.1', self.port))
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * PIECE)
            self.port = self._listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self):
        """Nobody is there: connections break, new ones are refused."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._drop()

    def spoil(self, reply):
        """Whatever is asked, `reply` is the answer."""
        self._spoilt = reply
        self._drop()

    def hang(self):
        """Connections are taken and nothing is ever answered."""
        self._hangs = True
        self._drop()

    def _drop(self):
        with self._lock:
            connections, self._open = self._open, set()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            with contextlib.suppress(OSError):
                if self._hangs:
                    while connection.recv(PIECE):
                        pass
                elif self._spoilt is not None:
                    connection.recv(PIECE)
                    connection.sendall(self._spoilt)
                else:
                    self._forward(connection)
            with self._lock:
                self._open.discard(connection)

    def _forward(self, connection):
        with socket.create_connection(self.target) as bank, selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ, bank)
            selector.register(bank, selectors.EVENT_READ, connection)
            while True:
                for key, _ in selector.select():
                    piece = key.fileobj.recv(PIECE)
                    if not piece:
                        return
                    key.data.sendall(piece)
                    if self.rate is not None and key.data is bank:
                        self._waiting.wait(len(piece) / self.rate)
