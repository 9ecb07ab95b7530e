"""The part of the desktop that shows notifications, for a test to look at and to choose from."""
import threading

from gi.repository import Gio, GLib


class Notifications:
    """The desktop's notifications: what is shown, and how somebody chooses it."""

    NAME, PATH = 'org.freedesktop.Notifications', '/org/freedesktop/Notifications'
    INTERFACE = Gio.DBusNodeInfo.new_for_xml('''<node><interface name="org.freedesktop.Notifications">
        <method name="GetCapabilities"><arg type="as" direction="out"/></method>
        <method name="GetServerInformation"><arg type="s" direction="out"/>
          <arg type="s" direction="out"/><arg type="s" direction="out"/>
          <arg type="s" direction="out"/></method>
        <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
          <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
          <arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
          <arg type="i" direction="in"/><arg type="u" direction="out"/></method>
        <method name="CloseNotification"><arg type="u" direction="in"/></method>
      </interface></node>''').interfaces[0]

    def __init__(self):
        self.shown, self.withdrawn = None, 0

    def __enter__(self):
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        ready.wait()
        return self

    def __exit__(self, *_):
        self.loop.quit()

    def _serve(self, ready):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.bus.register_object(self.PATH, self.INTERFACE, self._called)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                           'RequestName', GLib.Variant('(su)', (self.NAME, 0)), None, 0, -1)
        ready.set()
        self.loop.run()

    def _called(self, _bus, caller, _path, _interface, method, parameters, invocation):
        if method == 'Notify':
            self.caller, self.actions = caller, parameters[5]
            self.shown = [parameters[3], parameters[4]]
        elif method == 'CloseNotification':
            self.withdrawn = parameters[0]
        answers = {'Notify': ('(u)', (7,)), 'GetCapabilities': ('(as)', (['actions', 'body'],)),
                   'GetServerInformation': ('(ssss)', ('test', 'test', '1', '1.2'))}
        invocation.return_value(GLib.Variant(*answers[method]) if method in answers else None)

    def choose(self):
        assert 'default' in self.actions, self.actions
        self.bus.emit_signal(self.caller, self.PATH, self.NAME, 'ActionInvoked',
                             GLib.Variant('(us)', (7, 'default')))
