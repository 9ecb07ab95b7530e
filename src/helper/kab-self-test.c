/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-self-test.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "kab-helper-protocol.h"

typedef struct
{
  const char *name;
  long (*try) (void);
} Probe;

/* Straight to the kernel: what a library would refuse proves nothing. */
static long
try_open_file (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}

static long
try_open_folder (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/usr/share/fonts", O_RDONLY | O_DIRECTORY);
}

static long
try_open_self (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/proc/self/mem", O_RDWR);
}

static long
try_create_file (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/tmp/kabinets-self-test", O_CREAT | O_WRONLY, 0600);
}

static long
try_remove_file (void)
{
  return syscall (SYS_unlinkat, AT_FDCWD, "/tmp/kabinets-self-test", 0);
}

static long
try_make_folder (void)
{
  return syscall (SYS_mkdirat, AT_FDCWD, "/tmp/kabinets-self-test", 0700);
}

static long
try_tcp_socket (void)
{
  return syscall (SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long
try_udp_socket (void)
{
  return syscall (SYS_socket, AF_INET6, SOCK_DGRAM, 0);
}

static long
try_unix_socket (void)
{
  return syscall (SYS_socket, AF_UNIX, SOCK_STREAM, 0);
}

static long
try_socket_pair (void)
{
  int pair[2];

  return syscall (SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
}

static long
try_connect (void)
{
  const struct sockaddr_un address = { .sun_family = AF_UNIX,
                                       .sun_path = "/run/dbus/system_bus_socket" };

  return syscall (SYS_connect, KAB_HELPER_SOCKET_FD, &address, sizeof address);
}

static long
try_bind (void)
{
  const struct sockaddr_in address = { .sin_family = AF_INET };

  return syscall (SYS_bind, KAB_HELPER_SOCKET_FD, &address, sizeof address);
}

static long
try_execute (void)
{
  char *const arguments[] = { (char *) "true", NULL };

  return syscall (SYS_execve, "/bin/true", arguments, NULL);
}

static long
try_fork (void)
{
  const long pid = syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

  if (pid == 0)
    _exit (0);
  return pid;
}

static long
try_trace (void)
{
  return syscall (SYS_ptrace, PTRACE_ATTACH, getppid (), NULL, NULL);
}

static long
try_signal (void)
{
  return syscall (SYS_kill, getppid (), 0);
}

static long
try_read_process (void)
{
  return syscall (SYS_process_vm_readv, getppid (), NULL, 0, NULL, 0, 0);
}

static long
try_more_memory (void)
{
  return syscall (SYS_prlimit64, 0, 9, NULL, NULL);
}

static long
try_io_uring (void)
{
  return syscall (SYS_io_uring_setup, 1, NULL);
}

static long
try_mount (void)
{
  return syscall (SYS_mount, "none", "/tmp", "tmpfs", 0, NULL);
}

static long
try_namespace (void)
{
  return syscall (SYS_unshare, 0x10000000);
}

static long
try_dumpable (void)
{
  return syscall (SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static long
try_executable_memory (void)
{
  return syscall (SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static const Probe probes[] = {
  { "open-file", try_open_file },
  { "open-folder", try_open_folder },
  { "open-self", try_open_self },
  { "create-file", try_create_file },
  { "remove-file", try_remove_file },
  { "make-folder", try_make_folder },
  { "tcp-socket", try_tcp_socket },
  { "udp-socket", try_udp_socket },
  { "unix-socket", try_unix_socket },
  { "socket-pair", try_socket_pair },
  { "connect", try_connect },
  { "bind", try_bind },
  { "execute", try_execute },
  { "fork", try_fork },
  { "trace", try_trace },
  { "signal", try_signal },
  { "read-process", try_read_process },
  { "limits", try_more_memory },
  { "io-uring", try_io_uring },
  { "mount", try_mount },
  { "namespace", try_namespace },
  { "dumpable", try_dumpable },
  { "executable-memory", try_executable_memory },
};

/**
 * kab_self_test_run:
 *
 * Tries, from inside the confinement, what it must prevent.
 *
 * Returns: (transfer floating): KAB_HELPER_SELF_TEST_TYPE: each attempt with
 *   the errno it got, 0 for one that succeeded
 */
GVariant *
kab_self_test_run (void)
{
  g_auto (GVariantBuilder) results =
      G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (KAB_HELPER_SELF_TEST_TYPE));

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      const long result = probes[i].try ();

      g_variant_builder_add (&results, "(si)", probes[i].name, result < 0 ? errno : 0);
    }
  return g_variant_builder_end (&results);
}
