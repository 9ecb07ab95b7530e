/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * kabinets-document-helper: opens one untrusted document for the application
 * and hands back pixels and text. See kab-helper-protocol.h.
 */

#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kab-confinement.h"
#include "kab-helper-channel.h"
#include "kab-helper-document.h"
#include "kab-helper-files.h"
#include "kab-helper-warmup.h"

static gboolean
has_socket (void)
{
  int type = 0;
  socklen_t length = sizeof type;

  return getsockopt (KAB_HELPER_SOCKET_FD, SOL_SOCKET, SO_TYPE, &type, &length) == 0 &&
         type == SOCK_SEQPACKET;
}

/* Whatever else was inherited is not for this process. */
static void
drop_descriptors (void)
{
  const int null = openat (AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);

  if (null >= 0)
    {
      dup2 (null, STDIN_FILENO);
      dup2 (null, STDOUT_FILENO);
    }
  close_range (KAB_HELPER_SOCKET_FD + 1, ~0u, 0);
}

static gboolean
say_hello (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;
  guint posture = 0, landlock = 0;
  KabHelperReply hello = { .bulk = -1 };
  gboolean ready;

  ready = kab_helper_warm_up (&error);
  if (ready)
    {
      kab_helper_files_close ();
      ready = kab_confinement_enter (&posture, &landlock, &missing);
    }
  else
    missing = g_strdup (error->message);

  hello.status = ready ? KAB_HELPER_OK : KAB_HELPER_NOT_CONFINED;
  hello.arguments = g_variant_ref_sink (
      g_variant_new (KAB_HELPER_HELLO_TYPE, posture, landlock, missing != NULL ? missing : ""));
  return kab_helper_channel_send (KAB_HELPER_HELLO, 0, &hello) && ready;
}

/* Ends by _exit(): what an exit handler would tidy up belongs to a document
 * that may have damaged this process. */
int
main (void)
{
  KabHelperRequest request;

  if (!has_socket ())
    {
      fprintf (stderr, "kabinets-document-helper is started by kabinets, not by hand.\n");
      return 2;
    }
  drop_descriptors ();
  if (!say_hello ())
    _exit (1);

  while (kab_helper_channel_receive (&request))
    {
      KabHelperReply reply = { .bulk = -1 };

      kab_confinement_start_clock ();
      kab_helper_document_handle (&request, &reply);
      kab_confinement_stop_clock ();
      if (!kab_helper_channel_send (request.frame.kind, request.frame.serial, &reply))
        break;
      kab_helper_request_clear (&request);
    }
  _exit (0);
}
