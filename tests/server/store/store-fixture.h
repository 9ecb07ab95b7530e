/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-store.h"

/* A fresh store of one engine, with a clock that stands still until it is moved. */
typedef struct
{
  KabStore *store;
  char *folder;
  char *url;
  gint64 now;
} StoreFixture;

typedef void (*StoreTest) (StoreFixture *fixture);

/* Adds a test for both engines, which is the rule, or for one alone. */
void store_test_add (const char *path, StoreTest test);
void store_test_add_sqlite (const char *path, StoreTest test);
void store_test_add_postgres (const char *path, StoreTest test);

KabStore *store_fixture_open (StoreFixture *fixture, const KabStoreOptions *options);
void store_fixture_reopen (StoreFixture *fixture);
void store_fixture_write (StoreFixture *fixture, KabStoreFunc func, gpointer data);
void store_fixture_read (StoreFixture *fixture, KabStoreFunc func, gpointer data);

/* Runs SQL past the store, as an administrator or an attacker would. */
void store_fixture_run_sql (StoreFixture *fixture, const char *sql);
gboolean store_fixture_is_sqlite (StoreFixture *fixture);

gint64 store_test_resident_bytes (void);

void add_transaction_tests (void);
void add_concurrency_tests (void);
void add_migration_tests (void);
void add_history_tests (void);
void add_outbox_tests (void);
void add_request_tests (void);
void add_file_tests (void);
