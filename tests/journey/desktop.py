"""A private desktop for tests: Xvfb, a window manager, a session bus and AT-SPI.

`python3 desktop.py COMMAND…` runs COMMAND on it and ends with its status. Everything
that was started dies with this process. Homes and settings are fresh folders.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

SETTINGS_INI = """[Settings]
gtk-font-name=Inter 11
gtk-enable-animations=false
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-cursor-blink=false
"""


def fresh_environment(folder: pathlib.Path) -> dict[str, str]:
    """Variables of a user who has just been made: nothing of the caller's settings."""
    config = folder / 'config'
    (config / 'gtk-4.0').mkdir(parents=True)
    (config / 'gtk-4.0' / 'settings.ini').write_text(SETTINGS_INI)
    environment = {name: value for name, value in os.environ.items()
                   if name in ('PATH', 'PYTHONDONTWRITEBYTECODE', 'XDG_DATA_DIRS',
                               'KABINETS_LIBEXECDIR', 'LSAN_OPTIONS', 'ASAN_OPTIONS',
                               'UBSAN_OPTIONS')}
    environment.update({
        'HOME': str(folder), 'XDG_CONFIG_HOME': str(config),
        'XDG_DATA_HOME': str(folder / 'data'), 'XDG_CACHE_HOME': str(folder / 'cache'),
        'XDG_RUNTIME_DIR': str(folder / 'run'), 'XDG_STATE_HOME': str(folder / 'state'),
        'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8', 'NO_AT_BRIDGE': '0', 'GTK_A11Y': 'atspi',
        'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'GSETTINGS_BACKEND': 'keyfile',
        'GIO_USE_VFS': 'local', 'GTK_USE_PORTAL': '0', 'GDK_DEBUG': 'no-portals',
        'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(folder / 'keyring'),
        'SECRET_FILE_TEST_PASSWORD': 'journey', 'G_DEBUG': 'fatal-criticals',
    })
    if 'ASAN_OPTIONS' in environment:
        # The whole stack of every allocation costs a window ten times its time, and serves only
        # the search for leaks, which a program that is ended by a signal doesn't make.
        environment['ASAN_OPTIONS'] += ':fast_unwind_on_malloc=1'
    (folder / 'run').mkdir(mode=0o700)
    return environment


def start_display(size: str) -> tuple[subprocess.Popen, str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ['Xvfb', '-displayfd', str(write), '-screen', '0', f'{size}x24', '-nolisten', 'tcp',
         '-dpi', '96', '-noreset'],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as stream:
        number = stream.readline().strip()
    if not number:
        raise RuntimeError('Xvfb gave no display')
    return server, f':{number}'


def main() -> int:
    folder = pathlib.Path(tempfile.mkdtemp(prefix='kabinets-desktop-'))
    children = []
    try:
        environment = fresh_environment(folder)
        server, display = start_display('1100x800')
        children.append(server)
        environment['DISPLAY'] = display
        children.append(subprocess.Popen(['openbox', '--sm-disable'], env=environment,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        # What the services of the session say is not what the command says.
        output = os.dup(sys.stdout.fileno())
        command = ['dbus-run-session', '--', 'sh', '-c', f'exec "$@" >&{output}', 'sh',
                   *sys.argv[1:]]
        session = subprocess.Popen(command, env=environment, start_new_session=True,
                                   stdout=sys.stderr, pass_fds=[output])
        try:
            return session.wait()
        finally:
            try:
                os.killpg(session.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
    finally:
        for child in reversed(children):
            child.terminate()
            child.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
