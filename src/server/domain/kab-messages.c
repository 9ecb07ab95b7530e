/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kab-messages.h"

#include "kab-attachments.h"
#include "kab-check.h"
#include "kab-conversations.h"
#include "kab-events.h"
#include "kab-files.h"
#include "kab-history.h"
#include "kab-notices.h"
#include "kab-problem.h"
#include "kab-store.h"

static const char *const side_names[] = {
  [KAB_SIDE_CLIENT] = "client",
  [KAB_SIDE_BANK] = "bank",
};

static KabConversationSide
side_of (const KabCaller *caller)
{
  return caller->kind == KAB_CALLER_STAFF ? KAB_SIDE_BANK : KAB_SIDE_CLIENT;
}

static KabConversationSide
other_side (KabConversationSide side)
{
  return side == KAB_SIDE_BANK ? KAB_SIDE_CLIENT : KAB_SIDE_BANK;
}

/**
 * kab_stored_message_free:
 * @self: (transfer full): a message
 */
void
kab_stored_message_free (KabStoredMessage *self)
{
  g_free (self->id);
  g_free (self->author);
  g_free (self->text);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self);
}

static gboolean
check_text (const char *text, GError **error)
{
  g_autoptr (GError) problem = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isgraph (g_utf8_get_char (p)))
      return TRUE;
  kab_problem_set (&problem, KAB_PROBLEM_VALIDATION_FAILED, NULL);
  kab_problem_add_field (problem, "/text", kab_check_code (KAB_CHECK_TEXT_EMPTY), NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
store_message (KabTransaction *tx,
               const KabCaller *caller,
               const KabMessageNew *message,
               const char *id,
               gint64 *sequence,
               GError **error)
{
  if (!kab_tx_query_int (tx, sequence, error,
                         "INSERT INTO messages (id, user_id, sender, author_id, body, sent_at)"
                         " VALUES (?, ?, ?, ?, ?, ?) RETURNING sequence",
                         KAB_TEXT (id), KAB_TEXT (message->user),
                         KAB_TEXT (side_names[side_of (caller)]), KAB_TEXT (caller->id),
                         KAB_TEXT (message->text), KAB_INT (kab_tx_get_now (tx))))
    return FALSE;
  for (guint i = 0; message->attachments[i] != NULL; i++)
    if (!kab_tx_exec (tx, error,
                      "INSERT INTO message_files (message_id, position, file_id) VALUES (?, ?, ?)",
                      KAB_TEXT (id), KAB_INT (i), KAB_TEXT (message->attachments[i])))
      return FALSE;
  return TRUE;
}

/* Everything that follows from a message: history, live events, a notice to the client. */
static gboolean
announce (KabTransaction *tx,
          const KabCaller *caller,
          const char *user,
          const char *id,
          GError **error)
{
  const KabHistoryEntry entry = { .actor_kind = kab_caller_get_actor_kind (caller),
                                  .actor_id = caller->id,
                                  .subject_id = user,
                                  .action = "message-sent",
                                  .object_kind = "message",
                                  .object_id = id };

  return kab_history_append (tx, &entry, error) &&
         kab_events_append (tx, user, "message-created", "message", id, NULL, error) &&
         kab_conversations_tell (tx, user, error) &&
         (side_of (caller) == KAB_SIDE_CLIENT ||
          kab_notices_add (tx, KAB_NOTICE_MESSAGE_RECEIVED, user, error));
}

/**
 * kab_messages_send:
 *
 * Adds a message of the caller, a client or an employee, to a conversation (MSG-4 … MSG-8). The
 * other side is told.
 *
 * Returns: (transfer full): the message, or %NULL with a 422 at `/text` or `/attachments`
 */
KabStoredMessage *
kab_messages_send (KabTransaction *tx,
                   const KabCaller *caller,
                   const KabMessageNew *message,
                   GError **error)
{
  g_autofree char *id = kab_store_make_id ();
  g_autoptr (GPtrArray) sent = NULL;
  gint64 sequence;

  if (!check_text (message->text, error) ||
      !kab_attachments_check (tx, caller->id, message->attachments, NULL, "/attachments", error) ||
      !store_message (tx, caller, message, id, &sequence, error) ||
      !announce (tx, caller, message->user, id, error))
    return NULL;
  sent = kab_messages_list (tx, message->user, sequence + 1, 1, error);
  return sent != NULL ? g_ptr_array_steal_index (sent, 0) : NULL;
}

static KabStoredMessage *
read_message (KabRows *rows)
{
  KabStoredMessage *message = g_new0 (KabStoredMessage, 1);
  gboolean is_bank = g_str_equal (kab_rows_text (rows, "sender"), side_names[KAB_SIDE_BANK]);

  message->sequence = kab_rows_int (rows, "sequence");
  message->id = kab_rows_dup_text (rows, "id");
  message->from = is_bank ? KAB_SIDE_BANK : KAB_SIDE_CLIENT;
  message->author = is_bank ? kab_rows_dup_text (rows, "name") : NULL;
  message->text = kab_rows_dup_text (rows, "body");
  message->sent_at = kab_rows_int (rows, "sent_at");
  message->is_read = kab_rows_bool (rows, "is_read");
  message->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) kab_file_free);
  return message;
}

/* The files of all of them; both lists fall by sequence. */
static gboolean
read_attachments (KabTransaction *tx, const char *user, GPtrArray *messages, GError **error)
{
  const KabStoredMessage *newest = messages->pdata[0];
  const KabStoredMessage *oldest = messages->pdata[messages->len - 1];
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT m.sequence, a.file_id FROM messages m JOIN message_files a ON a.message_id = m.id"
      " WHERE m.user_id = ? AND m.sequence BETWEEN ? AND ?"
      " ORDER BY m.sequence DESC, a.position",
      KAB_TEXT (user), KAB_INT (oldest->sequence), KAB_INT (newest->sequence));
  KabStoredMessage **message = (KabStoredMessage **) messages->pdata;

  if (rows == NULL)
    return FALSE;
  while (kab_rows_next (rows))
    {
      while ((*message)->sequence != kab_rows_int (rows, "sequence"))
        message++;
      g_ptr_array_add (owners, *message);
      g_ptr_array_add (files, kab_rows_dup_text (rows, "file_id"));
    }
  g_clear_pointer (&rows, kab_rows_free);
  for (guint i = 0; i < files->len; i++)
    {
      KabFile *file = kab_file_get (tx, files->pdata[i], error);

      if (file == NULL)
        return FALSE;
      g_ptr_array_add (((KabStoredMessage *) owners->pdata[i])->attachments, file);
    }
  return TRUE;
}

/**
 * kab_messages_list:
 * @before: only messages with a lower sequence
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type KabStoredMessage): the newest first, or %NULL with an
 * error
 */
GPtrArray *
kab_messages_list (KabTransaction *tx, const char *user, gint64 before, guint limit, GError **error)
{
  g_autoptr (GPtrArray) messages =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kab_stored_message_free);
  g_autoptr (KabRows) rows = kab_tx_query (
      tx, error,
      "SELECT m.sequence, m.id, m.sender, u.name, m.body, m.sent_at,"
      " CASE WHEN EXISTS (SELECT 1 FROM read_marks r WHERE r.user_id = m.user_id"
      " AND r.side <> m.sender AND r.up_to >= m.sequence) THEN 1 ELSE 0 END AS is_read"
      " FROM messages m JOIN users u ON u.id = m.author_id"
      " WHERE m.user_id = ? AND m.sequence < ? ORDER BY m.sequence DESC LIMIT ?",
      KAB_TEXT (user), KAB_INT (before), KAB_INT (limit));

  if (rows == NULL)
    return NULL;
  while (kab_rows_next (rows))
    g_ptr_array_add (messages, read_message (rows));
  g_clear_pointer (&rows, kab_rows_free);
  if (messages->len > 0 && !read_attachments (tx, user, messages, error))
    return NULL;
  return g_steal_pointer (&messages);
}

/**
 * kab_messages_count_unread:
 * @user: whose conversation
 * @side: who reads
 * @n_unread: (out): messages of the other side that it hasn't read
 */
gboolean
kab_messages_count_unread (KabTransaction *tx,
                           const char *user,
                           KabConversationSide side,
                           gint64 *n_unread,
                           GError **error)
{
  return kab_tx_query_int (tx, n_unread, error,
                           "SELECT COUNT(*) FROM messages WHERE user_id = ?1 AND sender = ?2"
                           " AND sequence > COALESCE ((SELECT up_to FROM read_marks"
                           " WHERE user_id = ?1 AND side = ?3), 0)",
                           KAB_TEXT (user), KAB_TEXT (side_names[other_side (side)]),
                           KAB_TEXT (side_names[side]));
}

/* Returns: the message's place in the user's conversation, or 0 with an error */
static gint64
find_sequence (KabTransaction *tx, const char *user, const char *id, GError **error)
{
  g_autoptr (KabRows) rows =
      kab_tx_query (tx, error, "SELECT sequence FROM messages WHERE id = ? AND user_id = ?",
                    KAB_TEXT (id), KAB_TEXT (user));
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return 0;
  if (kab_rows_next (rows))
    return kab_rows_int (rows, "sequence");
  kab_problem_set (&problem, KAB_PROBLEM_VALIDATION_FAILED, NULL);
  kab_problem_add_field (problem, "/upTo", "message-unknown", NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return 0;
}

/**
 * kab_messages_mark_read:
 * @caller: who has read; the client, or an employee for the bank
 * @user: whose conversation
 * @up_to: id of the newest message that was read
 *
 * Marks the conversation as read up to there; an older mark changes nothing.
 *
 * Returns: %FALSE with a 422 at `/upTo` when the conversation has no such message
 */
gboolean
kab_messages_mark_read (KabTransaction *tx,
                        const KabCaller *caller,
                        const char *user,
                        const char *up_to,
                        GError **error)
{
  gint64 sequence = find_sequence (tx, user, up_to, error);

  if (sequence == 0 ||
      !kab_tx_exec (tx, error,
                    "INSERT INTO read_marks (user_id, side, up_to) VALUES (?, ?, ?)"
                    " ON CONFLICT (user_id, side) DO UPDATE SET up_to = excluded.up_to"
                    " WHERE read_marks.up_to < excluded.up_to",
                    KAB_TEXT (user), KAB_TEXT (side_names[side_of (caller)]), KAB_INT (sequence)))
    return FALSE;
  return kab_tx_get_changed (tx) == 0 ||
         (kab_events_append (tx, user, "messages-read", "message", up_to, NULL, error) &&
          kab_conversations_tell (tx, user, error));
}
