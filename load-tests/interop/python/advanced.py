"""What of the advanced profile an agent over Autobahn|Python does, beyond options."""

import asyncio

from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import CallOptions, RegisterOptions, SubscribeOptions


class Advanced:
    """Operations with one session; `say` tells the suite of what comes unasked."""

    def __init__(self, session, say):
        self.session = session
        self._say = say
        self._calls = {}

    async def session_id(self, command):
        return {"args": [self.session._session_id]}

    async def serve(self, command):
        def tell(what):
            self._say({"event": command["tag"], "topic": command["procedure"], "args": [what], "kwargs": {}})

        def caller(details):
            return details.caller or 0

        def parts(count, details):
            for part in range(count):
                details.progress(part)
            return "end"

        async def wait(details):
            tell("begun")
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                tell("interrupted")
                # With "kill" this is what the caller gets.
                raise ApplicationError("wamp.error.canceled") from None

        endpoint = {"caller": caller, "parts": parts, "wait": wait}[command["behaviour"]]
        await self.session.register(endpoint, command["procedure"], RegisterOptions(details_arg="details"))

    async def subscribe_disclosed(self, command):
        def on_event(*args, details):
            line = {"event": command["tag"], "topic": command["topic"], "args": [details.publisher or 0], "kwargs": {}}
            self._say(line)

        await self.session.subscribe(on_event, command["topic"], SubscribeOptions(details_arg="details"))

    async def parts(self, command):
        parts = []
        options = CallOptions(on_progress=parts.append)
        result = await self.session.call(command["procedure"], *command["args"], options=options)
        return {"args": [result], "parts": parts}

    async def begin(self, command):
        self._calls[command["tag"]] = self.session.call(command["procedure"])

    async def cancel(self, command):
        """The client sends no mode, and does not wait for the answer."""
        call = self._calls.pop(command["tag"])
        call.cancel()
        await asyncio.wait([call])
        return {"ended": "wamp.error.canceled" if call.cancelled() else "RESULT"}
