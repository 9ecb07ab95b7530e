/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * load PORT PATH CONNECTIONS REQUESTS [TOKEN]: asks a server on 127.0.0.1 for
 * the same path again and again over connections that stay open, and prints
 * the requests per second. Any answer but 200 with a length ends it with an
 * error: a fast refusal is no result.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MAX (256 * 1024)

typedef struct
{
  int socket;
  gsize received;
  char answer[ANSWER_MAX];
} Connection;

typedef struct
{
  int epoll;
  char *request;
  gsize request_length;
  guint to_send;
  guint to_receive;
} Load;

static void G_GNUC_NORETURN
fail (const char *why)
{
  g_printerr ("load: %s: %s\n", why, g_strerror (errno));
  exit (EXIT_FAILURE);
}

/* A request is far smaller than what a socket takes at once. */
static void
send_request (Load *load, Connection *connection)
{
  if (load->to_send == 0)
    return;
  load->to_send--;
  if (send (connection->socket, load->request, load->request_length, MSG_NOSIGNAL) !=
      (gssize) load->request_length)
    fail ("a request can't be sent");
}

static void
open_connection (Load *load, Connection *connection, guint16 port)
{
  const struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };
  const int yes = 1;

  connection->socket = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (connection->socket, (const struct sockaddr *) &address, sizeof address) != 0)
    fail ("no connection");
  setsockopt (connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (epoll_ctl (load->epoll, EPOLL_CTL_ADD, connection->socket, &event) != 0)
    fail ("epoll");
  send_request (load, connection);
}

/* Returns: the length of the whole answer; 0 while its head isn't there */
static gsize
answer_length (const Connection *connection)
{
  const char *end = g_strstr_len (connection->answer, (gssize) connection->received, "\r\n\r\n");
  g_autofree char *head = NULL;
  const char *field;

  if (end == NULL)
    return 0;
  head = g_ascii_strdown (connection->answer, end - connection->answer + 2);
  field = strstr (head, "\r\ncontent-length:");
  if (!g_str_has_prefix (head, "http/1.1 200 ") || field == NULL)
    {
      g_printerr ("load: refused:\n%s\n", head);
      exit (EXIT_FAILURE);
    }
  return (gsize) (end + 4 - connection->answer) +
         strtoul (field + strlen ("\r\ncontent-length:"), NULL, 10);
}

static void
receive (Load *load, Connection *connection)
{
  const gssize length = recv (connection->socket, connection->answer + connection->received,
                              ANSWER_MAX - connection->received, 0);
  gsize whole;

  if (length <= 0)
    fail ("the connection was closed");
  connection->received += (gsize) length;
  whole = answer_length (connection);
  if (whole == 0 || connection->received < whole)
    {
      if (connection->received == ANSWER_MAX)
        fail ("the answer is too large");
      return;
    }
  connection->received = 0;
  load->to_receive--;
  send_request (load, connection);
}

static void
run (Load *load)
{
  struct epoll_event events[64];

  while (load->to_receive > 0)
    {
      const int n_events = epoll_wait (load->epoll, events, G_N_ELEMENTS (events), 30 * 1000);

      if (n_events == 0 || (n_events < 0 && errno != EINTR))
        fail ("no answer");
      for (int i = 0; i < n_events; i++)
        receive (load, events[i].data.ptr);
    }
}

int
main (int argc, char *argv[])
{
  Load load = { .epoll = epoll_create1 (EPOLL_CLOEXEC) };
  guint n_connections, n_requests;
  g_autofree Connection *connections = NULL;
  gint64 start;

  if (argc < 5)
    {
      g_printerr ("load PORT PATH CONNECTIONS REQUESTS [TOKEN]\n");
      return EXIT_FAILURE;
    }
  load.request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%s%s%s\r\n", argv[2],
                                  argv[1], argc > 5 ? "Authorization: Bearer " : "",
                                  argc > 5 ? argv[5] : "", argc > 5 ? "\r\n" : "");
  load.request_length = strlen (load.request);
  n_connections = (guint) atoi (argv[3]);
  n_requests = (guint) atoi (argv[4]);
  load.to_send = load.to_receive = n_requests;
  connections = g_new0 (Connection, n_connections);

  start = g_get_monotonic_time ();
  for (guint i = 0; i < n_connections; i++)
    open_connection (&load, &connections[i], (guint16) atoi (argv[1]));
  run (&load);
  g_print ("%.1f\n",
           n_requests * (double) G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start));
  g_free (load.request);
  return EXIT_SUCCESS;
}
