/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-store.h"

/* Runs @n threads of @func, each of which asks for a write first, and keeps the writer busy until
 * all of them have asked: those writes are what it finds waiting at once. Returns when the threads
 * have ended. */
void run_while_held (KabStore *store, guint n, GThreadFunc func, gpointer data);
