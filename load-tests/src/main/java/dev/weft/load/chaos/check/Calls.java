package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger of all calls, and what belongs to none. */
final class Calls {
    private final Map<Number, CallRecord> byNumber = new LinkedHashMap<>();
    private final Map<RequestKey, CallRecord> byRequest = new HashMap<>();
    private final Map<RequestKey, CallRecord> byInvocation = new HashMap<>();
    private final List<Entry> strays = new ArrayList<>();

    private Calls() {}

    static Calls of(List<Entry> entries) {
        Calls calls = new Calls();
        for (Entry entry : entries) {
            if (entry instanceof Entry.OfRequest told) {
                calls.add(told);
            }
        }
        return calls;
    }

    Collection<CallRecord> all() {
        return byNumber.values();
    }

    /** The call of a session with a number; null if it made none. */
    @Nullable
    CallRecord of(int session, long number) {
        return byNumber.get(new Number(session, number));
    }

    /** Invocations, results and errors of calls that nobody made. */
    List<Entry> strays() {
        return strays;
    }

    private void add(Entry.OfRequest entry) {
        if (entry instanceof Entry.CallSent sent) {
            CallRecord call = new CallRecord(sent);
            byNumber.put(new Number(sent.session(), sent.number()), call);
            byRequest.put(RequestKey.of(sent), call);
        } else if (entry instanceof Entry.Invoked invoked) {
            CallRecord call = byNumber.get(new Number(invoked.caller(), invoked.number()));
            if (call != null) {
                byInvocation.put(RequestKey.of(invoked), call);
            }
            add(call, entry);
        } else if (entry instanceof Entry.ResultReceived
                || entry instanceof Entry.CallFailed
                || entry instanceof Entry.CancelSent) {
            add(byRequest.get(RequestKey.of(entry)), entry);
        } else if (entry instanceof Entry.YieldSent
                || entry instanceof Entry.InvocationFailed
                || entry instanceof Entry.Interrupted) {
            add(byInvocation.get(RequestKey.of(entry)), entry);
        }
    }

    private void add(@Nullable CallRecord call, Entry entry) {
        if (call == null) {
            strays.add(entry);
        } else {
            call.add(entry);
        }
    }

    /** Which call of which session. */
    private record Number(int session, long number) {}
}
