package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which sessions were told of gaps, and when. */
final class Gaps {
    private final Map<Key, List<Gap>> bySession = new HashMap<>();

    private Gaps() {}

    static Gaps of(Evidence evidence) {
        Gaps gaps = new Gaps();
        Map<Integer, Long> lastReceived = new HashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.GapTold told) {
                long heard = lastReceived.getOrDefault(told.session(), told.at());
                gaps.add(told, heard);
            }
            if (isReceived(entry)) {
                lastReceived.put(((Entry.OfSession) entry).session(), entry.at());
            }
        }
        return gaps;
    }

    /** What the session was told about the node. */
    List<Gap> of(int session, int node) {
        return bySession.getOrDefault(new Key(session, node), List.of());
    }

    private void add(Entry.GapTold told, long heard) {
        List<Gap> gaps = bySession.computeIfAbsent(new Key(told.session(), told.node()), key -> new ArrayList<>());
        Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
        boolean open = last != null && last.closed() == Life.NEVER;
        if (told.open() && !open) {
            gaps.add(new Gap(heard, told.at(), Life.NEVER));
        } else if (!told.open() && last != null && open) {
            gaps.set(gaps.size() - 1, new Gap(last.heard(), last.opened(), told.at()));
        }
    }

    private static boolean isReceived(Entry entry) {
        return entry instanceof Entry.EventReceived
                || entry instanceof Entry.Subscribed
                || entry instanceof Entry.Unsubscribed
                || entry instanceof Entry.Opened;
    }

    /**
     * @param heard when the session had received anything before it was told
     * @param closed {@link Life#NEVER} if it was never told
     */
    record Gap(long heard, long opened, long closed) {}

    private record Key(int session, int node) {}
}
