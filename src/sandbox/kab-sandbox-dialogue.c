/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-sandbox-dialogue.h"

#include "kab-sandbox-crypto.h"

#include <string.h>

#define LONGEST_COMMAND   512   /* RFC 5321, 4.5.3.1.4 */
#define LONGEST_AUTH      12288 /* RFC 4954, 4 */
#define LONGEST_TEXT_LINE 1000  /* RFC 5321, 4.5.3.1.6 */
#define LARGEST_MAIL      (25 * 1024 * 1024)
#define MOST_RECIPIENTS   100
#define MOST_MISTAKES     10

typedef enum
{
  MODE_COMMAND,
  MODE_PLAIN,
  MODE_USER,
  MODE_PASSWORD,
  MODE_DATA,
} Mode;

/**
 * KabSandboxDialogue:
 *
 * The server's side of SMTP (RFC 5321 with STARTTLS, AUTH, SIZE, 8BITMIME, SMTPUTF8, PIPELINING
 * and enhanced codes), line by line and without a connection. Nothing may be sent before TLS, no
 * mail before a sign-in, and only CR LF ends a line.
 */
struct _KabSandboxDialogue
{
  GObject parent_instance;

  KabSandboxScript *script; /* (owned) */
  char *user;               /* (owned) */
  char *password;           /* (owned) */
  KabSandboxDelivery delivery;
  gpointer user_data;

  Mode mode;
  gboolean secure, greeted, signed_in, utf8;
  char *given_user;      /* (owned) (nullable) in AUTH LOGIN */
  char *sender;          /* (owned) (nullable) */
  GPtrArray *recipients; /* (owned) of (owned) char */
  GString *mail;         /* (owned) */
  const char *bad_mail;  /* (nullable) why the mail will be refused */
  guint mistakes;
};

G_DEFINE_FINAL_TYPE (KabSandboxDialogue, kab_sandbox_dialogue, G_TYPE_OBJECT)

static void
say (GString *reply, const char *text)
{
  g_string_append (reply, text);
  g_string_append (reply, "\r\n");
}

static void
reset_mail (KabSandboxDialogue *self)
{
  g_clear_pointer (&self->sender, g_free);
  g_ptr_array_set_size (self->recipients, 0);
  g_string_truncate (self->mail, 0);
  self->bad_mail = NULL;
  self->utf8 = FALSE;
}

static KabSandboxStep
mistake (KabSandboxDialogue *self, GString *reply, const char *text)
{
  if (++self->mistakes >= MOST_MISTAKES)
    {
      say (reply, "421 4.7.0 Too many mistakes");
      return KAB_SANDBOX_STEP_CLOSE;
    }
  say (reply, text);
  return KAB_SANDBOX_STEP_GO_ON;
}

static gboolean
is_ascii (const char *text)
{
  while (*text && (guchar) *text < 0x80)
    text++;
  return !*text;
}

/* "<local@domain>" at the start of @text; the rest of the line goes to @rest. */
static char *
parse_path (const char *text, const char **rest)
{
  const char *end = *text == '<' ? strchr (text, '>') : NULL;
  g_autofree char *address = end ? g_strndup (text + 1, end - text - 1) : NULL;
  const char *at = address ? strrchr (address, '@') : NULL;

  if (!address || (end[1] && end[1] != ' '))
    return NULL;
  *rest = end + 1;
  if (!*address)
    return g_steal_pointer (&address);
  if (!at || at == address || at - address > 64 || !at[1] || strlen (at + 1) > 255 ||
      strpbrk (address, " \t<>") || !g_utf8_validate (address, -1, NULL))
    return NULL;
  return g_steal_pointer (&address);
}

static KabSandboxStep
take_sign_in (KabSandboxDialogue *self, const char *user, const char *password, GString *reply)
{
  gboolean right = kab_sandbox_equal (self->user, user);

  self->mode = MODE_COMMAND;
  g_clear_pointer (&self->given_user, g_free);
  if (!kab_sandbox_equal (self->password, password) || !right)
    return mistake (self, reply, "535 5.7.8 User or password is wrong");
  self->signed_in = TRUE;
  say (reply, "235 2.7.0 Signed in");
  return KAB_SANDBOX_STEP_GO_ON;
}

static char *
decode (const char *text)
{
  gsize length;
  g_autofree guchar *bytes = NULL;

  if (!*text ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") !=
          strlen (text))
    return NULL;
  bytes = g_base64_decode (text, &length);
  /* The parts of PLAIN are divided by NUL; a line feed can't be part of a name. */
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\n')
      return NULL;
    else if (bytes[i] == '\0')
      bytes[i] = '\n';
  return g_strndup ((const char *) bytes, length);
}

static KabSandboxStep
take_plain (KabSandboxDialogue *self, const char *text, GString *reply)
{
  g_autofree char *decoded = decode (text);
  g_auto (GStrv) parts = decoded ? g_strsplit (decoded, "\n", -1) : NULL;

  self->mode = MODE_COMMAND;
  if (!parts || g_strv_length (parts) != 3)
    return mistake (self, reply, "501 5.5.2 That is not base64 of three parts");
  return take_sign_in (self, parts[1], parts[2], reply);
}

static KabSandboxStep
take_user (KabSandboxDialogue *self, const char *text, GString *reply)
{
  g_free (self->given_user);
  self->given_user = decode (text);
  if (!self->given_user)
    {
      self->mode = MODE_COMMAND;
      return mistake (self, reply, "501 5.5.2 That is not base64");
    }
  self->mode = MODE_PASSWORD;
  say (reply, "334 UGFzc3dvcmQ6");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
take_password (KabSandboxDialogue *self, const char *text, GString *reply)
{
  g_autofree char *password = decode (text);
  g_autofree char *user = g_steal_pointer (&self->given_user);

  return take_sign_in (self, user, password, reply);
}

static KabSandboxStep
do_ehlo (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  if (!*argument)
    return mistake (self, reply, "501 5.5.4 EHLO needs a name");
  reset_mail (self);
  self->greeted = TRUE;
  g_string_append_printf (reply,
                          "250-sandbox.localhost\r\n250-PIPELINING\r\n250-SIZE %d\r\n"
                          "250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n",
                          LARGEST_MAIL);
  say (reply, self->secure ? "250 AUTH PLAIN LOGIN" : "250 STARTTLS");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_helo (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  if (!*argument)
    return mistake (self, reply, "501 5.5.4 HELO needs a name");
  reset_mail (self);
  self->greeted = TRUE;
  say (reply, "250 sandbox.localhost");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_starttls (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  if (*argument)
    return mistake (self, reply, "501 5.5.4 STARTTLS takes nothing");
  if (self->secure)
    return mistake (self, reply, "503 5.5.1 The connection is secure already");
  say (reply, "220 2.0.0 Go ahead");
  return KAB_SANDBOX_STEP_START_TLS;
}

static KabSandboxStep
do_auth (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  g_auto (GStrv) parts = g_strsplit (argument, " ", 2);

  if (!self->secure)
    return mistake (self, reply, "538 5.7.11 Encryption is needed first");
  if (!self->greeted || self->signed_in || self->sender)
    return mistake (self, reply, "503 5.5.1 Not now");
  if (!parts[0] ||
      (g_ascii_strcasecmp (parts[0], "PLAIN") && g_ascii_strcasecmp (parts[0], "LOGIN")))
    return mistake (self, reply, "504 5.5.4 Only PLAIN and LOGIN");
  if (g_ascii_strcasecmp (parts[0], "PLAIN") == 0)
    {
      if (parts[1])
        return take_plain (self, parts[1], reply);
      self->mode = MODE_PLAIN;
      say (reply, "334 ");
      return KAB_SANDBOX_STEP_GO_ON;
    }
  if (parts[1])
    return take_user (self, parts[1], reply);
  self->mode = MODE_USER;
  say (reply, "334 VXNlcm5hbWU6");
  return KAB_SANDBOX_STEP_GO_ON;
}

/* The parameters of MAIL; the reply of the first that is wrong, or NULL. */
static const char *
check_parameters (KabSandboxDialogue *self, const char *text)
{
  g_auto (GStrv) parameters = g_strsplit (text, " ", -1);

  for (gsize i = 0; parameters[i]; i++)
    {
      gint64 size;

      if (!*parameters[i] || g_ascii_strcasecmp (parameters[i], "BODY=8BITMIME") == 0 ||
          g_ascii_strcasecmp (parameters[i], "BODY=7BIT") == 0 ||
          g_ascii_strcasecmp (parameters[i], "AUTH=<>") == 0)
        continue;
      if (g_ascii_strcasecmp (parameters[i], "SMTPUTF8") == 0)
        self->utf8 = TRUE;
      else if (g_ascii_strncasecmp (parameters[i], "SIZE=", 5) != 0)
        return "555 5.5.4 A parameter is not known";
      else if (!g_ascii_string_to_signed (parameters[i] + 5, 10, 0, G_MAXINT64, &size, NULL))
        return "501 5.5.4 SIZE is no number";
      else if (size > LARGEST_MAIL)
        return "552 5.3.4 The mail is too large";
    }
  return NULL;
}

static KabSandboxStep
do_mail (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  const char *rest = "", *problem;
  g_autofree char *sender = NULL;

  if (!self->secure)
    return mistake (self, reply, "530 5.7.0 STARTTLS is needed first");
  if (!self->signed_in)
    return mistake (self, reply, "530 5.7.0 Sign in first");
  if (!self->greeted || self->sender)
    return mistake (self, reply, "503 5.5.1 Not now");
  if (g_ascii_strncasecmp (argument, "FROM:", 5) != 0 ||
      !(sender = parse_path (argument + 5, &rest)))
    return mistake (self, reply, "501 5.1.7 MAIL FROM:<address> was expected");
  if ((problem = check_parameters (self, rest)))
    return mistake (self, reply, problem);
  if (!self->utf8 && !is_ascii (sender))
    return mistake (self, reply, "553 5.6.7 Such an address needs SMTPUTF8");
  self->sender = g_steal_pointer (&sender);
  say (reply, "250 2.1.0 Sender is fine");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_rcpt (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  const char *rest = "";
  g_autofree char *recipient = NULL;

  if (!self->sender)
    return mistake (self, reply, "503 5.5.1 MAIL comes first");
  if (g_ascii_strncasecmp (argument, "TO:", 3) != 0 ||
      !(recipient = parse_path (argument + 3, &rest)) || !*recipient || *rest)
    return mistake (self, reply, "501 5.1.3 RCPT TO:<address> was expected");
  if (!self->utf8 && !is_ascii (recipient))
    return mistake (self, reply, "553 5.6.7 Such an address needs SMTPUTF8");
  if (self->recipients->len >= MOST_RECIPIENTS)
    say (reply, "452 4.5.3 Too many recipients");
  else if (kab_sandbox_script_take (self->script, "smtp", "permanent-failure"))
    say (reply, "550 5.1.1 There is no such mailbox");
  else
    {
      g_ptr_array_add (self->recipients, g_steal_pointer (&recipient));
      say (reply, "250 2.1.5 Recipient is fine");
    }
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_data (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  if (*argument)
    return mistake (self, reply, "501 5.5.4 DATA takes nothing");
  if (self->recipients->len == 0)
    return mistake (self, reply,
                    self->sender ? "554 5.5.1 There is no valid recipient"
                                 : "503 5.5.1 MAIL comes first");
  self->mode = MODE_DATA;
  say (reply, "354 End with a dot on a line of its own");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_rset (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  reset_mail (self);
  say (reply, "250 2.0.0 Forgotten");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_noop (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  say (reply, "250 2.0.0 Still here");
  return KAB_SANDBOX_STEP_GO_ON;
}

static KabSandboxStep
do_quit (KabSandboxDialogue *self, const char *argument, GString *reply)
{
  say (reply, "221 2.0.0 Goodbye");
  return KAB_SANDBOX_STEP_CLOSE;
}

static const struct
{
  const char *verb;
  KabSandboxStep (*act) (KabSandboxDialogue *self, const char *argument, GString *reply);
} commands[] = {
  { "EHLO", do_ehlo }, { "HELO", do_helo }, { "STARTTLS", do_starttls }, { "AUTH", do_auth },
  { "MAIL", do_mail }, { "RCPT", do_rcpt }, { "DATA", do_data },         { "RSET", do_rset },
  { "NOOP", do_noop }, { "QUIT", do_quit },
};

static KabSandboxStep
take_command (KabSandboxDialogue *self, const char *line, GString *reply)
{
  gsize verb = strcspn (line, " ");
  const char *argument = line[verb] ? line + verb + 1 : "";

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strlen (commands[i].verb) == verb &&
        g_ascii_strncasecmp (commands[i].verb, line, verb) == 0)
      return commands[i].act (self, argument, reply);
  return mistake (self, reply, "500 5.5.2 There is no such command");
}

static KabSandboxStep
end_mail (KabSandboxDialogue *self, GString *reply)
{
  g_autoptr (GBytes) source = g_bytes_new (self->mail->str, self->mail->len);
  guint times = 1;
  KabSandboxStep step = KAB_SANDBOX_STEP_GO_ON;

  self->mode = MODE_COMMAND;
  if (self->bad_mail)
    {
      step = mistake (self, reply, self->bad_mail);
      times = 0;
    }
  else if (kab_sandbox_script_take (self->script, "smtp", "temporary-failure"))
    {
      say (reply, "451 4.3.0 Try again later");
      times = 0;
    }
  else if (kab_sandbox_script_take (self->script, "smtp", "lost-reply"))
    step = KAB_SANDBOX_STEP_CLOSE;
  else
    {
      if (kab_sandbox_script_take (self->script, "smtp", "accept-twice"))
        times = 2;
      if (kab_sandbox_script_take (self->script, "smtp", "slow"))
        step = KAB_SANDBOX_STEP_WAIT;
      say (reply, "250 2.0.0 Accepted");
    }
  g_ptr_array_add (self->recipients, NULL);
  while (times-- > 0)
    self->delivery (self->sender, (const char *const *) self->recipients->pdata, source,
                    self->user_data);
  reset_mail (self);
  return step;
}

static KabSandboxStep
take_text (KabSandboxDialogue *self,
           const char *line,
           gsize length,
           gboolean proper,
           GString *reply)
{
  if (proper && length == 1 && *line == '.')
    return end_mail (self, reply);
  if (kab_sandbox_script_take (self->script, "smtp", "drop-in-data"))
    return KAB_SANDBOX_STEP_CLOSE;
  if (!proper || memchr (line, '\r', length) || memchr (line, '\0', length))
    self->bad_mail = "554 5.6.0 Only CR LF ends a line, and there is no NUL";
  else if (length + 2 > LONGEST_TEXT_LINE + (*line == '.'))
    self->bad_mail = "554 5.6.0 A line has more than 998 characters";
  else if (self->mail->len + length > LARGEST_MAIL)
    self->bad_mail = "552 5.3.4 The mail is too large";
  if (self->bad_mail)
    return KAB_SANDBOX_STEP_GO_ON;
  if (length > 0 && *line == '.')
    g_string_append_len (self->mail, line + 1, length - 1);
  else
    g_string_append_len (self->mail, line, length);
  g_string_append (self->mail, "\r\n");
  return KAB_SANDBOX_STEP_GO_ON;
}

static void
kab_sandbox_dialogue_finalize (GObject *object)
{
  KabSandboxDialogue *self = KAB_SANDBOX_DIALOGUE (object);

  g_clear_object (&self->script);
  g_free (self->user);
  g_free (self->password);
  g_free (self->given_user);
  g_free (self->sender);
  g_ptr_array_unref (self->recipients);
  g_string_free (self->mail, TRUE);
  G_OBJECT_CLASS (kab_sandbox_dialogue_parent_class)->finalize (object);
}

static void
kab_sandbox_dialogue_class_init (KabSandboxDialogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_sandbox_dialogue_finalize;
}

static void
kab_sandbox_dialogue_init (KabSandboxDialogue *self)
{
  self->recipients = g_ptr_array_new_with_free_func (g_free);
  self->mail = g_string_new (NULL);
}

/**
 * kab_sandbox_dialogue_new:
 * @script: what goes wrong on demand
 * @user: the only user
 * @password: its password
 * @delivery: takes accepted mails
 * @user_data: for @delivery
 *
 * Returns: (transfer full): a dialogue at its start
 */
KabSandboxDialogue *
kab_sandbox_dialogue_new (KabSandboxScript *script,
                          const char *user,
                          const char *password,
                          KabSandboxDelivery delivery,
                          gpointer user_data)
{
  KabSandboxDialogue *self = g_object_new (KAB_TYPE_SANDBOX_DIALOGUE, NULL);

  self->script = g_object_ref (script);
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->delivery = delivery;
  self->user_data = user_data;
  return self;
}

/**
 * kab_sandbox_dialogue_greet:
 * @self: a dialogue
 * @reply: gets the greeting
 */
void
kab_sandbox_dialogue_greet (KabSandboxDialogue *self, GString *reply)
{
  say (reply, "220 sandbox.localhost ESMTP");
}

/**
 * kab_sandbox_dialogue_feed:
 * @self: a dialogue
 * @line: what came up to a line feed, without it
 * @length: its length in bytes
 * @reply: gets the answer, if there is one
 *
 * Returns: what to do next
 */
KabSandboxStep
kab_sandbox_dialogue_feed (KabSandboxDialogue *self, const char *line, gsize length, GString *reply)
{
  gboolean proper = length > 0 && line[length - 1] == '\r';
  gsize limit = self->mode == MODE_COMMAND ? LONGEST_COMMAND : LONGEST_AUTH;
  g_autofree char *text = NULL;

  if (proper)
    length--;
  if (self->mode == MODE_DATA)
    return take_text (self, line, length, proper, reply);
  if (length >= 4 && g_ascii_strncasecmp (line, "AUTH", 4) == 0)
    limit = LONGEST_AUTH;
  if (length + 2 > limit)
    return mistake (self, reply, "500 5.5.6 The line is too long");
  if (!proper || memchr (line, '\0', length) || memchr (line, '\r', length) ||
      !g_utf8_validate_len (line, length, NULL))
    return mistake (self, reply, "500 5.5.2 Only CR LF ends a line, and there is no NUL");
  text = g_strndup (line, length);
  if (self->mode == MODE_COMMAND)
    return take_command (self, text, reply);
  if (g_str_equal (text, "*"))
    {
      self->mode = MODE_COMMAND;
      return mistake (self, reply, "501 5.7.0 The sign-in was broken off");
    }
  if (self->mode == MODE_PLAIN)
    return take_plain (self, text, reply);
  return self->mode == MODE_USER ? take_user (self, text, reply)
                                 : take_password (self, text, reply);
}

/**
 * kab_sandbox_dialogue_secured:
 * @self: a dialogue
 *
 * TLS is up: everything said before is forgotten (RFC 3207, 4.2).
 */
void
kab_sandbox_dialogue_secured (KabSandboxDialogue *self)
{
  reset_mail (self);
  self->secure = TRUE;
  self->greeted = FALSE;
  self->signed_in = FALSE;
}
