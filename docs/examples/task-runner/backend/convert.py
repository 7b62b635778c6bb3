"""Converts CSV on standard input; progress goes to standard error as lines of JSON, the result to standard output.

    python3 convert.py json|markdown|statistics [--rows-per-second N] < in.csv > out

Exit status 1 with a last line {"error": "..."} if the input is not what it should be.
"""

import argparse
import csv
import io
import json
import statistics
import sys
import time

PROGRESS_SECONDS = 0.1


class Unusable(Exception):
    """The input is not a table."""


def tell(**what):
    print(json.dumps(what), file=sys.stderr, flush=True)


def number(text):
    """The text as a number, or None."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None


def read(text, rows_per_second):
    """The header, and the rows one after another; tells the progress on the way."""
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, None)
    if not header:
        raise Unusable("the input is empty")
    total = max(1, text.count("\n") - (0 if text.endswith("\n") else -1) - 1)

    def rows():
        started = told = time.monotonic()
        count = 0
        for count, row in enumerate(lines, 1):
            if len(row) != len(header):
                raise Unusable(f"line {lines.line_num} has {len(row)} fields, the header has {len(header)}")
            yield dict(zip(header, row))
            if rows_per_second:
                time.sleep(max(0.0, started + count / rows_per_second - time.monotonic()))
            if time.monotonic() - told >= PROGRESS_SECONDS:
                told = time.monotonic()
                tell(rows=count, total=max(total, count))
        tell(rows=count, total=count)

    return header, rows()


def to_json(header, rows):
    def typed(text):
        value = number(text)
        return text if value is None else value

    table = [{name: typed(value) for name, value in row.items()} for row in rows]
    return json.dumps(table, indent=1, ensure_ascii=False)


def to_markdown(header, rows):
    def line(values):
        return "| " + " | ".join(value.replace("|", "\\|").replace("\n", " ") for value in values) + " |"

    return "\n".join([line(header), line("---" for _ in header)] + [line(row.values()) for row in rows])


def to_statistics(header, rows):
    columns = {name: [] for name in header}
    for row in rows:
        for name, value in row.items():
            columns[name].append(value)
    result = {}
    for name, values in columns.items():
        numbers = [value for value in map(number, values) if value is not None]
        if values and len(numbers) == len(values):
            result[name] = {
                "min": min(numbers),
                "max": max(numbers),
                "mean": round(statistics.fmean(numbers), 3),
                "median": round(statistics.median(numbers), 3),
            }
        else:
            result[name] = {"values": len(values), "distinct": len(set(values))}
    return json.dumps(result, indent=1, ensure_ascii=False)


CONVERSIONS = {"json": to_json, "markdown": to_markdown, "statistics": to_statistics}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conversion", choices=CONVERSIONS)
    parser.add_argument("--rows-per-second", type=float, default=0)
    options = parser.parse_args()
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
        header, rows = read(text, options.rows_per_second)
        result = CONVERSIONS[options.conversion](header, rows)
    except (Unusable, csv.Error, UnicodeDecodeError) as failure:
        tell(error=str(failure))
        return 1
    sys.stdout.buffer.write(result.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
