package dev.weft.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many sessions there are on this node: of each realm, role, principal and address. Thread-safe. */
public final class SessionQuotas {
    /** IPv4 and IPv6 addresses; nothing that would be looked up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    private static final int NETWORK_BYTES = 8;

    private final int perRealm;
    private final int perPrincipal;
    private final int perAddress;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /** One thing that sessions are counted by. */
    private record Quota(String key, int most, String words) {}

    /** @param perAddress of an IPv6 address its network of 64 bits is meant, which one host may have to itself */
    public SessionQuotas(int perRealm, int perPrincipal, int perAddress) {
        this.perRealm = perRealm;
        this.perPrincipal = perPrincipal;
        this.perAddress = perAddress;
    }

    /**
     * Counts a session in, before it is welcomed.
     *
     * @param ofRealm how many sessions its realm may have; 0 for as many as any realm
     * @param perRole how many sessions its role may have in its realm
     * @return null if it was; else in words for the client which limit is reached, and it counts nowhere
     */
    @Nullable
    public String open(Session session, int ofRealm, int perRole) {
        List<Quota> taken = new ArrayList<>();
        for (Quota quota : quotas(session, ofRealm == 0 ? perRealm : ofRealm, perRole)) {
            if (open.merge(quota.key, 1, Integer::sum) > quota.most) {
                taken.add(quota);
                taken.forEach(this::giveBack);
                return quota.words + " has " + quota.most + " sessions, and may not have more";
            }
            taken.add(quota);
        }
        return null;
    }

    /** The session that was counted in has ended. */
    public void closed(Session session) {
        quotas(session, 0, 0).forEach(this::giveBack);
    }

    private void giveBack(Quota quota) {
        open.computeIfPresent(quota.key, (key, count) -> count == 1 ? null : count - 1);
    }

    private List<Quota> quotas(Session session, int ofRealm, int perRole) {
        String realm = session.realm() + ' ';
        List<Quota> quotas = new ArrayList<>();
        quotas.add(new Quota("realm " + realm, ofRealm, "the realm"));
        quotas.add(new Quota("role " + realm + session.identity().authrole(), perRole, "the role"));
        quotas.add(new Quota("principal " + realm + session.identity().authid(), perPrincipal, "the principal"));
        String network = network(session.connection().peer());
        if (network != null) {
            quotas.add(new Quota("address " + network, perAddress, "the address"));
        }
        return quotas;
    }

    /** Null for what has no address: Unix domain sockets. */
    static @Nullable String network(String peer) {
        int port = peer.lastIndexOf(':');
        String address = port < 0 ? peer : peer.substring(0, port).replaceAll("[\\[\\]]", "");
        if (!LITERAL.matcher(address).matches()) {
            return port < 0 ? null : address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
