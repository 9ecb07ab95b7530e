/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "kab-helper-protocol.h"

#define MAX_ADDRESS_SPACE (512u * 1024u * 1024u)
#define MAX_DESCRIPTORS   256u
#define MAX_CPU_SECONDS   600u

/* Calls that the work needs and that reach nothing outside this process and
 * the descriptors it already has. mmap, mprotect, fcntl, tgkill and fstatat
 * are allowed below, for some arguments only. */
static const int allowed_calls[] = {
  SCMP_SYS (read),
  SCMP_SYS (write),
  SCMP_SYS (readv),
  SCMP_SYS (writev),
  SCMP_SYS (pread64),
  SCMP_SYS (pwrite64),
  SCMP_SYS (lseek),
  SCMP_SYS (close),
  SCMP_SYS (fstat),
  SCMP_SYS (ftruncate),
  SCMP_SYS (recvmsg),
  SCMP_SYS (sendmsg),
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  SCMP_SYS (memfd_create),
  SCMP_SYS (brk),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (sched_yield),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (setitimer),
  SCMP_SYS (getrandom),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
};

/* fcntl commands; F_DUPFD_CLOEXEC is how a font that is open is opened again. */
static const int allowed_fcntl[] = {
  F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_ADD_SEALS, F_GET_SEALS,
};

static gboolean
set_limit (int resource, rlim_t value)
{
  const struct rlimit limit = { value, value };

  return setrlimit (resource, &limit) == 0;
}

static gboolean
limit_resources (void)
{
#ifndef KAB_SANITIZED /* its shadow memory is terabytes of address space */
  if (!set_limit (RLIMIT_AS, MAX_ADDRESS_SPACE))
    return FALSE;
#endif
  return set_limit (RLIMIT_NOFILE, MAX_DESCRIPTORS) && set_limit (RLIMIT_CORE, 0) &&
         set_limit (RLIMIT_CPU, MAX_CPU_SECONDS) && set_limit (RLIMIT_NPROC, 0) &&
         set_limit (RLIMIT_FSIZE, KAB_HELPER_MAX_BULK);
}

/* Everything that the kernel's Landlock knows, and no rule that gives any of
 * it back. Tells in @posture which parts the kernel has. */
static gboolean
restrict_files_and_network (guint *posture, guint *version)
{
  static const guint64 file_rights[] = {
    0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff, /* by version: 1 … 5 */
  };
  struct landlock_ruleset_attr attributes = { 0 };
  const long found =
      syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  int ruleset;
  gboolean restricted;

  if (found < 1)
    return FALSE;
  *version = (guint) found;

  attributes.handled_access_fs = file_rights[MIN (*version, G_N_ELEMENTS (file_rights) - 1)];
  if (*version >= 4)
    attributes.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
  if (*version >= 6)
    attributes.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;

  ruleset = (int) syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0)
    return FALSE;
  restricted = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);

  /* Believed only when the kernel really refuses. */
  if (!restricted || openat (AT_FDCWD, "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0 ||
      errno != EACCES)
    return FALSE;
  *posture |= KAB_HELPER_LANDLOCK_FILES;
  if (*version >= 4)
    *posture |= KAB_HELPER_LANDLOCK_NETWORK;
  if (*version >= 6)
    *posture |= KAB_HELPER_LANDLOCK_SCOPE;
  return TRUE;
}

static gboolean
add_rules (scmp_filter_ctx filter)
{
  gboolean added = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (allowed_calls); i++)
    {
      /* A call that this architecture doesn't have needs no rule. */
      if (allowed_calls[i] >= 0)
        added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed_calls[i], 0) == 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (allowed_fcntl); i++)
    added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                               SCMP_A1 (SCMP_CMP_EQ, (scmp_datum_t) allowed_fcntl[i])) == 0;

  /* Memory is never executable, not even first writable and then executable. */
  added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;

  /* abort () may signal this process; nobody else. */
  added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1,
                             SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ())) == 0;

  /* fstat () on some C libraries. */
  added &= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (newfstatat), 2,
                             SCMP_A0 (SCMP_CMP_LE, MAX_DESCRIPTORS),
                             SCMP_A3 (SCMP_CMP_EQ, AT_EMPTY_PATH)) == 0;
  return added;
}

/* All other calls fail with EPERM, so that a library that asks for more than
 * it needs goes on without. */
static gboolean
filter_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean loaded;

  if (filter == NULL)
    return FALSE;
  loaded = add_rules (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return loaded && syscall (SYS_openat, AT_FDCWD, "/", O_RDONLY | O_CLOEXEC) < 0 && errno == EPERM;
}

/**
 * kab_confinement_enter:
 * @posture: (out): KabHelperPosture flags that hold now
 * @landlock_version: (out): what the kernel offers; 0 without Landlock
 * @missing: (out) (transfer full) (nullable): what could not be had, in words
 *
 * Gives up privileges, files, network, other processes and unlimited
 * resources, for good. Each part is tried by an access that must fail.
 *
 * Returns: whether all of KAB_HELPER_POSTURE_REQUIRED holds; if not, this
 *   process must not touch anything from outside
 */
gboolean
kab_confinement_enter (guint *posture, guint *landlock_version, char **missing)
{
  g_autoptr (GString) lacks = g_string_new (NULL);

  *posture = 0;
  *landlock_version = 0;
  *missing = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  prctl (PR_SET_DUMPABLE, 0);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
    *posture |= KAB_HELPER_NO_NEW_PRIVILEGES;
  else
    g_string_append (lacks, "no-new-privileges ");

  if (limit_resources ())
    *posture |= KAB_HELPER_LIMITS;
  else
    g_string_append (lacks, "resource-limits ");

  if (!restrict_files_and_network (posture, landlock_version))
    g_string_append (lacks, "landlock ");

  if (filter_calls ())
    *posture |= KAB_HELPER_SECCOMP;
  else
    g_string_append (lacks, "seccomp ");

  if ((*posture & KAB_HELPER_POSTURE_REQUIRED) == KAB_HELPER_POSTURE_REQUIRED)
    return TRUE;
  *missing = g_strdup (g_strchomp (lacks->str));
  return FALSE;
}

static void
set_clock (time_t seconds)
{
  const struct itimerval timer = { .it_value = { .tv_sec = seconds } };

  setitimer (ITIMER_PROF, &timer, NULL);
}

/**
 * kab_confinement_start_clock:
 *
 * Ends this process when the request that begins now needs more processor
 * time than KAB_HELPER_REQUEST_SECONDS.
 */
void
kab_confinement_start_clock (void)
{
  set_clock (KAB_HELPER_REQUEST_SECONDS);
}

/** kab_confinement_stop_clock: the request is answered. */
void
kab_confinement_stop_clock (void)
{
  set_clock (0);
}
