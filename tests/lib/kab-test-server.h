/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * KabTestServer:
 *
 * A bank that does what a test tells it: an HTTP server in a thread of its own on a free port of
 * loopback. For each route (`GET /v1/bank`, query left out) it gives the replies that were
 * queued, and the last of them again and again. A route nobody queued anything for is 404
 * `not-found`.
 */
typedef struct _KabTestServer KabTestServer;

/**
 * KabTestTrick:
 * @KAB_TEST_CUT: close the connection instead of answering
 * @KAB_TEST_SILENT: never answer
 * @KAB_TEST_RAW: send the body as it is in place of an HTTP answer, then close
 * @KAB_TEST_HALF: send the head and half of the body, then close
 */
typedef enum
{
  KAB_TEST_NO_TRICK,
  KAB_TEST_CUT,
  KAB_TEST_SILENT,
  KAB_TEST_RAW,
  KAB_TEST_HALF,
} KabTestTrick;

KabTestServer *kab_test_server_new (void);
void kab_test_server_free (KabTestServer *self);

/** Base URI. Returns: (transfer none) */
const char *kab_test_server_get_address (KabTestServer *self);

/** Queues an answer of JSON, or of a problem when @status is 400 or more. @body: (nullable) */
void kab_test_server_reply (KabTestServer *self, const char *route, guint status, const char *body);

/** Queues an answer with a content type and one header more (each nullable). */
void kab_test_server_reply_full (KabTestServer *self,
                                 const char *route,
                                 guint status,
                                 const char *type,
                                 const char *body,
                                 const char *header,
                                 const char *value);

/** From now on, and for all banks: names and texts in answers hold what markup would trip over. */
void kab_test_server_mark_texts (void);

/** Queues a trick. @body: (nullable): for RAW and HALF */
void kab_test_server_trick (KabTestServer *self,
                            const char *route,
                            KabTestTrick trick,
                            const char *body);

/** Requests are counted, but not answered until all are let go. */
void kab_test_server_hold (KabTestServer *self);
void kab_test_server_let_go (KabTestServer *self);

/** Forgets the replies of @route. */
void kab_test_server_forget (KabTestServer *self, const char *route);

/** Stops to listen, so that connections are refused, and begins again on the same port. */
void kab_test_server_go_down (KabTestServer *self);
void kab_test_server_come_back (KabTestServer *self);

/** How often @route was asked for. */
guint kab_test_server_count (KabTestServer *self, const char *route);

/** Of the latest request for @route. Returns: (transfer full) (nullable) */
char *kab_test_server_dup_header (KabTestServer *self, const char *route, const char *header);
char *kab_test_server_dup_query (KabTestServer *self, const char *route);
char *kab_test_server_dup_body (KabTestServer *self, const char *route);

/** Handles everything below @path by @callback, in the server's thread. */
void kab_test_server_handle (KabTestServer *self,
                             const char *path,
                             SoupServerCallback early,
                             SoupServerCallback callback,
                             gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KabTestServer, kab_test_server_free)

/* Waiting, bounded. */

/** Runs the main loop until *@result is set, and fails the test after two minutes. */
void kab_test_wait_for_result (GAsyncResult **result);

/** A GAsyncReadyCallback that keeps its result in the GAsyncResult ** that is its data. */
void kab_test_keep_result (GObject *source, GAsyncResult *result, gpointer data);

/** One turn of the main loop. Returns: FALSE when @deadline (monotonic) has passed */
gboolean kab_test_iterate (gint64 deadline);

/** Runs the main loop until @condition, and fails the test after @seconds. */
#define kab_test_wait_until_in(condition, seconds)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = g_get_monotonic_time () + (seconds) * G_USEC_PER_SEC;                       \
    while (!(condition))                                                                           \
      if (!kab_test_iterate (deadline_))                                                           \
        g_error ("Waited in vain for %s", #condition);                                             \
  }                                                                                                \
  G_STMT_END

#define kab_test_wait_until(condition) kab_test_wait_until_in (condition, 120)

/** Waits until nobody else holds @object, and lets it go. */
#define kab_test_let_go(object)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    kab_test_wait_until (G_OBJECT (object)->ref_count == 1);                                       \
    g_assert_finalize_object (object);                                                             \
  }                                                                                                \
  G_STMT_END

/** Runs the main loop for @milliseconds, to see that something doesn't happen. */
void kab_test_run_for (guint milliseconds);

/** A JSON object from text with ' for ". Returns: (transfer full) */
JsonObject *kab_test_json (const char *text);

G_END_DECLS
