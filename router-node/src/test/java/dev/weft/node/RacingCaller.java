package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A caller that takes each end of its calls once: a second one, at any later time, is an error. The argument of each call is its request id. */
final class RacingCaller implements AutoCloseable {
    static final String RESULT = "RESULT";

    private final TestClient client;
    private final Set<Long> open = new HashSet<>();
    private final Map<String, Integer> ends = new TreeMap<>();

    RacingCaller(TestClient client) {
        this.client = client;
    }

    TestClient client() {
        return client;
    }

    /** How many calls ended how: {@link #RESULT} or the URI of an error. */
    Map<String, Integer> ends() {
        return ends;
    }

    long call(String procedure, long timeoutMillis) throws IOException {
        long request = client.nextRequest();
        open.add(request);
        CallOptions options = new CallOptions(false, false, timeoutMillis, false, null);
        client.send(new Call(request, options, procedure, client.payload(request)));
        return request;
    }

    void cancel(long request, CancelMode mode) throws IOException {
        client.send(new Cancel(request, mode));
    }

    /** Reads until every call has ended. */
    void readAllEnds() throws IOException {
        while (!open.isEmpty()) {
            ended(client.receive());
        }
    }

    private void ended(WampMessage message) {
        if (message instanceof Result result) {
            assertThat(open.remove(result.request()))
                    .as("%s is the first end", result)
                    .isTrue();
            assertThat(client.args(result)).containsExactly(result.request());
            ends.merge(RESULT, 1, Integer::sum);
        } else if (message instanceof ErrorMessage error) {
            assertThat(open.remove(error.request()))
                    .as("%s is the first end", error)
                    .isTrue();
            ends.merge(error.error(), 1, Integer::sum);
        } else {
            throw new AssertionError("a caller got " + message);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
