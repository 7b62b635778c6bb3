package dev.weft.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How many messages a second sessions may send together on this node: those of a realm, a principal, an address. Thread-safe. */
public final class SharedRates {
    /** What sessions have in common. */
    public enum Of {
        REALM,
        PRINCIPAL,
        ADDRESS
    }

    private static final int FORGOTTEN_AT_A_TIME = 8;

    private final int perPrincipal;
    private final int perAddress;
    private final Map<String, SharedRate> rates = new ConcurrentHashMap<>();
    private final Map<Of, LongAdder> paced =
            Map.of(Of.REALM, new LongAdder(), Of.PRINCIPAL, new LongAdder(), Of.ADDRESS, new LongAdder());

    /** Those whose last session has ended, the first first: what they owe must not be forgotten with it. */
    private final Queue<String> left = new ConcurrentLinkedQueue<>();

    private record Rate(Of of, String key, int perSecond) {}

    /** @param perAddress as of {@link SessionQuotas}; 0 for any number, as {@code perPrincipal} */
    public SharedRates(int perPrincipal, int perAddress) {
        this.perPrincipal = perPrincipal;
        this.perAddress = perAddress;
    }

    /**
     * A session begins.
     *
     * @param ofRealm messages a second of its realm; 0 for any number
     * @return null if it may send as much as it likes
     */
    public @Nullable MessageShare join(Session session, int ofRealm) {
        List<SharedRate> shared = new ArrayList<>();
        for (Rate rate : rates(session, ofRealm)) {
            shared.add(rates.compute(rate.key, (key, known) -> {
                SharedRate one = known == null ? new SharedRate(key, rate.perSecond, adder(rate.of)) : known;
                one.sessions++;
                return one;
            }));
        }
        return shared.isEmpty() ? null : new MessageShare(this, shared);
    }

    /** A session that had joined has ended. */
    void leave(SharedRate rate) {
        rates.computeIfPresent(rate.key(), (key, known) -> {
            if (--known.sessions == 0) {
                left.add(key);
            }
            return known;
        });
        forget();
    }

    /** Each leave pays for some that left before, so that there are never many. */
    private void forget() {
        for (int i = 0; i < FORGOTTEN_AT_A_TIME; i++) {
            String oldest = left.poll();
            if (oldest == null) {
                return;
            }
            rates.computeIfPresent(oldest, (key, known) -> {
                if (known.sessions > 0) {
                    return known;
                }
                if (known.isFull()) {
                    return null;
                }
                left.add(key);
                return known;
            });
        }
    }

    private LongAdder adder(Of of) {
        return Objects.requireNonNull(paced.get(of));
    }

    /** How often a session had to wait. */
    public long paced(Of of) {
        return adder(of).sum();
    }

    private List<Rate> rates(Session session, int ofRealm) {
        List<Rate> those = new ArrayList<>();
        if (ofRealm > 0) {
            those.add(new Rate(Of.REALM, "realm " + session.realm(), ofRealm));
        }
        if (perPrincipal > 0) {
            String key =
                    "principal " + session.realm() + ' ' + session.identity().authid();
            those.add(new Rate(Of.PRINCIPAL, key, perPrincipal));
        }
        String network = perAddress == 0
                ? null
                : SessionQuotas.network(session.connection().peer());
        if (network != null) {
            those.add(new Rate(Of.ADDRESS, "address " + network, perAddress));
        }
        return those;
    }
}
