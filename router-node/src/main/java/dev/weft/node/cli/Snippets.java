package dev.weft.node.cli;

/** Programs that show a router at work, short enough to paste. */
final class Snippets {
    private Snippets() {}

    /** For the console of a browser; needs nothing but the browser. */
    static String javaScript(String url) {
        return """
                const ws = new WebSocket("%s", "wamp.2.json");
                const send = (...message) => ws.send(JSON.stringify(message));
                ws.onopen = () => send(1, "realm1", {roles: {publisher: {}, subscriber: {}}});
                ws.onmessage = ({data}) => {
                  const [type, ...rest] = JSON.parse(data);
                  if (type === 2) send(32, 1, {}, "com.example.hello");                                  // WELCOME: subscribe
                  if (type === 33) send(16, 2, {exclude_me: false}, "com.example.hello", ["Hello!"]);    // SUBSCRIBED: publish
                  if (type === 36) console.log("event:", rest[3]);                                       // EVENT
                };
                """.formatted(url);
    }

    /** For a Python shell; needs the package autobahn. Shows who asks, and checks whom it talks to. */
    static String securePython(ReadyLine node, SecureCluster cluster) {
        SecureCluster.User user = cluster.users().get(cluster.users().size() - 1);
        String url = node.urls().get(0).replace("127.0.0.1", "localhost");
        String port = url.replaceAll(".*:([0-9]+)/.*", "$1");
        return """
                from autobahn.asyncio.component import Component, run
                endpoint = {"type": "tcp", "host": "localhost", "port": %s, "tls": {"trust_root": "%s"}}
                hello = Component(
                    realm="realm1",
                    transports=[{"type": "websocket", "url": "%s", "endpoint": endpoint}],
                    authentication={"wampcra": {"authid": "%s", "secret": "%s"}})
                @hello.on_join
                async def joined(session, details):
                    await session.subscribe(lambda *args: print("event:", *args), "com.example.hello")
                    session.publish("com.example.hello", "Hello from " + details.authid + "!")

                run([hello])
                """.formatted(port, cluster.authority(), url, user.authid(), user.password());
    }

    /** For a Python shell; needs the package autobahn. */
    static String python(String url) {
        return """
                from autobahn.asyncio.component import Component, run
                hello = Component(transports="%s", realm="realm1")
                @hello.on_join
                async def joined(session, details):
                    await session.subscribe(lambda *args: print("event:", *args), "com.example.hello")
                    session.publish("com.example.hello", "Hello from Python!")

                run([hello])
                """.formatted(url);
    }
}
