/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * reference-server FILE THREADS: a bare libmicrohttpd that answers every
 * request with the same bytes from memory. Prints its port and ends with its
 * standard input.
 */

#include <arpa/inet.h>
#include <glib.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  char *data;
  gsize length;
} Content;

static enum MHD_Result
request_cb (void *user_data,
            struct MHD_Connection *connection,
            const char *url,
            const char *method,
            const char *version,
            const char *upload_data,
            size_t *upload_data_size,
            void **request)
{
  const Content *content = user_data;
  struct MHD_Response *response;
  enum MHD_Result result;

  /* An answer before the request is complete would close the connection. */
  if (*request == NULL)
    {
      *request = user_data;
      return MHD_YES;
    }
  response = MHD_create_response_from_buffer_static (content->length, content->data);
  MHD_add_response_header (response, "Content-Type", "application/json");
  result = MHD_queue_response (connection, MHD_HTTP_OK, response);
  MHD_destroy_response (response);
  return result;
}

int
main (int argc, char *argv[])
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct MHD_Daemon *daemon;
  Content content;
  char byte;

  if (argc != 3 || !g_file_get_contents (argv[1], &content.data, &content.length, NULL))
    return EXIT_FAILURE;
  daemon = MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, request_cb, &content,
                             MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE,
                             (unsigned int) atoi (argv[2]), MHD_OPTION_END);
  if (daemon == NULL)
    return EXIT_FAILURE;
  printf ("%d\n", MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  fflush (stdout);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
  MHD_stop_daemon (daemon);
  g_free (content.data);
  return EXIT_SUCCESS;
}
