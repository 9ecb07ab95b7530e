"""A small window at the top left of the screen that holds files to drag, as a file manager would.

`dragging.py FILE…`
"""
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402

TITLE = 'Files to drag'


def activated(application):
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    value = GObject.Value(Gdk.FileList)
    value.set_boxed(files)
    source = Gtk.DragSource(content=Gdk.ContentProvider.new_for_value(value),
                            actions=Gdk.DragAction.COPY)
    label = Gtk.Label(label=TITLE)
    label.add_controller(source)
    Gtk.ApplicationWindow(application=application, title=TITLE, child=label, decorated=False,
                          default_width=160, default_height=80).present()


application = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
application.connect('activate', activated)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, 15, application.quit)
sys.exit(application.run([]))
