package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;

/** A request of a session, or an invocation to it. */
record RequestKey(int session, long request) {
    static RequestKey of(Entry.OfRequest entry) {
        return new RequestKey(entry.session(), entry.request());
    }
}
