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


def count(metric, by="", where=JOB):
    """How often something that is rare happened, for a graph with a bar for each time."""
    return f"sum{by and f' by ({by})'} (increase({metric}{{{where}}}{WINDOW}))"


def steps(low=None, high=None, warn=None):
    """Red below low or from high on, yellow from warn on."""
    start = [{"color": "green", "value": None}]
    if low is not None:
        start = [{"color": "red", "value": None}, {"color": "green", "value": low}]
    return start + [{"color": colour, "value": value} for colour, value in (("yellow", warn), ("red", high)) if value is not None]


def stat(title, expression, unit="short", width=4, help="", **limits):
    """One figure."""
    return {
        "type": "stat", "title": title, "description": help, "width": width, "height": 4,
        "targets": [(expression, "")],
        "fieldConfig": {"defaults": {"unit": unit, "thresholds": {"mode": "absolute", "steps": steps(**limits)}}, "overrides": []},
        "options": {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value", "graphMode": "area"},
    }


def graph(title, unit, *targets, width=8, help="", stacked=False, at_least=None):
    """Lines over time; the axis goes from 0 to at_least at least, so that next to nothing looks like that."""
    custom = {"lineWidth": 1, "fillOpacity": 10, "showPoints": "never", "stacking": {"mode": "normal" if stacked else "none"}}
    if at_least is not None:
        custom["axisSoftMax"] = at_least
    return {
        "type": "timeseries", "title": title, "description": help, "width": width, "height": 8,
        "targets": list(targets),
        "fieldConfig": {"defaults": {"unit": unit, "min": 0, "custom": custom}, "overrides": []},
        "options": {"legend": {"displayMode": "table", "placement": "bottom", "calcs": ["lastNotNull", "max"]},
                    "tooltip": {"mode": "multi", "sort": "desc"}},
    }


def timeline(title, expression, legend, width=8, help=""):
    """When something was up (1) and when down (0), a line for each."""
    names = {"0": {"text": "down", "color": "red", "index": 0}, "1": {"text": "up", "color": "green", "index": 1}}
    return {
        "type": "state-timeline", "title": title, "description": help, "width": width, "height": 8,
        "targets": [(expression, legend)],
        "fieldConfig": {"defaults": {"mappings": [{"type": "value", "options": names}], "color": {"mode": "thresholds"},
                                     "thresholds": {"mode": "absolute", "steps": steps(low=1)},
                                     "custom": {"fillOpacity": 70, "lineWidth": 0}}, "overrides": []},
        "options": {"mergeValues": True, "showValue": "never", "rowHeight": 0.8, "legend": {"displayMode": "list", "placement": "bottom"}},
    }


def table(title, expression, columns, sorted_by="", width=8, help=""):
    """What an expression gives at the end of the time shown; columns are labels, or Value, and what they are called."""
    hidden = {"Time": True, "__name__": True} | {label: True for label in ("namespace", "job") if label not in columns}
    return {
        "type": "table", "title": title, "description": help, "width": width, "height": 8,
        "targets": [(expression, "")], "instant": True,
        "fieldConfig": {"defaults": {"unit": "short"}, "overrides": []},
        "options": {"sortBy": [{"displayName": sorted_by, "desc": False}] if sorted_by else []},
        "transformations": [{"id": "organize", "options": {
            "excludeByName": {**hidden, **({} if "Value" in columns else {"Value": True})},
            "indexByName": {label: index for index, label in enumerate(columns)}, "renameByName": columns}}],
    }


def text(title, content, width=8):
    return {"type": "text", "title": title, "width": width, "height": 8, "targets": [],
            "options": {"mode": "markdown", "content": content}}


def row(title, *panels):
    return title, panels


def variable(name, query, label, everything=".*"):
    return {
        "name": name, "label": label, "type": "query", "datasource": SOURCE, "query": {"query": query, "refId": name},
        "refresh": 2, "sort": 1, "multi": True, "includeAll": True, "allValue": everything,
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }


def variables(*more):
    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},
        variable("namespace", "label_values(weft_build_info, namespace)", "Namespace"),
        # All are those of Weft: other Java processes have metrics of the same names.
        variable("job", 'label_values(weft_build_info{namespace=~"$namespace"}, job)', "Job", everything=None),
        *more,
    ]


REALMS = variable("realm", "label_values(weft_sessions{%s}, realm)" % JOB, "Realm")
NODES = variable("node", "label_values(weft_build_info{%s}, instance)" % JOB, "Node")

ALERTS = 'ALERTS{namespace=~"$namespace", alertname=~"Weft.*", alertstate="firing"}'
SLOW = JOB + ', reason="slow-consumer"'
WHO = """A node knows who. Ask the one that stands out here; `NODE` is its admin address:

`weft top --admin NODE` shows the clients for whom most waits.

`curl NODE/connz?pace=stalled` who reads nothing now.

`curl NODE/connz?pace=behind` who reads too slowly.

`curl NODE/closedz?reason=slow-consumer` who was closed, when, and what waited.

What to do: the section of the alert in docs/runbooks.md."""


def in_this_time(metric, by, where=JOB):
    """What was counted in the time that the dashboard shows, most first."""
    return f"sort_desc(round(sum by ({by}) (increase({metric}{{{where}}}[$__range]))) > 0)"


def counted(metric, where=JOB):
    """The same, all together."""
    return f"round(sum(increase({metric}{{{where}}}[$__range])))"


def share(part, whole, where):
    return f"{part}{{{where}}} / {whole}{{{where}}}"


def heap_used(where):
    used = f'sum by (instance) (jvm_memory_used_bytes{{{where}, area="heap"}})'
    return f"{used} / sum by (instance) (jvm_gc_max_data_size_bytes{{{where}}})"


def cpus(where):
    return graph("CPUs used", "short", (f"process_cpu_usage{{{where}}} * on (job, instance) system_cpu_count{{{where}}}", "{{instance}}"), at_least=1)


def collections(where):
    return graph("Time in garbage collection", "percentunit",
                 (f"sum by (instance) (rate(jvm_gc_pause_seconds_sum{{{where}}}{WINDOW}))", "{{instance}}"), at_least=0.05)


OVERVIEW = [
    row("Is all well?",
        stat("Alerts that fire", f"count(count by (alertname) ({ALERTS})) or vector(0)", width=3, high=1),
        stat("Nodes down", f"count(up{{{JOB}}} == 0) or vector(0)", width=3, high=1),
        stat("Nodes not ready", f'count(weft_lifecycle_state{{{JOB}, state="ready"}} == 0) or vector(0)', width=3, warn=1,
             help="They run, and serve nobody: they join, or take leave."),
        stat("Sessions", gauge("weft_sessions", where=REALM), width=3),
        stat("Messages in", total("weft_messages_received_total"), "cps", width=3),
        stat("Messages out", total("weft_messages_sent_total"), "cps", width=3),
        stat("Call, p99", quantile(0.99, "weft_call_duration_seconds", where=REALM), "s", width=3, warn=1),
        stat("Closed as too slow", counted("weft_connections_closed_total", SLOW), width=3, warn=1,
             help="Clients, in the time shown."),
        table("Which alerts fire?", f"count by (alertname, severity, instance) ({ALERTS})",
              {"severity": "Severity", "alertname": "Alert", "instance": "Node"}, sorted_by="Severity", width=12,
              help="Each has a section in docs/runbooks.md. Nothing here: none fires."),
        timeline("Which nodes were there?", f"up{{{JOB}}}", "{{instance}}", width=12)),
    row("Who is slow, who was closed, and why?",
        table("Why were clients closed, and where?", in_this_time("weft_connections_closed_total", "instance, reason"),
              {"Value": "Clients", "reason": "Reason", "instance": "Node"}, help="In the time shown. slow-consumer: too much waited for it."),
        graph("Clients closed, by reason", "cps", (total("weft_connections_closed_total", "reason") + " > 0", "{{reason}}")),
        text("Who exactly?", WHO),
        graph("What waits for slow clients", "bytes", (gauge("weft_outbound_queue_bytes", "instance"), "{{instance}}, all"),
              (gauge("weft_outbound_queue_max_bytes", "instance"), "{{instance}}, the slowest"), at_least=65_536,
              help="A client is closed at limits.outbound.hard-bytes."),
        graph("Clients that do not keep up", "short", (gauge("weft_stalled_connections", "instance"), "{{instance}}, something waits"),
              (gauge("weft_connections_behind", "instance, pace") + " > 0", "{{instance}}, {{pace}}"),
              help="behind: over limits.outbound.soft-bytes. stalled: and it reads nothing.", at_least=1),
        graph("How often were senders held back?", "cps", (total("weft_producer_holds_total"), "most receivers were behind"),
              (total("weft_producer_stalls_total"), "a loop or link was congested"), at_least=1)),
    row("Who comes, and who is not let in?",
        graph("Sessions, by node", "short", (gauge("weft_sessions", "instance", REALM), "{{instance}}"), stacked=True),
        graph("Sessions opened, by realm", "cps", (total("weft_sessions_opened_total", "realm", REALM), "{{realm}}")),
        graph("Clients that got no session, by reason", "cps", (total("weft_sessions_refused_total", "reason") + " > 0", "{{reason}}"), at_least=1),
        graph("Connections, by transport and serializer", "short",
              (gauge("weft_connections", "transport, serializer"), "{{transport}} {{serializer}}"), stacked=True),
        graph("From connection to WELCOME", "s",
              (quantile(0.5, "weft_handshake_duration_seconds"), "median"),
              (quantile(0.99, "weft_handshake_duration_seconds"), "p99")),
        graph("Requests that were not allowed", "cps", (total("weft_requests_denied_total", "action") + " > 0", "{{action}}"), at_least=1)),
    row("What goes through?",
        graph("Messages received, by type", "cps", (total("weft_messages_received_total", "type") + " > 0", "{{type}}")),
        graph("Messages sent, by type", "cps", (total("weft_messages_sent_total", "type") + " > 0", "{{type}}")),
        graph("Bytes", "Bps", (total("weft_received_bytes_total"), "received"), (total("weft_sent_bytes_total"), "sent")),
        graph("Publications", "cps", (total("weft_publications_total", "realm", REALM), "{{realm}}"),
              (total("weft_publications_unmatched_total", "realm", REALM) + " > 0", "{{realm}}, nobody subscribed")),
        graph("Events delivered", "cps", (total("weft_events_delivered_total", "realm", REALM), "{{realm}}")),
        graph("Receivers of a publication, on average", "short",
              (f'{total("weft_events_delivered_total", "realm", REALM)} / ({total("weft_publications_total", "realm", REALM)} > 0)', "{{realm}}"))),
    row("Are calls answered?",
        graph("Calls ended, by outcome", "cps", (total("weft_calls_total", "outcome", REALM) + " > 0", "{{outcome}}"), width=12),
        graph("From CALL to the last answer", "s",
              (quantile(0.5, "weft_call_duration_seconds", "realm", REALM), "{{realm}}, median"),
              (quantile(0.99, "weft_call_duration_seconds", "realm", REALM), "{{realm}}, p99"), width=12),
        graph("Calls, by where the callee is", "cps", (total("weft_calls_routed_total", "scope", REALM), "{{scope}}"), width=8,
              help="local: on the node of the caller. remote: on another one, over a link.", stacked=True),
        graph("From CALL to the last answer, p99, by where the callee is", "s",
              (quantile(0.99, "weft_call_duration_seconds", "scope", REALM), "{{scope}}"), width=8,
              help="none: the call ended before it went to a callee."),
        graph("In flight", "short", (gauge("weft_calls_in_flight", where=REALM), "calls, by the nodes of callers"),
              (gauge("weft_invocations_pending", where=REALM), "invocations, by the nodes of callees"), at_least=1, width=8)),
    row("Is the cluster whole?",
        graph("Members, as each node counts them", "short", (gauge("weft_cluster_members", "instance"), "{{instance}}")),
        graph("Links that are not up, by node", "short", (f"sum by (instance) (1 - weft_link_up{{{JOB}}})", "{{instance}}"), at_least=1),
        graph("Entries of the shared tables", "short", (gauge("weft_table_entries", "table", how="max"), "{{table}}"))),
    row("Have nodes enough?",
        cpus(JOB),
        graph("Heap used, of the limit", "percentunit",
              (heap_used(JOB), "{{instance}}"), at_least=1),
        collections(JOB)),
]

NODE_ROWS = [
    row("Is it well?",
        stat("Nodes not ready", f'count(weft_lifecycle_state{{{NODE}, state="ready"}} == 0) or vector(0)', high=1),
        stat("Sessions", gauge("weft_sessions", where=NODE)),
        stat("Connections", gauge("weft_connections", where=NODE)),
        stat("Messages in", total("weft_messages_received_total", where=NODE), "cps"),
        stat("Messages out", total("weft_messages_sent_total", where=NODE), "cps"),
        stat("Up for", f"min (process_uptime_seconds{{{NODE}}})", "s", help="Of several, the one that started last.")),
    row("Do its event loops keep up?",
        graph("Lag of event loops, p99", "s", (quantile(0.99, "weft_eventloop_lag_seconds", "instance, loop", NODE), "{{instance}} loop {{loop}}"),
              help="How late they came to what was due. Above 100 ms something holds them up."),
        graph("Waiting from other loops and links", "bytes", (gauge("weft_eventloop_queue_bytes", "instance, loop", NODE), "{{instance}} loop {{loop}}"),
              help="From 2 MiB on, clients that feed the loop are not read from.", at_least=65_536),
        cpus(NODE)),
    row("Who is slow, who was closed, and why?",
        table("Why were clients closed?", in_this_time("weft_connections_closed_total", "instance, reason", NODE),
              {"Value": "Clients", "reason": "Reason", "instance": "Node"}, help="In the time shown."),
        graph("Clients closed, by reason", "cps", (total("weft_connections_closed_total", "reason", NODE) + " > 0", "{{reason}}")),
        text("Who exactly?", WHO),
        graph("What waits for slow clients", "bytes", (gauge("weft_outbound_queue_bytes", "instance", NODE), "{{instance}}, all"),
              (gauge("weft_outbound_queue_max_bytes", "instance", NODE), "{{instance}}, the slowest"), at_least=65_536),
        graph("Lost with clients that were closed", "Bps", (total("weft_undelivered_bytes_total", "instance", NODE), "{{instance}}"),
              help="What waited for them when they were closed."),
        graph("How often were senders held back?", "cps", (total("weft_producer_holds_total", where=NODE), "most receivers were behind"),
              (total("weft_producer_stalls_total", where=NODE), "a loop or link was congested"), at_least=1)),
    row("Who comes?",
        graph("Connections of each listener, of its limit", "percentunit",
              (share("weft_listener_connections", "weft_listener_connections_max", NODE), "{{instance}} {{listener}}"), at_least=0.01),
        graph("Connections opened", "cps", (total("weft_connections_opened_total", "transport, serializer", NODE), "{{transport}} {{serializer}}")),
        graph("How long sessions lasted, median", "s", (quantile(0.5, "weft_session_duration_seconds", "realm", NODE), "{{realm}}"),
              help="Of those that ended.")),
    row("What goes through?",
        graph("Messages received, by type", "cps", (total("weft_messages_received_total", "type", NODE) + " > 0", "{{type}}")),
        graph("Messages sent, by type", "cps", (total("weft_messages_sent_total", "type", NODE) + " > 0", "{{type}}")),
        graph("Bytes", "Bps", (total("weft_received_bytes_total", where=NODE), "received"), (total("weft_sent_bytes_total", where=NODE), "sent")),
        graph("Events", "cps", (total("weft_events_delivered_total", where=NODE), "delivered"),
              (total("weft_events_withheld_total", where=NODE), "withheld"),
              help="Withheld: from the publisher itself, or by eligible and exclude."),
        graph("Publications", "cps", (total("weft_publications_total", "realm", NODE), "{{realm}}")),
        graph("Sent on to other loops and nodes", "cps", (total("weft_publications_forwarded_total", where=NODE), "publications"),
              (total("weft_calls_routed_total", where=NODE + ', scope="remote"'), "calls to other nodes"),
              (total("weft_calls_rerouted_total", where=NODE), "calls whose callee was gone"))),
    row("Are calls answered?",
        graph("Calls ended, by outcome", "cps", (total("weft_calls_total", "outcome", NODE) + " > 0", "{{outcome}}")),
        graph("From CALL to the last answer, p99", "s", (quantile(0.99, "weft_call_duration_seconds", "realm", NODE), "{{realm}}")),
        graph("In flight", "short", (gauge("weft_calls_in_flight", "instance", NODE), "{{instance}}, calls"),
              (gauge("weft_invocations_pending", "instance", NODE), "{{instance}}, invocations"), at_least=1)),
    row("Has it enough?",
        graph("Heap, of the limit", "percentunit",
              (heap_used(NODE), "{{instance}}, used"),
              (share("jvm_gc_live_data_size_bytes", "jvm_gc_max_data_size_bytes", NODE), "{{instance}}, live"),
              help="Live: after the last collection of all generations; 0 before the first.", at_least=1),
        graph("Direct buffers", "bytes", (f'sum by (instance) (jvm_buffer_memory_used_bytes{{{NODE}, id="direct"}})', "{{instance}}")),
        collections(NODE),
        graph("Open files, of the limit", "percentunit",
              (share("process_files_open_files", "process_files_max_files", NODE), "{{instance}}"), at_least=0.05),
        graph("Days until a certificate ends", "short",
              (f"(weft_tls_certificate_expiry_seconds{{{NODE}}} - time()) / 86400", "{{instance}} {{place}}")),
        table("What runs?", f"weft_build_info{{{NODE}}}", {"instance": "Node", "version": "Weft", "java": "Java"})),
]

CLUSTER = [
    row("Is the cluster whole?",
        stat("Members, at least", gauge("weft_cluster_members", how="min"), low=1),
        stat("Members that some do not count", f"max (weft_cluster_members{{{JOB}}}) - min (weft_cluster_members{{{JOB}}})", high=1,
             help="The difference between nodes that count most and fewest members: a split, or one that just came or went."),
        stat("Links not up", f"sum (1 - weft_link_up{{{JOB}}})", high=1),
        stat("Nodes not synced", f"sum (1 - weft_cluster_synced{{{JOB}}})", high=1),
        stat("Differences of tables", counted("weft_table_differences_total"), high=1, help="Found in the time shown. Any is a fault."),
        stat("Messages dropped", counted("weft_link_dropped_total"), warn=1,
             help="In the time shown, because a link was down or went down."),
        timeline("Which nodes were there?", f"up{{{JOB}}}", "{{instance}}"),
        timeline("Which links were up?", gauge("weft_link_up", "instance, peer"), "{{instance}} to {{peer}}"),
        graph("Members, as each node counts them", "short", (gauge("weft_cluster_members", "instance"), "{{instance}}"))),
    row("Are links fast, and how much goes over them?",
        graph("Round trip", "s", (gauge("weft_link_round_trip_seconds", "instance, peer"), "{{instance}} to {{peer}}"),
              (quantile(0.99, "weft_link_rtt_seconds"), "all links, p99"),
              help="Of each link the last heartbeat; p99: of all heartbeats, so that what is slow between two looks is seen, too."),
        graph("Bytes sent", "Bps", (total("weft_link_sent_bytes_total", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Frames sent", "cps", (total("weft_link_frames_sent_total", "instance, peer"), "{{instance}} to {{peer}}")),
        graph("Waiting to be sent, of the limit", "percentunit",
              (f"weft_link_queue_bytes{{{JOB}}} / ignoring (peer) group_left weft_link_queue_max_bytes{{{JOB}}}", "{{instance}} to {{peer}}"),
              help="From 25 % on, clients that feed the link are not read from.", at_least=0.25),
        graph("Kept for a replay, of the window", "percentunit",
              (f"weft_link_replay_bytes{{{JOB}}} / ignoring (peer) group_left weft_link_replay_max_bytes{{{JOB}}}", "{{instance}} to {{peer}}"),
              help="At 100 % nothing is sent until an acknowledgement comes.", at_least=1),
        graph("Frames not acknowledged", "short", (gauge("weft_link_frames_unacknowledged", "instance, peer"), "{{instance}} to {{peer}}"))),
    row("Do links break?",
        graph("Links that went down, by reason", "short", (count("weft_link_downs_total", "reason") + " > 0", "{{reason}}"), at_least=1, width=12),
        graph("Links resumed, refused or ended", "short", (count("weft_link_resumes_total"), "resumed over another connection"),
              (count("weft_link_resumptions_refused_total"), "could not be resumed: a new link"),
              (count("weft_link_rejects_total"), "handshake rejected"),
              (count("weft_table_fences_total"), "ended: a change was not acknowledged in time"), at_least=1, width=12)),
    row("Do all nodes know the same?",
        graph("Entries that each node knows", "short", (gauge("weft_table_entries", "instance, table"), "{{instance}} {{table}}"),
              help="The same on all nodes, but for what is under way."),
        graph("Comparisons of tables", "cps", (total("weft_table_audits_total", "against"), "with {{against}}")),
        graph("Differences found and mended", "short", (count("weft_table_differences_total", "against"), "with {{against}}, found"),
              (count("weft_table_repairs_total", "against"), "with {{against}}, mended"), at_least=1, help="Any is a fault."),
        graph("Entries in dispute", "short", (count("weft_table_conflicts_total"), "two nodes had one that excludes the other"),
              (count("weft_table_revocations_total"), "taken from a session"), (count("weft_table_renewals_total"), "asserted again"), at_least=1),
        graph("Entries of dead nodes removed", "short", (count("weft_table_purges_total", "instance"), "by {{instance}}"),
              at_least=1),
        graph("Term of the membership", "short", (gauge("weft_cluster_term", "instance"), "{{instance}}"),
              help="One more with each change; the same on all nodes.")),
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
        x = line = 0
        for spec in members:
            panel = dict(spec)
            width, height = panel.pop("width"), panel.pop("height")
            instant = panel.pop("instant", False)
            if x + width > 24:
                x, y = 0, y + line
            line = height
            panel["gridPos"] = {"x": x, "y": y, "w": width, "h": height}
            if panel["targets"]:
                panel["datasource"] = SOURCE
            panel["targets"] = [
                {"refId": chr(ord("A") + i), "expr": expression, "legendFormat": legend or "__auto", "datasource": SOURCE,
                 "instant": instant, "range": not instant, "format": "table" if instant else "time_series"}
                for i, (expression, legend) in enumerate(panel["targets"])]
            panels.append(panel)
            x += width
        y += line
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
