#!/usr/bin/env python3
"""Writes the Grafana dashboards in helm/weft/files/dashboards; with --check says whether they are as written here."""

import json
import pathlib
import sys

DIRECTORY = pathlib.Path(__file__).resolve().parents[2] / "helm/weft/files/dashboards"
SOURCE = {"type": "prometheus", "uid": "${datasource}"}

# What the variables of a dashboard choose.
JOB = 'namespace=~"$namespace", job=~"$job"'
NODE = JOB + ', instance=~"$node"'
REALM = JOB + ', realm=~"$realm"'
WINDOW = "[$__rate_interval]"


def total(metric, by="", where=JOB):
    """The rate of a counter, added up."""
    return f"sum{by and f' by ({by})'} (rate({metric}{{{where}}}{WINDOW}))"


def gauge(metric, by="", where=JOB, how="sum"):
    return f"{how}{by and f' by ({by})'} ({metric}{{{where}}})"


def quantile(q, metric, by="", where=JOB):
    return f"histogram_quantile({q}, sum by ({by + ', ' if by else ''}le) (rate({metric}_bucket{{{where}}}{WINDOW})))"


def stat(title, expression, unit="short", low=None, high=None, help=""):
    """One figure; red below low or above high."""
    steps = [{"color": "green", "value": None}]
    if low is not None:
        steps = [{"color": "red", "value": None}, {"color": "green", "value": low}]
    if high is not None:
        steps.append({"color": "red", "value": high})
    return {
        "type": "stat", "title": title, "description": help, "width": 4, "height": 4,
        "targets": [(expression, "")],
        "fieldConfig": {"defaults": {"unit": unit, "thresholds": {"mode": "absolute", "steps": steps}}, "overrides": []},
        "options": {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value", "graphMode": "area"},
    }


def graph(title, unit, *targets, width=8, help="", stacked=False):
    custom = {"lineWidth": 1, "fillOpacity": 10, "showPoints": "never", "stacking": {"mode": "normal" if stacked else "none"}}
    return {
        "type": "timeseries", "title": title, "description": help, "width": width, "height": 8,
        "targets": list(targets),
        "fieldConfig": {"defaults": {"unit": unit, "min": 0, "custom": custom}, "overrides": []},
        "options": {"legend": {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"]},
                    "tooltip": {"mode": "multi", "sort": "desc"}},
    }


def table(title, expression, width=12, help=""):
    return {
        "type": "table", "title": title, "description": help, "width": width, "height": 8,
        "targets": [(expression, "")], "instant": True,
        "fieldConfig": {"defaults": {}, "overrides": []},
        "transformations": [{"id": "organize", "options": {"excludeByName": {"Time": True, "__name__": True}}}],
    }


def row(title, *panels):
    return title, panels


def variable(name, query, label, multi=True):
    return {
        "name": name, "label": label, "type": "query", "datasource": SOURCE, "query": {"query": query, "refId": name},
        "refresh": 2, "sort": 1, "multi": multi, "includeAll": True, "allValue": ".*",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }


def variables(*more):
    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},
        variable("namespace", "label_values(weft_build_info, namespace)", "Namespace"),
        variable("job", 'label_values(weft_build_info{namespace=~"$namespace"}, job)', "Job"),
        *more,
    ]


REALMS = variable("realm", "label_values(weft_sessions{%s}, realm)" % JOB, "Realm")
NODES = variable("node", "label_values(weft_build_info{%s}, instance)" % JOB, "Node")

OVERVIEW = [
    row("Now",
        stat("Nodes", f"count (up{{{JOB}}} == 1)", low=1),
        stat("Ready", gauge("weft_lifecycle_state", where=JOB + ', state="ready"'), low=1),
        stat("Sessions", gauge("weft_sessions", where=REALM)),
        stat("Messages in", total("weft_messages_received_total"), "cps"),
        stat("Messages out", total("weft_messages_sent_total"), "cps"),
        stat("Call, 99 %", quantile(0.99, "weft_call_duration_seconds", where=REALM), "s", high=1)),
    row("Clients",
        graph("Sessions by node", "short", (gauge("weft_sessions", "instance", REALM), "{{instance}}"), stacked=True),
        graph("Sessions opened", "cps", (total("weft_sessions_opened_total", "realm", REALM), "{{realm}}")),
        graph("Connections closed, by reason", "cps", (total("weft_connections_closed_total", "reason"), "{{reason}}"),
              help="slow-consumer: read too slowly. node-shutdown: a node took leave."),
        graph("Connections by transport and serializer", "short",
              (gauge("weft_connections", "transport, serializer"), "{{transport}} {{serializer}}"), stacked=True),
        graph("Clients that got no session, by reason", "cps", (total("weft_sessions_refused_total", "reason"), "{{reason}}"),
              help="authentication-refused is here, too."),
        graph("From connection to WELCOME", "s",
              (quantile(0.5, "weft_handshake_duration_seconds"), "half"),
              (quantile(0.99, "weft_handshake_duration_seconds"), "99 %"))),
    row("Traffic",
        graph("Messages received, by type", "cps", (total("weft_messages_received_total", "type") + " > 0", "{{type}}"), width=12),
        graph("Messages sent, by type", "cps", (total("weft_messages_sent_total", "type") + " > 0", "{{type}}"), width=12),
        graph("Bytes", "Bps", (total("weft_received_bytes_total"), "received"), (total("weft_sent_bytes_total"), "sent"), width=24)),
    row("Publish and subscribe",
        graph("Publications", "cps", (total("weft_publications_total", "realm", REALM), "{{realm}}"),
              (total("weft_publications_unmatched_total", "realm", REALM), "{{realm}}, nobody subscribed")),
        graph("Events delivered", "cps", (total("weft_events_delivered_total", "realm", REALM), "{{realm}}")),
        graph("Receivers of an event on one event loop", "short",
              (quantile(0.5, "weft_event_receivers"), "half"), (quantile(0.99, "weft_event_receivers"), "99 %"))),
    row("Calls",
        graph("Calls by outcome", "cps", (total("weft_calls_total", "outcome", REALM) + " > 0", "{{outcome}}")),
        graph("From CALL to the last answer", "s",
              (quantile(0.5, "weft_call_duration_seconds", "realm", REALM), "{{realm}}, half"),
              (quantile(0.99, "weft_call_duration_seconds", "realm", REALM), "{{realm}}, 99 %")),
        graph("In flight", "short", (gauge("weft_calls_in_flight", "realm", REALM), "{{realm}}, calls"),
              (gauge("weft_invocations_pending", "realm", REALM), "{{realm}}, invocations"))),
    row("Back-pressure",
        graph("What waits for slow clients", "bytes", (gauge("weft_outbound_queue_bytes", "instance"), "{{instance}}")),
        graph("Clients that do not keep up", "short", (gauge("weft_stalled_connections", "instance"), "{{instance}}")),
        graph("Clients not read from, and what was never sent", "short",
              (total("weft_producer_stalls_total"), "stalls a second"),
              (total("weft_undelivered_bytes_total"), "bytes a second undelivered"))),
    row("Cluster",
        graph("Members, as each node counts them", "short", (gauge("weft_cluster_members", "instance"), "{{instance}}")),
        graph("Links that are not up", "short", (f"sum by (instance) (1 - weft_link_up{{{JOB}}})", "{{instance}}")),
        graph("What the tables hold", "short", (gauge("weft_table_entries", "table", how="max"), "{{table}}"))),
    row("Processes",
        graph("CPUs used", "short", (f"process_cpu_usage{{{JOB}}} * on (job, instance) system_cpu_count{{{JOB}}}", "{{instance}}")),
        graph("Heap used", "bytes", (f'sum by (instance) (jvm_memory_used_bytes{{{JOB}, area="heap"}})', "{{instance}}")),
        graph("Time in garbage collection", "percentunit",
              (f"sum by (instance) (rate(jvm_gc_pause_seconds_sum{{{JOB}}}{WINDOW}))", "{{instance}}"))),
]

NODE_ROWS = [
    row("Now",
        stat("State", f'max (weft_lifecycle_state{{{NODE}, state="ready"}})', low=1, help="1: ready"),
        stat("Sessions", gauge("weft_sessions", where=NODE)),
        stat("Connections", gauge("weft_connections", where=NODE)),
        stat("Messages in", total("weft_messages_received_total", where=NODE), "cps"),
        stat("Messages out", total("weft_messages_sent_total", where=NODE), "cps"),
        stat("Up for", f"min (process_uptime_seconds{{{NODE}}})", "s")),
    row("Event loops",
        graph("Lag, 99 %", "s", (quantile(0.99, "weft_eventloop_lag_seconds", "instance, loop", NODE), "{{instance}} loop {{loop}}"),
              help="How late an event loop came to what was due. Above 100 ms something holds it up."),
        graph("Waiting from other loops and links", "bytes", (gauge("weft_eventloop_queue_bytes", "instance, loop", NODE), "{{instance}} loop {{loop}}")),
        graph("CPUs used", "short", (f"process_cpu_usage{{{NODE}}} * on (job, instance) system_cpu_count{{{NODE}}}", "{{instance}}"))),
    row("Clients",
        graph("Connections of each listener, of its limit", "percentunit",
              (f"weft_listener_connections{{{NODE}}} / weft_listener_connections_max{{{NODE}}}", "{{listener}}")),
        graph("Opened", "cps", (total("weft_connections_opened_total", "transport, serializer", NODE), "{{transport}} {{serializer}}")),
        graph("Closed, by reason", "cps", (total("weft_connections_closed_total", "reason", NODE) + " > 0", "{{reason}}")),
        graph("Bytes", "Bps", (total("weft_received_bytes_total", where=NODE), "received"), (total("weft_sent_bytes_total", where=NODE), "sent")),
        graph("What waits for slow clients", "bytes", (gauge("weft_outbound_queue_bytes", "instance", NODE), "{{instance}}, all"),
              (gauge("weft_outbound_queue_max_bytes", "instance", NODE), "{{instance}}, the slowest")),
        graph("How long sessions lasted", "s", (quantile(0.5, "weft_session_duration_seconds", "realm", NODE), "{{realm}}, half"))),
    row("Traffic",
        graph("Messages received, by type", "cps", (total("weft_messages_received_total", "type", NODE) + " > 0", "{{type}}")),
        graph("Messages sent, by type", "cps", (total("weft_messages_sent_total", "type", NODE) + " > 0", "{{type}}")),
        graph("Calls by outcome", "cps", (total("weft_calls_total", "outcome", NODE) + " > 0", "{{outcome}}")),
        graph("From CALL to the last answer", "s", (quantile(0.99, "weft_call_duration_seconds", "realm", NODE), "{{realm}}, 99 %")),
        graph("Events delivered and withheld", "cps", (total("weft_events_delivered_total", where=NODE), "delivered"),
              (total("weft_events_withheld_total", where=NODE), "withheld")),
        graph("Sent on to other loops and nodes", "cps", (total("weft_publications_forwarded_total", where=NODE), "publications"),
              (total("weft_calls_rerouted_total", where=NODE), "calls rerouted"))),
    row("Process",
        graph("Heap", "bytes", (f'sum by (instance) (jvm_memory_used_bytes{{{NODE}, area="heap"}})', "{{instance}}, used"),
              (f"sum by (instance) (jvm_gc_live_data_size_bytes{{{NODE}}})", "{{instance}}, live"),
              (f"sum by (instance) (jvm_gc_max_data_size_bytes{{{NODE}}})", "{{instance}}, limit")),
        graph("Direct buffers", "bytes", (f"sum by (instance, id) (jvm_buffer_memory_used_bytes{{{NODE}}})", "{{instance}} {{id}}")),
        graph("Garbage collection", "percentunit", (f"sum by (instance, gc) (rate(jvm_gc_pause_seconds_sum{{{NODE}}}{WINDOW}))", "{{instance}} {{gc}}")),
        graph("Threads", "short", (f"sum by (instance) (jvm_threads_live_threads{{{NODE}}})", "{{instance}}")),
        graph("Open files", "short", (f"process_files_open_files{{{NODE}}}", "{{instance}}"), (f"process_files_max_files{{{NODE}}}", "{{instance}}, limit")),
        table("Build", f"weft_build_info{{{NODE}}}", width=8)),
]

CLUSTER = [
    row("Now",
        stat("Members, at least", gauge("weft_cluster_members", how="min"), low=1),
        stat("Members, at most", gauge("weft_cluster_members", how="max"), help="Other than the least: a split."),
        stat("Links not up", f"sum (1 - weft_link_up{{{JOB}}})", high=1),
        stat("Not synced", f"sum (1 - weft_cluster_synced{{{JOB}}})", high=1),
        stat("Differences ever", gauge("weft_table_differences_total"), high=1),
        stat("Dropped ever", gauge("weft_link_dropped_total"), high=1)),
    row("Links",
        graph("Up", "short", (gauge("weft_link_up", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Round trip", "s", (gauge("weft_link_round_trip_seconds", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Bytes sent", "Bps", (total("weft_link_sent_bytes_total", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Frames sent", "cps", (total("weft_link_frames_sent_total", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Waiting to be sent, of the limit", "percentunit",
              (f"weft_link_queue_bytes{{{JOB}}} / ignoring (peer) group_left weft_link_queue_max_bytes{{{JOB}}}", "{{instance}} to {{peer}}"),
              help="From a quarter on, clients that feed the link are not read from."),
        graph("Kept for a replay, of the window", "percentunit",
              (f"weft_link_replay_bytes{{{JOB}}} / ignoring (peer) group_left weft_link_replay_max_bytes{{{JOB}}}", "{{instance}} to {{peer}}"),
              help="At 100 % nothing is sent until an acknowledgement comes."),
        graph("Frames not acknowledged", "short", (gauge("weft_link_frames_unacknowledged", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Down, by reason", "cps", (total("weft_link_downs_total", "reason") + " > 0", "{{reason}}")),
        graph("Resumed, refused, rejected", "cps", (total("weft_link_resumes_total"), "resumed"),
              (total("weft_link_resumptions_refused_total"), "resumption refused"), (total("weft_link_rejects_total"), "rejected"))),
    row("Tables",
        graph("What each node knows", "short", (gauge("weft_table_entries", "instance, table"), "{{instance}} {{table}}"),
              help="The same on all nodes, but for what is under way."),
        graph("Comparisons", "cps", (total("weft_table_audits_total", "against"), "with {{against}}")),
        graph("Differences and repairs", "short", (f"sum by (instance, against) (increase(weft_table_differences_total{{{JOB}}}[1h]))", "{{instance}} and {{against}}, found"),
              (f"sum by (instance, against) (increase(weft_table_repairs_total{{{JOB}}}[1h]))", "{{instance}} and {{against}}, mended"),
              help="In the last hour. Any is a fault."),
        graph("Conflicts, revocations, renewals", "short", (gauge("weft_table_conflicts_total"), "conflicts"),
              (gauge("weft_table_revocations_total"), "revocations"), (gauge("weft_table_renewals_total"), "renewals")),
        graph("Fences and purges", "short", (gauge("weft_table_fences_total"), "links fenced"), (gauge("weft_table_purges_total"), "purges")),
        graph("Term", "short", (gauge("weft_cluster_term", "instance"), "{{instance}}"))),
]

DASHBOARDS = {
    "weft-overview": ("Weft: overview", OVERVIEW, variables(REALMS)),
    "weft-node": ("Weft: node", NODE_ROWS, variables(NODES)),
    "weft-cluster": ("Weft: cluster and links", CLUSTER, variables()),
}


def laid_out(rows):
    panels, y = [], 0
    for title, members in rows:
        panels.append({"type": "row", "title": title, "collapsed": False, "gridPos": {"x": 0, "y": y, "w": 24, "h": 1}, "panels": []})
        y += 1
        x = 0
        for spec in members:
            panel = dict(spec)
            width, height = panel.pop("width"), panel.pop("height")
            instant = panel.pop("instant", False)
            if x + width > 24:
                x, y = 0, y + height
            panel["gridPos"] = {"x": x, "y": y, "w": width, "h": height}
            panel["datasource"] = SOURCE
            panel["targets"] = [
                {"refId": chr(ord("A") + i), "expr": expression, "legendFormat": legend or "__auto", "datasource": SOURCE,
                 "instant": instant, "range": not instant, "format": "table" if instant else "time_series"}
                for i, (expression, legend) in enumerate(panel["targets"])]
            panels.append(panel)
            x += width
        y += max(spec["height"] for spec in members)
    for number, panel in enumerate(panels, 1):
        panel["id"] = number
    return panels


def rendered(name):
    title, rows, templating = DASHBOARDS[name]
    board = {
        "uid": name, "title": title, "tags": ["weft"], "schemaVersion": 38, "version": 1, "editable": True, "graphTooltip": 1,
        "timezone": "browser", "refresh": "30s", "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": templating}, "annotations": {"list": []},
        "links": [{"type": "dashboards", "tags": ["weft"], "title": "Weft", "asDropdown": True, "includeVars": True, "keepTime": True}],
        "panels": laid_out(rows),
    }
    return json.dumps(board, indent=1) + "\n"


def main():
    stale = []
    for name in DASHBOARDS:
        path = DIRECTORY / f"{name}.json"
        text = rendered(name)
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != text:
                stale.append(path.name)
        else:
            DIRECTORY.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run load-tests/observability/dashboards.py")


if __name__ == "__main__":
    main()
