"""The dashboards as Grafana reads them: variables expanded, every target asked over a time, legends filled in.

What cannot be drawn, or cannot be read when it is, is a fault.
"""

import json
import math
import pathlib
import re

DASHBOARDS = pathlib.Path(__file__).resolve().parents[2] / "helm/weft/files/dashboards"
TYPES = {"row", "stat", "timeseries", "state-timeline", "table", "text"}
UNITS = {"short", "none", "s", "bytes", "Bps", "cps", "percentunit"}
MOST_SERIES = 30
# Grafana asks for a point for each pixel, about, and for no rate over fewer than four scrapes.
POINTS, SCRAPES_OF_A_RATE = 500, 4


def dashboards():
    return [Dashboard(json.loads(path.read_text())) for path in sorted(DASHBOARDS.glob("*.json"))]


def legend(form, labels):
    """The name of a series, and the labels that it wants and that the series has not."""
    wanted = re.findall(r"\{\{\s*(\w+)\s*\}\}", form)
    name = re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda found: labels.get(found[1], ""), form)
    return name, [label for label in wanted if not labels.get(label)]


def number(text):
    """What Prometheus says; None for what Grafana draws nothing for."""
    value = float(text)
    return value if math.isfinite(value) else None


class Dashboard:
    def __init__(self, board):
        self.name = board["uid"]
        self.title = board["title"]
        self._variables = [one for one in board["templating"]["list"] if one["type"] == "query"]
        self._panels = board["panels"]

    def ask(self, prometheus, start, end, scrape_seconds):
        """The panels with what there is to draw, and the faults that were found."""
        step = max(scrape_seconds, math.ceil((end - start) / POINTS))
        expand = Expansion(start, end, step, scrape_seconds)
        faults = self._expand_variables(prometheus, expand)
        drawn = [Panel(panel, expand).ask(prometheus) for panel in self._panels]
        faults += [fault for panel in drawn for fault in panel.pop("faults")]
        return drawn, [f"{self.name}: {fault}" for fault in faults]

    def _expand_variables(self, prometheus, expand):
        """Chooses All of each, and sees that there is something to choose."""
        faults = []
        for variable in self._variables:
            found = re.fullmatch(r"label_values\((.+), (\w+)\)", variable["query"]["query"])
            if not found:
                faults.append(f"the query of ${variable['name']} is none that is known here: {variable['query']['query']}")
                continue
            values = prometheus.ask(f"label/{found[2]}/values", **{"match[]": expand(found[1])})
            if not values:
                faults.append(f"${variable['name']} has nothing to choose from")
            expand.choose(variable["name"], variable["allValue"] or f"({'|'.join(map(re.escape, values))})")
        return faults


class Expansion:
    """The text of a query with every variable as Grafana would fill it in."""

    def __init__(self, start, end, step, scrape_seconds):
        self.start, self.end, self.step = start, end, step
        self._values = {
            "__rate_interval": f"{max(step + scrape_seconds, SCRAPES_OF_A_RATE * scrape_seconds)}s",
            "__interval": f"{step}s",
            "__range": f"{math.ceil(end - start)}s",
        }

    def choose(self, name, value):
        self._values[name] = value

    def __call__(self, text):
        return re.sub(r"\$(\w+)", lambda found: self._values.get(found[1], found[0]), text)


class Panel:
    def __init__(self, panel, expand):
        self._panel = panel
        self._expand = expand
        self._faults = []

    def ask(self, prometheus):
        panel, kind = self._panel, self._panel["type"]
        if kind not in TYPES:
            self._fault(f"the type {kind} is none that can be drawn here")
        defaults = panel.get("fieldConfig", {}).get("defaults", {})
        if defaults.get("unit", "none") not in UNITS:
            self._fault(f"the unit {defaults['unit']} is none that can be drawn here")
        custom = defaults.get("custom", {})
        drawn = {
            "type": kind, "title": panel.get("title", ""), "help": panel.get("description", ""), "grid": panel["gridPos"],
            "unit": defaults.get("unit", "none"), "least": defaults.get("min"), "soft_most": custom.get("axisSoftMax"),
            "steps": defaults.get("thresholds", {}).get("steps", []), "faults": self._faults,
            "stacked": custom.get("stacking", {}).get("mode") == "normal",
            "text": panel.get("options", {}).get("content", ""), "start": self._expand.start, "end": self._expand.end,
            "step": self._expand.step,
        }
        targets = panel.get("targets", [])
        drawn["expressions"] = [self._expand(target["expr"]) for target in targets]
        if kind not in ("row", "text") and not targets:
            self._fault("it asks for nothing")
        if kind == "table":
            rows = [row for expression in drawn["expressions"] for row in self._rows(prometheus, expression)]
            drawn["columns"] = self._columns(rows)
            drawn["rows"] = self._sorted(rows, drawn["columns"])
        else:
            drawn["series"] = [one for target, expression in zip(targets, drawn["expressions"])
                               for one in self._series(prometheus, expression, target["legendFormat"])]
            self._judge(drawn["series"], kind)
        return drawn

    def _fault(self, what):
        self._faults.append(f"{self._panel.get('title') or self._panel['type']!r}: {what}")

    def _series(self, prometheus, expression, form):
        expand = self._expand
        answer = prometheus.ask("query_range", query=expression, start=expand.start, end=expand.end, step=expand.step)["result"]
        series = []
        for one in answer:
            points = [(float(at), number(value)) for at, value in one["values"]]
            if all(value is None for _, value in points):
                continue
            name, missing = legend(form, one["metric"])
            if missing:
                self._fault(f"the legend {form} wants {missing}, which {one['metric']} has not")
            series.append({"name": name, "points": points})
        if not series:
            self._fault(f"nothing to see: {expression}")
        return series

    def _judge(self, series, kind):
        names = [one["name"] for one in series]
        if kind == "stat" and len(names) > 1:
            self._fault(f"one figure, and {len(names)} series")
        if len(names) > MOST_SERIES:
            self._fault(f"{len(names)} series are more than can be read")
        for name in sorted({name for name in names if names.count(name) > 1}):
            self._fault(f"{names.count(name)} series have the name {name!r}")

    def _rows(self, prometheus, expression):
        answer = prometheus.ask("query", query=expression, time=self._expand.end)["result"]
        if not answer:
            self._fault(f"nothing to see: {expression}")
        if len(answer) > MOST_SERIES:
            self._fault(f"{len(answer)} rows are more than can be read")
        return [{**one["metric"], "Value": number(one["value"][1])} for one in answer]

    def _sorted(self, rows, columns):
        for by in self._panel.get("options", {}).get("sortBy", []):
            keys = [column["key"] for column in columns if column["name"] == by["displayName"]]
            if not keys:
                self._fault(f"sorted by {by['displayName']}, which is no column")
            rows = sorted(rows, key=lambda row: [row.get(key, "") for key in keys], reverse=by["desc"])
        return rows

    def _columns(self, rows):
        """As the transformation has them: those not excluded, in its order and by its names."""
        options = {}
        for transformation in self._panel.get("transformations", []):
            if transformation["id"] != "organize":
                self._fault(f"the transformation {transformation['id']} is none that is known here")
            options = transformation["options"]
        hidden = {name for name, is_hidden in options.get("excludeByName", {}).items() if is_hidden}
        order = options.get("indexByName", {})
        names = {name for row in rows for name in row} - hidden
        return [{"key": name, "name": options.get("renameByName", {}).get(name, name)}
                for name in sorted(names, key=lambda name: (order.get(name, len(order)), name == "Value", name))]
