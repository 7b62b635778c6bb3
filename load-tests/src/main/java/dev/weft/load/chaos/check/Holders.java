package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who held which procedure when. */
final class Holders {
    private final Evidence evidence;
    private final Map<RequestKey, Entry.RegisterSent> asked = new HashMap<>();

    /** By session and registration: what is held now. */
    private final Map<Key, Holder> held = new HashMap<>();

    private final Map<String, List<Holder>> byProcedure = new HashMap<>();

    private Holders(Evidence evidence) {
        this.evidence = evidence;
    }

    /** By procedure, in the order in which they were granted. */
    static Map<String, List<Holder>> of(Evidence evidence) {
        Holders holders = new Holders(evidence);
        evidence.entries().forEach(holders::add);
        List.copyOf(holders.held.values())
                .forEach(holder -> holders.end(holder, holder.session().closed(), false));
        holders.byProcedure.values().forEach(each -> each.sort((one, other) -> Long.compare(one.from(), other.from())));
        return holders.byProcedure;
    }

    private void add(Entry entry) {
        if (entry instanceof Entry.RegisterSent sent) {
            asked.put(RequestKey.of(sent), sent);
        } else if (entry instanceof Entry.Registered registered) {
            begin(registered);
        } else if (entry instanceof Entry.UnregisterSent sent) {
            end(held.remove(new Key(sent.session(), sent.registration())), sent.at(), false);
        } else if (entry instanceof Entry.Revoked revoked) {
            end(held.remove(new Key(revoked.session(), revoked.registration())), revoked.at(), true);
        }
    }

    private void begin(Entry.Registered registered) {
        Entry.RegisterSent sent = asked.get(RequestKey.of(registered));
        if (sent != null) {
            Life life = evidence.life(registered.session());
            Holder holder =
                    new Holder(life, sent.procedure(), sent.single(), sent.at(), registered.at(), Life.NEVER, false);
            end(held.put(new Key(registered.session(), registered.registration()), holder), registered.at(), false);
        }
    }

    private void end(@Nullable Holder holder, long at, boolean revoked) {
        if (holder != null) {
            byProcedure
                    .computeIfAbsent(holder.procedure(), procedure -> new ArrayList<>())
                    .add(new Holder(
                            holder.session(),
                            holder.procedure(),
                            holder.single(),
                            holder.asked(),
                            holder.from(),
                            at,
                            revoked));
        }
    }

    /** A registration of a session. */
    private record Key(int session, long registration) {}
}
