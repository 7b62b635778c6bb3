package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Why an event that a subscriber has not received was not due to it. */
final class Excuses {
    private final Evidence evidence;
    private final Gaps gaps;

    /** By session: the last request that was answered, and when anything was received last. */
    private final Map<Integer, Long> handled = new HashMap<>();

    private final Map<Integer, Long> heard = new HashMap<>();

    Excuses(Evidence evidence) {
        this.evidence = evidence;
        this.gaps = Gaps.of(evidence);
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.Published answer) {
                handled.merge(answer.session(), answer.request(), Math::max);
            } else if (entry instanceof Entry.EventReceived event) {
                heard.put(event.session(), event.at());
            }
        }
    }

    /** @param next when a later event of the same publisher was received; {@link Life#NEVER} if none was */
    boolean excuse(Interval interval, Entry.PublishSent sent, long next) {
        return isUnhandled(sent)
                || isTold(interval, sent, next)
                || isBehindAFault(interval, sent)
                || (next == Life.NEVER && isCutShort(interval, sent));
    }

    /** The gaps that the subscriber was told of about the publisher's node, as people read them. */
    String told(Interval interval, Entry.PublishSent sent) {
        int node = evidence.life(sent.session()).node();
        return gaps.of(interval.life().session(), node).stream()
                .map(gap -> evidence.when(gap.opened()) + " to "
                        + (gap.closed() == Life.NEVER ? "the end" : evidence.when(gap.closed())))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The publisher's session ended before the router was known to have handled it. */
    private boolean isUnhandled(Entry.PublishSent sent) {
        return evidence.life(sent.session()).closed() != Life.NEVER
                && handled.getOrDefault(sent.session(), 0L) < sent.request();
    }

    /**
     * The subscriber was told, before the next event came, that events of the publisher's node may be missing, and the event was
     * published after the link can have gone silent: that is before the notice by as long as silence is tolerated, or since the
     * subscriber's own node went silent.
     */
    private boolean isTold(Interval interval, Entry.PublishSent sent, long next) {
        int node = evidence.life(sent.session()).node();
        for (Gaps.Gap gap : gaps.of(interval.life().session(), node)) {
            long since = Math.min(gap.opened(), gap.heard()) - silence();
            if (sent.at() >= since && sent.at() <= gap.closed() && gap.opened() <= next) {
                return true;
            }
        }
        return false;
    }

    /** SUBSCRIBED came while the nodes could not see each other, so the gap had been told already, to others. */
    private boolean isBehindAFault(Interval interval, Entry.PublishSent sent) {
        int node = evidence.life(sent.session()).node();
        long patience = evidence.bounds().recovery() + evidence.bounds().margin();
        for (Span span : evidence.disturbances().spans()) {
            boolean between = span.fault().disturbs(interval.life().node(), node);
            long over = span.ended() == Life.NEVER ? Life.NEVER : span.ended() + patience;
            if (between && span.began() <= interval.from() && interval.from() <= over && sent.at() <= over) {
                return true;
            }
        }
        return false;
    }

    /** The session ended, or the subscription was given up, before the event can be said to be late. */
    private boolean isCutShort(Interval interval, Entry.PublishSent sent) {
        if (interval.givenUp() != Life.NEVER) {
            long frozen = evidence.disturbances().frozenUntil(interval.life().node(), sent.at(), interval.givenUp());
            return sent.at() > interval.givenUp() - silence() || frozen > interval.givenUp() - silence();
        }
        if (interval.life().closed() == Life.NEVER) {
            return false;
        }
        return sent.at() > heard.getOrDefault(interval.life().session(), interval.from()) - silence();
    }

    private long silence() {
        return evidence.bounds().silence() + evidence.bounds().margin();
    }
}
