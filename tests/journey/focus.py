"""Where the keyboard focus is and where Tab takes it, as an assistive technology is told."""
import functools
import time

from driver import (Atspi, GLib, _safely, children, has_state, name_of, passes_focus_on, path_of,
                    shows, walk)

# What arrow keys move between, or what a page is left out of Tab for.
BY_ARROWS = (Atspi.Role.RADIO_BUTTON, Atspi.Role.LIST_ITEM, Atspi.Role.MENU_ITEM, Atspi.Role.LIST,
             Atspi.Role.SCROLL_PANE, Atspi.Role.PAGE_TAB, Atspi.Role.LABEL, Atspi.Role.PANEL,
             Atspi.Role.GROUPING, Atspi.Role.FRAME, Atspi.Role.TABLE, Atspi.Role.CALENDAR)
# The window manager's part; they have keys of their own.
WINDOW_BUTTONS = ('Minimize', 'Maximize', 'Restore', 'Close',
                  'Minimizēt', 'Maksimizēt', 'Atjaunot', 'Aizvērt')
MOST_STOPS = 120
# Seconds after which Tab is taken to have moved nothing: long, since a busy machine is late.
LATEST_FOCUS = 10


class FocusWatch:
    """Follows the focus by its events, which cost less than a look at every object."""

    def __init__(self):
        self.newest = None
        self.count = 0
        self.listener = Atspi.EventListener.new(self._heard)
        self.listener.register('object:state-changed:focused')

    def _heard(self, event, *_):
        if event.detail1:
            self.newest = event.source
            self.count += 1

    def wait(self, count, patience):
        """Until there was an event after the first `count` of them, and no other follows."""
        context = GLib.MainContext.default()
        end = time.monotonic() + patience
        while time.monotonic() < end:
            while context.iteration(False):
                pass
            if self.count > count:
                count, end = self.count, time.monotonic() + 0.06
            time.sleep(0.005)


def focused(window):
    """The object that has the focus; none is a fault of the page."""
    for node in walk(window):
        if has_state(node, Atspi.StateType.FOCUSED) and shows(node):
            return node
    return None


def reading_order(node, depth=0):
    """As walk(), but siblings as they stand: down, and within a line from left to right."""
    yield node
    inner = [(child, extents(child)) for child in children(node)
             if depth < 60 and has_state(child, Atspi.StateType.VISIBLE)]
    for child, _ in sorted(inner, key=functools.cmp_to_key(compare_places)):
        yield from reading_order(child, depth + 1)


def extents(node):
    component = _safely(node.get_component_iface)
    return component and _safely(lambda: Atspi.Component.get_extents(component,
                                                                     Atspi.CoordType.WINDOW))


def compare_places(one, other) -> int:
    a, b = one[1], other[1]
    if a is None or b is None or not (a.width and b.width):
        return 0
    if a.y + a.height <= b.y or b.y + b.height <= a.y:
        return a.y - b.y
    return a.x - b.x


def where_keys_go(window, node):
    """The dialog of `window` that `node` is in, else the whole window."""
    while node is not None and node != window:
        if _safely(node.get_role) in (Atspi.Role.DIALOG, Atspi.Role.ALERT):
            return node
        node = _safely(node.get_parent)
    return window


def tab_round(app, watch, window):
    """Every stop of Tab, from where the focus is until it is there again."""
    first = app.wait_for(lambda: focused(window), 'an object with the focus')
    stops, documents = [first], [document_of(first)]
    while len(stops) < MOST_STOPS:
        before = watch.count
        app.key('Tab')
        watch.wait(before, LATEST_FOCUS)
        now = watch.newest if watch.count > before else focused(window)
        if now is None or not has_state(now, Atspi.StateType.FOCUSED):
            now = app.wait_for(lambda: focused(window),
                               f'an object with the focus after {path_of(stops[-1])}')
        if now == first:
            return stops
        if now == stops[-1]:
            raise AssertionError(f'Tab stays at {path_of(now)}')
        if now in stops and document_of(now) is not None and \
                all(inner == document_of(now) for inner in documents[:stops.index(now)]):
            return stops  # Tab comes back to a document at the page that is shown by then
        if now in stops:
            raise AssertionError(f'Tab goes round from {path_of(stops[-1])} to {path_of(now)} and '
                                 f'never again to {path_of(first)}')
        stops.append(now)
        documents.append(document_of(now))
    raise AssertionError(f'Tab doesn’t come back to {path_of(first)}')


def document_of(node):
    """The document that holds `node`; asked at once, since pages that scroll away are let go of."""
    while node is not None and _safely(node.get_role) != Atspi.Role.DOCUMENT_TEXT:
        node = _safely(node.get_parent)
    return node


def order_faults(stops, order):
    """Where Tab goes backwards other than once, from the end to the beginning."""
    places = [order.index(stop) for stop in stops if stop in order]
    backwards = [index for index in range(len(places)) if places[index] < places[index - 1]]
    if len(backwards) <= 1:
        return []
    return [f'Tab goes back from “{name_of(order[places[index - 1]])}” to '
            f'“{name_of(order[places[index]])}”' for index in backwards]


def never_reached(stops, order):
    """What can take the focus and is no stop of Tab, nor holds one, nor belongs to one."""
    for node in order:
        if (has_state(node, Atspi.StateType.FOCUSABLE)
                and has_state(node, Atspi.StateType.SENSITIVE)
                and shows(node) and _safely(node.get_role) not in BY_ARROWS
                and name_of(node) not in WINDOW_BUTTONS and not passes_focus_on(node)
                and not any(related(node, stop) for stop in stops)):
            yield path_of(node)


def related(node, stop) -> bool:
    return node == stop or is_inside(node, stop) or is_inside(stop, node)


def is_inside(node, outer) -> bool:
    while node is not None:
        node = _safely(node.get_parent)
        if node == outer:
            return True
    return False
