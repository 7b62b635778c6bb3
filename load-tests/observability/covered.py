#!/usr/bin/env python3
"""Says which alert has no case that fires, none that does not, or no runbook; and which runbook has no alert."""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main():
    alerts = set(re.findall(r"- alert: (\w+)", (ROOT / "helm/weft/files/alerts.yaml").read_text()))
    fires, silent = set(), set()
    for case in (HERE / "alerts_test.yaml").read_text().split("  - name: ")[1:]:
        alert = re.search(r"alertname: (\w+)", case).group(1)
        (silent if "exp_alerts: []" in case else fires).add(alert)
    runbooks = set(re.findall(r"^## (Weft\w+)$", (ROOT / "docs/runbooks.md").read_text(), re.MULTILINE))
    faults = [f"{alert} has no case in which it fires" for alert in alerts - fires]
    faults += [f"{alert} has no case in which it does not fire" for alert in alerts - silent]
    faults += [f"{alert} is not in docs/runbooks.md" for alert in alerts - runbooks]
    faults += [f"docs/runbooks.md tells of {alert}, which does not exist" for alert in runbooks - alerts]
    sys.exit("\n".join(sorted(faults)) or 0)


if __name__ == "__main__":
    main()
