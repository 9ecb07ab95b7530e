/* SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * KabMetrics:
 *
 * What /metrics tells, in the text format of Prometheus: requests by method, route template and
 * status class, a histogram of their durations, counters and gauges. Labels are templates, never
 * paths, so that neither ids nor their number get out. Usable from any thread.
 */

#include "kab-metrics.h"

static const double BUCKET_SECONDS[] = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 };
#define N_BUCKETS G_N_ELEMENTS (BUCKET_SECONDS)

typedef struct
{
  char *labels; /* (owned) */
  guint64 by_status_class[6];
  guint64 by_duration[N_BUCKETS];
  guint64 n_requests;
  double seconds;
} RouteFigures;

typedef struct
{
  char *help; /* (owned) */
  guint64 value;
  KabGauge gauge; /* (nullable): NULL for a counter */
  gpointer user_data;
} Figure;

struct _KabMetrics
{
  GObject parent_instance;

  GMutex mutex;
  GHashTable *routes; /* (owned) (mutex mutex): "GET /v1/…" → RouteFigures */
  GTree *figures;     /* (owned) (mutex mutex): name → Figure */
};

G_DEFINE_FINAL_TYPE (KabMetrics, kab_metrics, G_TYPE_OBJECT)

static void
free_route (gpointer data)
{
  RouteFigures *route = data;

  g_free (route->labels);
  g_free (route);
}

static void
free_figure (gpointer data)
{
  Figure *figure = data;

  g_free (figure->help);
  g_free (figure);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_strcmp0 (a, b);
}

static void
append_requests (GString *text, GList *routes)
{
  g_string_append (text, "# HELP kabinets_requests_total Requests by route and status class.\n"
                         "# TYPE kabinets_requests_total counter\n");
  for (GList *l = routes; l; l = l->next)
    {
      const RouteFigures *route = l->data;

      for (guint i = 1; i < G_N_ELEMENTS (route->by_status_class); i++)
        if (route->by_status_class[i])
          g_string_append_printf (
              text, "kabinets_requests_total{%s,status=\"%uxx\"} %" G_GUINT64_FORMAT "\n",
              route->labels, i, route->by_status_class[i]);
    }
}

static void
append_durations (GString *text, GList *routes)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, "# HELP kabinets_request_seconds Time from header to last byte.\n"
                         "# TYPE kabinets_request_seconds histogram\n");
  for (GList *l = routes; l; l = l->next)
    {
      const RouteFigures *route = l->data;
      guint64 sum = 0;

      for (guint i = 0; i < N_BUCKETS; i++)
        {
          sum += route->by_duration[i];
          g_ascii_formatd (seconds, sizeof seconds, "%g", BUCKET_SECONDS[i]);
          g_string_append_printf (
              text, "kabinets_request_seconds_bucket{%s,le=\"%s\"} %" G_GUINT64_FORMAT "\n",
              route->labels, seconds, sum);
        }
      g_ascii_formatd (seconds, sizeof seconds, "%.6f", route->seconds);
      g_string_append_printf (text,
                              "kabinets_request_seconds_bucket{%s,le=\"+Inf\"} %" G_GUINT64_FORMAT
                              "\nkabinets_request_seconds_sum{%s} %s\n"
                              "kabinets_request_seconds_count{%s} %" G_GUINT64_FORMAT "\n",
                              route->labels, route->n_requests, route->labels, seconds,
                              route->labels, route->n_requests);
    }
}

static gboolean
append_figure_cb (gpointer key, gpointer value, gpointer user_data)
{
  const char *name = key;
  const Figure *figure = value;
  GString *text = user_data;

  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n%s ", name, figure->help, name,
                          figure->gauge ? "gauge" : "counter", name);
  if (figure->gauge)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", figure->gauge (figure->user_data));
  else
    g_string_append_printf (text, "%" G_GUINT64_FORMAT "\n", figure->value);
  return FALSE;
}

static int
compare_routes (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const RouteFigures *) a)->labels, ((const RouteFigures *) b)->labels);
}

static Figure *
find_figure (KabMetrics *self, const char *name, const char *help)
{
  Figure *figure = g_tree_lookup (self->figures, name);

  if (!figure)
    {
      figure = g_new0 (Figure, 1);
      figure->help = g_strdup (help);
      g_tree_insert (self->figures, g_strdup (name), figure);
    }
  return figure;
}

static void
kab_metrics_finalize (GObject *object)
{
  KabMetrics *self = KAB_METRICS (object);

  g_clear_pointer (&self->routes, g_hash_table_unref);
  g_clear_pointer (&self->figures, g_tree_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kab_metrics_parent_class)->finalize (object);
}

static void
kab_metrics_class_init (KabMetricsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kab_metrics_finalize;
}

static void
kab_metrics_init (KabMetrics *self)
{
  g_mutex_init (&self->mutex);
  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_route);
  self->figures = g_tree_new_full (compare_names, NULL, g_free, free_figure);
}

/**
 * kab_metrics_new:
 *
 * Returns: (transfer full): empty metrics
 */
KabMetrics *
kab_metrics_new (void)
{
  return g_object_new (KAB_TYPE_METRICS, NULL);
}

/**
 * kab_metrics_count_request:
 * @method: the method, one that the server knows
 * @route: the route's template, or "none"
 * @status: the status that was sent
 * @duration: microseconds
 */
void
kab_metrics_count_request (KabMetrics *self,
                           const char *method,
                           const char *route,
                           guint status,
                           gint64 duration)
{
  g_autofree char *labels = g_strconcat ("method=\"", method, "\",route=\"", route, "\"", NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  RouteFigures *figures = g_hash_table_lookup (self->routes, labels);
  double seconds = (double) duration / G_TIME_SPAN_SECOND;

  if (!figures)
    {
      figures = g_new0 (RouteFigures, 1);
      figures->labels = g_steal_pointer (&labels);
      g_hash_table_insert (self->routes, figures->labels, figures);
    }
  figures->by_status_class[MIN (status / 100, 5)]++;
  figures->n_requests++;
  figures->seconds += seconds;
  for (guint i = 0; i < N_BUCKETS; i++)
    if (seconds <= BUCKET_SECONDS[i])
      {
        figures->by_duration[i]++;
        break;
      }
}

/**
 * kab_metrics_add_gauge:
 * @name: the metric's name, such as "kabinets_queue_depth"
 * @help: what it is, in one line
 * @gauge: read at each scrape; must not take long, and must not use the metrics
 */
void
kab_metrics_add_gauge (KabMetrics *self,
                       const char *name,
                       const char *help,
                       KabGauge gauge,
                       gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Figure *figure = find_figure (self, name, help);

  figure->gauge = gauge;
  figure->user_data = user_data;
}

/**
 * kab_metrics_add:
 * @name: the counter's name, such as "kabinets_mails_sent_total"
 * @help: what it counts, in one line
 * @amount: how much more
 */
void
kab_metrics_add (KabMetrics *self, const char *name, const char *help, guint64 amount)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  find_figure (self, name, help)->value += amount;
}

/**
 * kab_metrics_to_text:
 *
 * Returns: (transfer full): the text of /metrics
 */
char *
kab_metrics_to_text (KabMetrics *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GList) routes = g_list_sort (g_hash_table_get_values (self->routes), compare_routes);

  append_requests (text, routes);
  append_durations (text, routes);
  g_tree_foreach (self->figures, append_figure_cb, text);
  return g_string_free (text, FALSE);
}
