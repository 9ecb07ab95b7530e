/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_transaction_tests ();
  add_concurrency_tests ();
  add_migration_tests ();
  add_history_tests ();
  add_outbox_tests ();
  add_request_tests ();
  add_file_tests ();
  return g_test_run ();
}
