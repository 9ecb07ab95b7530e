/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-vfs.h"

#include <sqlite3.h>

typedef struct
{
  sqlite3_file parent;
  sqlite3_file *real;
  gboolean is_log;
  gboolean is_dirty; /* was written since it was synced, or since it began anew with its head */
} FaultFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static GMutex mutex;
static guint armed_for, seen;
static FaultKind armed_kind;
static int armed_code;
static gboolean has_failed;
static int n_log_syncs;

static sqlite3_file *
real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
next_result (void)
{
  int result = SQLITE_OK;

  g_mutex_lock (&mutex);
  if (armed_for != 0)
    {
      seen++;
      if (seen == armed_for || (seen > armed_for && armed_kind == FAULT_FROM_THEN_ON))
        {
          result = armed_code;
          has_failed = TRUE;
        }
    }
  g_mutex_unlock (&mutex);
  return result;
}

static int
fault_close (sqlite3_file *file)
{
  return real (file)->pMethods->xClose (real (file));
}

static int
fault_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  return real (file)->pMethods->xRead (real (file), data, size, offset);
}

/* Half of the bytes arrive, as they may when the disk is full or the power goes. */
static int
fault_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  int result = next_result ();

  ((FaultFile *) file)->is_dirty = offset > 0;
  if (result == SQLITE_OK)
    return real (file)->pMethods->xWrite (real (file), data, size, offset);
  real (file)->pMethods->xWrite (real (file), data, size / 2, offset);
  return result;
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int result = next_result ();

  return result != SQLITE_OK ? result : real (file)->pMethods->xTruncate (real (file), size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  FaultFile *self = (FaultFile *) file;
  int result = next_result ();

  if (self->is_log && self->is_dirty)
    g_atomic_int_inc (&n_log_syncs);
  self->is_dirty = FALSE;
  return result != SQLITE_OK ? result : real (file)->pMethods->xSync (real (file), flags);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real (file)->pMethods->xFileSize (real (file), size);
}

static int
fault_lock (sqlite3_file *file, int level)
{
  return real (file)->pMethods->xLock (real (file), level);
}

static int
fault_unlock (sqlite3_file *file, int level)
{
  return real (file)->pMethods->xUnlock (real (file), level);
}

static int
fault_check_reserved (sqlite3_file *file, int *result)
{
  return real (file)->pMethods->xCheckReservedLock (real (file), result);
}

static int
fault_control (sqlite3_file *file, int operation, void *argument)
{
  return real (file)->pMethods->xFileControl (real (file), operation, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return real (file)->pMethods->xSectorSize (real (file));
}

static int
fault_characteristics (sqlite3_file *file)
{
  return real (file)->pMethods->xDeviceCharacteristics (real (file));
}

static int
fault_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return real (file)->pMethods->xShmMap (real (file), page, size, extend, memory);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real (file)->pMethods->xShmLock (real (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  real (file)->pMethods->xShmBarrier (real (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int remove)
{
  return real (file)->pMethods->xShmUnmap (real (file), remove);
}

static const sqlite3_io_methods fault_methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved,
  .xFileControl = fault_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_characteristics,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int result;

  self->real = (sqlite3_file *) (self + 1);
  self->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  self->is_dirty = FALSE;
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  file->pMethods = result == SQLITE_OK ? &fault_methods : NULL;
  return result;
}

void
fault_vfs_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = "fault";
  fault_vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
  fault_vfs.xOpen = fault_open;
  sqlite3_vfs_register (&fault_vfs, 1);
}

void
fault_vfs_arm (guint nth, FaultKind kind, int error_code)
{
  g_mutex_lock (&mutex);
  armed_for = nth;
  armed_kind = kind;
  armed_code = error_code;
  seen = 0;
  has_failed = FALSE;
  g_mutex_unlock (&mutex);
}

gboolean
fault_vfs_has_failed (void)
{
  gboolean result;

  g_mutex_lock (&mutex);
  result = has_failed;
  g_mutex_unlock (&mutex);
  return result;
}

guint
fault_vfs_get_n_log_syncs (void)
{
  return (guint) g_atomic_int_get (&n_log_syncs);
}
