"""Drives the application as an assistive technology does: by role and name, over AT-SPI only."""
import os
import pathlib
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60  # seconds: against hanging, on slow machines too
BUTTONS = (Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.LINK, Atspi.Role.MENU_ITEM,
           Atspi.Role.LIST_ITEM, Atspi.Role.CHECK_BOX, Atspi.Role.RADIO_BUTTON, Atspi.Role.SWITCH,
           Atspi.Role.PAGE_TAB, Atspi.Role.RADIO_MENU_ITEM, Atspi.Role.CHECK_MENU_ITEM)
FIELDS = (Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT, Atspi.Role.SPIN_BUTTON,
          Atspi.Role.TERMINAL)
ACTIONS = ('click', 'toggle', 'activate', 'press')
FOCUSABLE_WITHOUT_NAME = (Atspi.Role.APPLICATION, Atspi.Role.SCROLL_PANE, Atspi.Role.SCROLL_BAR)


class NotFound(AssertionError):
    pass


def _safely(call, default=None):
    """AT-SPI objects may vanish between two calls; that is an answer, not a failure."""
    try:
        return call()
    except GLib.Error:
        return default


def children(node):
    count = _safely(node.get_child_count, 0) or 0
    for index in range(count):
        child = _safely(lambda: node.get_child_at_index(index))
        if child is not None:
            yield child


def walk(node, depth=0):
    """Everything that shows, in reading order."""
    yield node
    if depth > 60:
        return
    for child in children(node):
        states = _safely(child.get_state_set)
        if states is None or not states.contains(Atspi.StateType.VISIBLE):
            continue
        yield from walk(child, depth + 1)


def name_of(node) -> str:
    return (_safely(node.get_name, '') or '').strip()


def shows(node) -> bool:
    states = _safely(node.get_state_set)
    return bool(states and states.contains(Atspi.StateType.SHOWING))


def has_state(node, state) -> bool:
    states = _safely(node.get_state_set)
    return bool(states and states.contains(state))


def matches(text: str, wanted) -> bool:
    return bool(wanted.search(text)) if isinstance(wanted, re.Pattern) else text == wanted


class Application:
    def __init__(self, arguments, name='kabinets', environment=None, log=None):
        self.name = name
        self.log = open(log, 'ab') if log else subprocess.DEVNULL
        self.process = subprocess.Popen(arguments, env={**os.environ, **(environment or {})},
                                        stdout=self.log, stderr=self.log)

    # Finding

    def root(self):
        desktop = Atspi.get_desktop(0)
        for child in children(desktop):
            if _safely(child.get_process_id) == self.process.pid:
                return child
        return None

    def windows(self):
        root = self.root()
        return [] if root is None else [w for w in children(root) if shows(w)]

    def everything(self):
        for window in self.windows():
            yield from walk(window)

    def try_find(self, roles, name, within=None):
        nodes = walk(within) if within is not None else self.everything()
        for node in nodes:
            if (_safely(node.get_role) in roles and matches(name_of(node), name) and shows(node)):
                return node
        return None

    def wait_for(self, condition, what, patience=None):
        """Polls `condition` until it is true; the only waiting there is."""
        end = time.monotonic() + (patience or PATIENCE)
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f'the application ended ({self.process.returncode}) while '
                                     f'waiting for {what}')
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        raise NotFound(f'{what} did not appear; on screen:\n{self.describe()}')

    def find(self, roles, name, within=None, patience=None):
        roles = roles if isinstance(roles, (tuple, list)) else (roles,)
        return self.wait_for(lambda: self.try_find(roles, name, within),
                             f'{[r.value_nick for r in roles][:2]} “{name}”', patience)

    def see(self, text, patience=None):
        """Any object whose name or text is, or matches, `text`."""
        def seen():
            for node in self.everything():
                if shows(node) and (matches(name_of(node), text) or matches(text_of(node), text)):
                    return node
            return None
        return self.wait_for(seen, f'text “{text}”', patience)

    def sees(self, text) -> bool:
        return any(shows(node) and (matches(name_of(node), text) or matches(text_of(node), text))
                   for node in self.everything())

    # Acting

    def press(self, name, within=None, roles=BUTTONS, patience=None):
        node = self.wait_for(lambda: self._sensitive(roles, name, within), f'button “{name}”', patience)
        self.activate(node)
        return node

    def _sensitive(self, roles, name, within):
        node = self.try_find(roles, name, within)
        return node if node is not None and has_state(node, Atspi.StateType.SENSITIVE) else None

    def type(self, name, text, within=None):
        """Replaces what the field holds."""
        field = self.find(FIELDS, name, within)
        self.fill(field, text)
        return field

    def fill(self, field, text):
        editable = editable_of(field)
        if editable is None:
            raise AssertionError(f'“{name_of(field)}” can’t be edited')
        Atspi.EditableText.set_text_contents(editable, text)

    def focused(self, roles, within=None):
        """What has the focus, if it is one of these."""
        for node in walk(within) if within is not None else self.everything():
            if has_state(node, Atspi.StateType.FOCUSED) and _safely(node.get_role) in roles:
                return node
        return None

    def activate(self, node):
        """Its own action or that of the control it holds; rows and check boxes have none in
        GTK 4.18 and get the focus by Tab and then the key, as everybody without a mouse does."""
        for candidate in walk(node):
            action = _safely(candidate.get_action_iface)
            if action is None or _safely(candidate.get_role) in FIELDS:
                continue
            for index in range(_safely(lambda: Atspi.Action.get_n_actions(action), 0) or 0):
                if Atspi.Action.get_action_name(action, index) in ACTIONS:
                    Atspi.Action.do_action(action, index)
                    return
        self.focus(node)
        is_row = _safely(node.get_role) in (Atspi.Role.LIST_ITEM, Atspi.Role.LINK)
        self.key('Return' if is_row else 'space')

    def to_front(self, node):
        """Gives the keyboard to the window that holds `node`, as a click on it would."""
        while node is not None and _safely(node.get_role) != Atspi.Role.FRAME:
            node = _safely(node.get_parent)
        if node is None or not has_state(node, Atspi.StateType.ACTIVE):
            subprocess.run(['xdotool', 'windowactivate', '--sync', self._window(node)], check=True)

    def _window(self, frame) -> str:
        """The X window that a frame, or else the first of the application, is."""
        title = re.escape(name_of(frame)) if frame is not None else '.'
        found = subprocess.run(['xdotool', 'search', '--all', '--onlyvisible', '--pid',
                                str(self.process.pid), '--name', f'^{title}$' if frame else '.'],
                               stdout=subprocess.PIPE, text=True).stdout.split()
        if not found:
            raise AssertionError(f'no window is called “{title}”')
        return max(found, key=self._area)

    @staticmethod
    def _geometry(window) -> dict[str, int]:
        geometry = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                                  stdout=subprocess.PIPE, text=True).stdout
        return {name: int(value) for name, value in (line.split('=') for line in geometry.split())}

    def _area(self, window) -> int:
        """A tooltip is a window of the same name, but a small one."""
        geometry = self._geometry(window)
        return geometry.get('WIDTH', 0) * geometry.get('HEIGHT', 0)

    def geometry(self, frame) -> dict[str, int]:
        """X, Y, WIDTH and HEIGHT of a frame on the screen."""
        return self._geometry(self._window(frame))

    def focus(self, node):
        """Tab until it has the focus, and along the list that it is in by the arrow keys; that it
        can be reached is part of what is tested."""
        self.to_front(node)
        for _ in range(150):
            if has_focus(node):
                return
            self.key(key_towards(node))
            time.sleep(0.02)
        raise AssertionError(f'Tab never reaches “{name_of(node)}”')

    def key(self, keys):
        """Real key presses, such as 'Tab' or 'ctrl+Return', to the focused window."""
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys.split()], check=True)

    # Looking

    def picture(self, path, title=None):
        """What the window called `title`, or else the first, shows now."""
        self.settle()
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        frames = [w for w in self.windows() if title is None or name_of(w) == title]
        self.to_front(frames[0])
        subprocess.run(['import', '-window', self._window(frames[0]), str(path)], check=True,
                       stderr=subprocess.DEVNULL)

    def settle(self):
        """Until the tree looks the same twice, clocks apart; animations are off."""
        before = None
        for _ in range(20):
            now = re.sub(r'\d+', '#', self.describe())
            if now == before:
                return
            before = now
            time.sleep(0.1)

    def describe(self) -> str:
        lines = []
        for node in self.everything():
            name, text = name_of(node), text_of(node)
            if shows(node) and (name or text):
                role = _safely(node.get_role_name, '?')
                lines.append(f'  {role}: {name!r}' + (f' = {text!r}' if text and text != name else ''))
        return '\n'.join(lines[:150])

    def nameless(self):
        """Focusable objects that a screen reader could only call by their role."""
        for node in self.everything():
            role = _safely(node.get_role)
            if (has_state(node, Atspi.StateType.FOCUSABLE) and shows(node) and not name_of(node)
                    and role not in FOCUSABLE_WITHOUT_NAME and not inside_named_field(node)
                    and not passes_focus_on(node) and not inside_drop_down(node)):
                yield f'{_safely(node.get_role_name)} in {path_of(node)}'

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


def has_focus(node) -> bool:
    return any(has_state(inner, Atspi.StateType.FOCUSED) for inner in walk(node))


def key_towards(node) -> str:
    """An arrow key when another row of its list has the focus, Tab from anywhere else."""
    parent = _safely(node.get_parent)
    rows = list(children(parent)) if _safely(node.get_role) == Atspi.Role.LIST_ITEM and parent else []
    for number, row in enumerate(rows):
        if has_state(row, Atspi.StateType.FOCUSED):
            return 'Down' if number < rows.index(node) else 'Up'
    return 'Tab'


def text_of(node) -> str:
    text = _safely(node.get_text_iface)
    if text is None:
        return ''
    count = _safely(lambda: Atspi.Text.get_character_count(text), 0) or 0
    return _safely(lambda: Atspi.Text.get_text(text, 0, min(count, 2000)), '') or ''


def editable_of(node):
    """The object itself or the text inside a row that stands for it."""
    for candidate in walk(node):
        if _safely(candidate.get_editable_text_iface) is not None and \
                has_state(candidate, Atspi.StateType.EDITABLE):
            return candidate
    return None


def inside_named_field(node) -> bool:
    parent = _safely(node.get_parent)
    return parent is not None and bool(name_of(parent)) and _safely(parent.get_role) in FIELDS


def passes_focus_on(node) -> bool:
    """A list box or a view hands the focus to what it holds and never has it itself."""
    return _safely(node.get_role) in (Atspi.Role.LIST, Atspi.Role.PANEL, Atspi.Role.GROUPING) and any(
        has_state(inner, Atspi.StateType.FOCUSABLE) for inner in walk(node) if inner != node)


def inside_drop_down(node) -> bool:
    """What a closed drop-down keeps to show its options; the drop-down itself has to be named."""
    for _ in range(6):
        node = _safely(node.get_parent)
        if node is not None and _safely(node.get_role) == Atspi.Role.COMBO_BOX:
            return bool(name_of(node))
    return False


def path_of(node) -> str:
    names = []
    while node is not None and len(names) < 6:
        names.append(f'{_safely(node.get_role_name)} “{name_of(node)}”')
        node = _safely(node.get_parent)
    return ' < '.join(names)
