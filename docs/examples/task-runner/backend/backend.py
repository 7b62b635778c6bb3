"""The backend: runs conversions for whoever calls, and publishes how far they are.

    python3 backend.py PATH-OF-THE-SOCKET

Procedures                                                      and what they answer
    dev.weft.tasks.submit(name, conversion, text, rows_per_second)  the task
    dev.weft.tasks.cancel(id)                                       the task
    dev.weft.tasks.list()                                           all tasks
    dev.weft.tasks.result(id)                                       the text that came out
Events
    dev.weft.task.<id>.changed                                      the task, whenever something has changed
"""

import sys

from autobahn.asyncio.component import Component, run
from autobahn.wamp.exception import ApplicationError, TransportLost

from tasks import TaskRunner

CONVERSIONS = ("json", "markdown", "statistics")


def checked(number, runner):
    try:
        return runner.get(number)
    except KeyError:
        raise ApplicationError("dev.weft.tasks.error.no_such_task", f"there is no task {number}") from None


class Backend:
    """What is registered and published. Tasks go on while there is no connection."""

    def __init__(self):
        self._runner = TaskRunner(self._changed)
        self._session = None

    def _changed(self, task):
        if self._session is None:
            return
        try:
            self._session.publish(f"dev.weft.task.{task.id}.changed", task.summary())
        except TransportLost:
            self._session = None  # the page asks for the list when it sees the backend again

    def submit(self, name, conversion, text, rows_per_second=0):
        if conversion not in CONVERSIONS:
            raise ApplicationError("wamp.error.invalid_argument", f"no conversion {conversion!r}", known=CONVERSIONS)
        if not isinstance(text, str) or not isinstance(rows_per_second, (int, float)) or rows_per_second < 0:
            raise ApplicationError("wamp.error.invalid_argument", "text and rows_per_second, which is 0 or more")
        return self._runner.submit(str(name)[:80], conversion, text, rows_per_second).summary()

    def cancel(self, number):
        checked(number, self._runner)
        return self._runner.cancel(number).summary()

    def list(self):
        return [task.summary() for task in self._runner.all()]

    def result(self, number):
        task = checked(number, self._runner)
        if task.state != "done":
            raise ApplicationError("dev.weft.tasks.error.not_done", f"task {number} is {task.state}")
        return task.result

    async def joined(self, session, details):
        for name in ("submit", "cancel", "list", "result"):
            await session.register(getattr(self, name), f"dev.weft.tasks.{name}")
        self._session = session
        session.publish("dev.weft.tasks.backend_ready")
        print(f"backend is ready: session {details.session}", flush=True)

    def left(self, session, details):
        self._session = None
        print(f"backend has lost its router: {details.reason}", flush=True)


def main():
    backend = Backend()
    component = Component(
        realm="realm1",
        transports=[{
            "type": "rawsocket",
            "url": "rs://localhost",
            "endpoint": {"type": "unix", "path": sys.argv[1]},
            "serializer": "cbor",
            "max_retries": -1,
            "initial_retry_delay": 0.5,
            "max_retry_delay": 5,
        }],
    )
    component.on("join", backend.joined)
    component.on("leave", backend.left)
    run([component], log_level="warn")


if __name__ == "__main__":
    main()
