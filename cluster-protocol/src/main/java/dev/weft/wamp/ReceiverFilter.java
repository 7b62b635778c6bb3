package dev.weft.wamp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The six lists of "Subscriber Black- and Whitelisting"; null means that the list is absent, an empty one that it is there and empty. */
public record ReceiverFilter(
        @Nullable List<Long> exclude,
        @Nullable List<String> excludeAuthid,
        @Nullable List<String> excludeAuthrole,
        @Nullable List<Long> eligible,
        @Nullable List<String> eligibleAuthid,
        @Nullable List<String> eligibleAuthrole) {

    /** Whether a session that is {@code receiver} gets the event: in every eligible list that is there, in no exclude list. */
    public boolean admits(Identity receiver) {
        return admits(eligible, exclude, receiver.session())
                && admits(eligibleAuthid, excludeAuthid, receiver.authid())
                && admits(eligibleAuthrole, excludeAuthrole, receiver.authrole());
    }

    /** Whether it says something of single sessions, which nobody can tell of sessions that come later. */
    public boolean namesSessions() {
        return exclude != null || eligible != null;
    }

    private static <T> boolean admits(@Nullable List<T> eligible, @Nullable List<T> exclude, T who) {
        return (eligible == null || eligible.contains(who)) && (exclude == null || !exclude.contains(who));
    }
}
