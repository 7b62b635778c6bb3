"""docs/performance/tuning.md: one section for each group, written anew when the group is measured, others stay."""

import re
import statistics

HEAD = """<!-- Written by load-tests/tuning/measure; only what stands between the marks of the preface is written by hand. -->
# Tuning: flags, TLS, transports

<!-- preface -->
<!-- /preface -->

Nodes of all variants of a group run side by side, idle but for the one that is measured. Each round puts the same load on each of them, every other round
in reverse order. Shown are the median of all rounds and the range from the least to the most. *Ratio* divides the CPU time by that of the first variant in
the same round: what disturbs the machine for a while disturbs both. CPU time is user and system of the node's process, from `/proc`, for each round
trip or each event at one subscriber; p99 is the load tool's ([load testing](../load-testing.md)), and closed loops say little by it. Memory is resident.
"""


def spread(values, form="{:.2f}"):
    """Median (least to most)."""
    low, high = form.format(min(values)), form.format(max(values))
    middle = form.format(statistics.median(values))
    return middle if low == high else f"{middle} ({low} to {high})"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def ratios(results, first):
    return [each["cpu"] / base["cpu"] for each, base in zip(results, first)]


def load_table(group, load, results):
    """results: by variant, a list with what each round said."""
    first = results[group.variants[0].name]
    header = ["", "CPU µs", "ratio", "p99 µs", "per second", "octets on the wire", "longest pause, ms", "paused, ms/s", "memory, MiB"]
    rows = []
    for variant in group.variants:
        found = results.get(variant.name)
        if not found:
            continue
        column = {key: [each[key] for each in found] for key in found[0]}
        rows.append(
            [
                variant.name + (" (the tool was the limit)" if any(column["limit"]) else ""),
                spread(column["cpu"]),
                spread(ratios(found, first)),
                spread(column["p99"], "{:,.0f}"),
                spread(column["rate"], "{:,.0f}"),
                f"{statistics.median(column['wire']):,.0f}",
                f"{max(column['pause']):.1f}",
                f"{statistics.median(column['paused']):.2f}",
                f"{statistics.median(column['rss']):.0f}",
            ]
        )
    return f"### {load.name}\n\n{table(header, rows)}\n"


def idle_table(group, sessions, idle):
    rows = [
        [variant.name, f"{idle[variant.name]['rss']:.0f}", f"{idle[variant.name]['session'] / 1024:.1f}"]
        for variant in group.variants
        if variant.name in idle
    ]
    return (
        f"### {sessions:,} idle sessions with one subscription each, on a fresh node\n\n"
        "Measured once, when all have joined; what the collector gives back after minutes is still there.\n\n"
        f"{table(['', 'memory, MiB', 'KiB for each session'], rows)}\n"
    )


def handshake_table(results):
    first = next(iter(results.values()))
    rows = [
        [
            name,
            spread(found, "{:,.0f}"),
            spread([1e6 / each for each in found], "{:,.0f}"),
            spread([each / base for each, base in zip(found, first)]),
        ]
        for name, found in results.items()
    ]
    header = ["", "CPU µs each", "handshakes per second of a processor", "ratio"]
    return f"### Connections with a whole TLS 1.3 handshake\n\nNone resumes an earlier session.\n\n{table(header, rows)}\n"


def section(group, conditions, results):
    parts = [f"## {group.name}\n", f"{group.about}\n", f"{conditions}\n"]
    parts += [f"{note}\n" for note in (*group.notes, *results["notes"])]
    parts += [load_table(group, load, results["loads"][load.name]) for load in group.loads]
    if results["handshakes"]:
        parts.append(handshake_table(results["handshakes"]))
    if results["idle"]:
        parts.append(idle_table(group, results["sessions"], results["idle"]))
    return "\n".join(parts)


def put(page, name, text):
    """Replaces the section of a group, or adds it."""
    begin, end = f"<!-- group {name} -->", f"<!-- /group {name} -->"
    marked = f"{begin}\n{text}{end}\n"
    before = page.read_text() if page.exists() else HEAD
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}\n", before, re.DOTALL)
    if found:
        page.write_text(before[: found.start()] + marked + before[found.end() :])
    else:
        page.write_text(f"{before}\n{marked}")
