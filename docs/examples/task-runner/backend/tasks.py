"""Tasks as child processes: queued, run two at a time, told about as they go on."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

CONVERTER = Path(__file__).with_name("convert.py")
AT_ONCE = 2
KEPT = 50
ENDED = ("done", "failed", "cancelled")


@dataclass
class Task:
    """One conversion and how far it is."""

    id: int
    name: str
    conversion: str
    text: str
    rows_per_second: float
    state: str = "queued"
    rows: int = 0
    total: int = 0
    error: str = ""
    result: str = ""
    submitted: float = field(default_factory=time.time)
    seconds: float = 0
    runner: asyncio.Task | None = None

    def summary(self):
        """What the page is told about it."""
        shown = ("id", "name", "conversion", "state", "rows", "total", "error", "submitted", "seconds")
        return {name: getattr(self, name) for name in shown} | {"size": len(self.result)}


class TaskRunner:
    """Runs tasks and calls `changed` with the task whenever something about one has changed."""

    def __init__(self, changed):
        self._changed = changed
        self._tasks = {}
        self._last = 0
        self._places = asyncio.Semaphore(AT_ONCE)

    def submit(self, name, conversion, text, rows_per_second):
        self._last += 1
        task = Task(self._last, name, conversion, text, rows_per_second)
        self._tasks[task.id] = task
        for old in [each for each in self._tasks.values() if each.state in ENDED][:-KEPT]:
            del self._tasks[old.id]
        task.runner = asyncio.create_task(self._run(task))
        return task

    def cancel(self, number):
        task = self._tasks[number]
        if task.state not in ENDED:
            task.runner.cancel()
        return task

    def get(self, number):
        return self._tasks[number]

    def all(self):
        return list(self._tasks.values())

    async def _run(self, task):
        self._changed(task)
        started = None
        try:
            async with self._places:
                started = time.monotonic()
                task.state = "running"
                self._changed(task)
                await self._convert(task)
        except asyncio.CancelledError:
            task.state = "cancelled"
        except Exception as failure:  # whatever it was, the task has failed and its submitter is told
            task.state, task.error = "failed", f"{type(failure).__name__}: {failure}"
        if started is not None:
            task.seconds = round(time.monotonic() - started, 2)
        task.text = ""
        self._changed(task)

    async def _convert(self, task):
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(CONVERTER), task.conversion, "--rows-per-second", str(task.rows_per_second),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )
        try:
            watching = asyncio.create_task(self._watch(task, process.stderr))
            process.stdin.write(task.text.encode())
            process.stdin.close()
            result = await process.stdout.read()
            await watching
            status = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if status == 0:
            task.state, task.result = "done", result.decode()
        else:
            task.state = "failed"
            task.error = task.error or f"the converter ended with status {status}"

    async def _watch(self, task, lines):
        async for line in lines:
            try:
                told = json.loads(line)
            except ValueError:
                task.error = line.decode(errors="replace").strip()
                continue
            task.rows, task.total = told.get("rows", task.rows), told.get("total", task.total)
            task.error = told.get("error", task.error)
            self._changed(task)
