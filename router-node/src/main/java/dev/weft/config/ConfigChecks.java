package dev.weft.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be right between several keys. Each section is checked once its own keys are right. */
final class ConfigChecks {
    private static final List<String> NOT_FOR_HTTP = List.of(
            "paths", "compression", "ping-interval", "ping-timeout", "idle-timeout", "proxy-protocol", "cookie");

    private final Problems problems;
    private final Map<String, String> listenerNames = new HashMap<>();
    private final Map<String, String> realmUris = new HashMap<>();
    private final Map<String, String> authids = new HashMap<>();
    private final BoundAddresses boundAddresses;
    private final RoleChecks roles;
    private final TlsChecks tlsChecks;

    ConfigChecks(Problems problems) {
        this.problems = problems;
        this.roles = new RoleChecks(problems);
        this.boundAddresses = new BoundAddresses(problems);
        this.tlsChecks = new TlsChecks(problems);
    }

    void section(Record record, Place place) {
        if (record instanceof ListenerConfig listener) {
            listener(listener, place);
        } else if (record instanceof CookieConfig cookie) {
            CookieChecks.cookie(cookie, place, problems);
        } else if (record instanceof TlsConfig tls) {
            tlsChecks.port(tls, place);
        } else if (record instanceof LinkTlsConfig tls) {
            tlsChecks.link(tls, place);
        } else if (record instanceof RealmConfig realm) {
            unique(realmUris, realm.uri(), "uri", place);
            trustLevels(realm, place);
            OnDemandChecks.realm(realm, place, problems);
            roles.realm(realm, place);
            HistoryChecks.realm(realm, place, problems);
        } else if (record instanceof HistoryConfig history) {
            HistoryChecks.history(history, place, problems);
        } else if (record instanceof OutboundConfig outbound) {
            outbound(outbound, place);
        } else if (record instanceof RoleConfig role) {
            roles.role(role, place);
        } else if (record instanceof PermissionConfig permission) {
            roles.permission(permission, place);
        } else if (record instanceof AuthConfig auth) {
            AuthChecks.realm(auth, place, problems);
        } else if (record instanceof DynamicAuthConfig dynamic) {
            AuthChecks.dynamic(dynamic, place, problems);
        } else if (record instanceof JwtConfig jwt) {
            AuthChecks.jwt(jwt, place, problems);
        } else if (record instanceof LimitsConfig limits) {
            limits(limits, place);
        } else if (record instanceof PrincipalConfig principal) {
            unique(authids, principal.authid(), "authid", place);
            AuthChecks.principal(principal, place, problems);
        } else if (record instanceof DiscoveryConfig discovery) {
            discovery(discovery, place);
        } else if (record instanceof LinkConfig link) {
            link(link, place);
        } else if (record instanceof HazelcastConfig hazelcast) {
            hazelcast(hazelcast, place);
        } else if (record instanceof ClusterConfig cluster && cluster.enabled()) {
            cluster(cluster, place);
        } else if (record instanceof AdminConfig admin && admin.address() != null) {
            admin(admin, admin.address(), place);
        } else if (record instanceof TracingConfig tracing) {
            TracingChecks.tracing(tracing, place, problems);
        } else if (record instanceof NodeConfig node) {
            warnings(node, place);
        }
    }

    private void limits(LimitsConfig limits, Place place) {
        if (place.has("max-hello-size")
                && limits.maxHelloSize().bytes() > limits.maxMessageSize().bytes()) {
            problems.error(
                    place.originOf("max-hello-size"),
                    place.pathOf("max-hello-size"),
                    "must not be more than limits.max-message-size");
        }
    }

    private void outbound(OutboundConfig outbound, Place place) {
        if (outbound.soft() >= outbound.hardBytes().bytes()) {
            problems.error(
                    place.originOf("soft-bytes"),
                    place.pathOf("soft-bytes"),
                    "must be less than limits.outbound.hard-bytes");
        }
    }

    private void listener(ListenerConfig listener, Place place) {
        if (place.has("name")) {
            unique(listenerNames, listener.name(), "name", place);
        }
        if (listener.type() == ListenerType.HTTP) {
            refuse(NOT_FOR_HTTP, "an http listener speaks HTTP only", place);
            if (listener.longpoll() == null) {
                refuse(List.of("serializers"), "an http listener has serializers for longpoll only", place);
            }
        } else if (!listener.httpBridge().equals(HttpBridgeConfig.DEFAULT)) {
            refuse(List.of("http-bridge"), "write type: http for the HTTP bridge", place);
        }
        if (listener.type() != ListenerType.HTTP && listener.longpoll() != null) {
            refuse(List.of("longpoll"), "write type: http for the long-poll transport", place);
        }
        CookieConfig cookie = listener.cookie();
        if (cookie != null && listener.type() != ListenerType.HTTP) {
            CookieChecks.listener(listener, cookie, place, problems);
        }
        if (listener.serializers().isEmpty()) {
            problems.error(place.originOf("serializers"), place.pathOf("serializers"), "names no serializer");
        } else if (new HashSet<>(listener.serializers()).size()
                < listener.serializers().size()) {
            problems.error(place.originOf("serializers"), place.pathOf("serializers"), "names a serializer twice");
        }
        boolean unix = listener.type() == ListenerType.UNIX;
        String foreign = unix ? "address" : "socket";
        if (place.has(foreign)) {
            String hint = unix ? "the file is named by socket" : "write type: unix for a Unix domain socket";
            problems.error(place.originOf(foreign), place.pathOf(foreign), "not for a listener of this type", hint);
        }
        if (listener.proxyProtocol() && listener.trustedProxies().isEmpty() && !unix) {
            missing("trusted-proxies", "proxy-protocol: true needs the proxies that are believed", place);
        }
        if (listener.proxyProtocol() && listener.tls() != null) {
            problems.error(
                    place.originOf("proxy-protocol"),
                    place.pathOf("proxy-protocol"),
                    "not together with tls",
                    "let the proxy speak TLS with the clients");
        }
        if (!unix) {
            boundAddresses.add(listener.address(), "address", place);
        } else if (listener.socket() == null) {
            missing("socket", "a unix listener needs the file of its socket", place);
        } else {
            boundAddresses.add(listener.socket(), "socket", place);
        }
    }

    private void trustLevels(RealmConfig realm, Place place) {
        Set<String> roles = new HashSet<>();
        for (TrustLevelConfig level : realm.trustLevels()) {
            if (!roles.add(level.authrole())) {
                problems.error(
                        place.originOf("trust-levels"),
                        place.pathOf("trust-levels"),
                        "gives the role '" + level.authrole() + "' two levels");
            }
        }
    }

    private void refuse(List<String> foreign, String hint, Place place) {
        for (String key : foreign) {
            if (place.has(key)) {
                problems.error(place.originOf(key), place.pathOf(key), "not for a listener of this type", hint);
            }
        }
    }

    private void discovery(DiscoveryConfig discovery, Place place) {
        if (discovery.type() == DiscoveryType.STATIC && discovery.members().isEmpty()) {
            missing("members", "static discovery needs the addresses to ask", place);
        }
        if (discovery.type() == DiscoveryType.DNS && discovery.name().isEmpty()) {
            missing("name", "DNS discovery needs the name to ask for", place);
        }
    }

    private void link(LinkConfig link, Place place) {
        if (link.heartbeatTimeout().compareTo(link.heartbeatInterval().multipliedBy(2)) < 0) {
            problems.error(
                    place.originOf("heartbeat-timeout"),
                    place.pathOf("heartbeat-timeout"),
                    "has to be at least twice heartbeat-interval");
        }
    }

    private void admin(AdminConfig admin, HostPort address, Place place) {
        if (!address.isLoopback() && admin.isOpen()) {
            problems.error(
                    place.originOf("address"),
                    place.pathOf("address"),
                    address.host() + " can be reached from other machines: it needs a token, or tls with client-auth:"
                            + " require",
                    "weft token makes a token");
        } else if (!address.isLoopback() && admin.tls() == null) {
            problems.warning(
                    place.originOf("address"),
                    place.pathOf("address"),
                    "without tls the token crosses the network in the clear",
                    "");
        }
        boundAddresses.add(address, "address", place);
    }

    private void hazelcast(HazelcastConfig hazelcast, Place place) {
        if (hazelcast.heartbeatTimeout().compareTo(hazelcast.heartbeatInterval().multipliedBy(2)) < 0) {
            problems.error(
                    place.originOf("heartbeat-timeout"),
                    place.pathOf("heartbeat-timeout"),
                    "has to be at least twice heartbeat-interval");
        }
        wholeSeconds(hazelcast.heartbeatInterval(), "heartbeat-interval", place);
        wholeSeconds(hazelcast.heartbeatTimeout(), "heartbeat-timeout", place);
        wholeSeconds(hazelcast.mergeDelay(), "merge-delay", place);
    }

    private void wholeSeconds(Duration duration, String key, Place place) {
        if (!duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
            problems.error(place.originOf(key), place.pathOf(key), "has to be whole seconds");
        }
    }

    private void cluster(ClusterConfig cluster, Place place) {
        if (cluster.discovery() == null) {
            missing("discovery", "a cluster needs a way to find the other nodes", place);
        }
        if (cluster.key() == null && cluster.link().secret() == null) {
            missing("key", "the nodes of a cluster prove to each other that they know it", place);
        }
        if (cluster.key() == null && !cluster.previousKeys().isEmpty()) {
            problems.error(
                    place.originOf("previous-keys"), place.pathOf("previous-keys"), "only together with cluster.key");
        }
        reachable(cluster.hazelcast().address(), "hazelcast", place, "name the address of this machine");
        if (cluster.hazelcast().address().port() == 0) {
            problems.error(
                    section("hazelcast", place).originOf("address"),
                    place.pathOf("hazelcast.address"),
                    "port 0 could not be found by the other nodes");
        }
        if (cluster.link().advertisedAddress() == null) {
            reachable(cluster.link().address(), "link", place, "set advertised-address");
        }
        boundAddresses.add(cluster.hazelcast().address(), "address", section("hazelcast", place));
        boundAddresses.add(cluster.link().address(), "address", section("link", place));
    }

    private void reachable(HostPort address, String section, Place place, String hint) {
        if (address.isWildcard()) {
            Place inner = section(section, place);
            problems.error(
                    inner.originOf("address"),
                    inner.pathOf("address"),
                    address.host() + " is not an address that other nodes could connect to",
                    hint);
        }
    }

    private static Place section(String key, Place place) {
        RawValue.@Nullable Entry entry = place.mapping().find(key);
        RawValue.Mapping mapping = entry != null && entry.value() instanceof RawValue.Mapping written
                ? written
                : new RawValue.Mapping(place.mapping().origin());
        return new Place(mapping, place.pathOf(key));
    }

    private void warnings(NodeConfig config, Place place) {
        if (config.realms().isEmpty()) {
            problems.warning(
                    place.originOf("realms"),
                    "realms",
                    "there is no realm, so no client can join",
                    "for example realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: " + RealmConfig.OPEN_ROLES
                            + "}]");
        }
        AuthChecks.node(config, place, problems);
        AuthorizerChecks.node(config, place, problems);
        CookieChecks.node(config, place, problems);
        List<String> open = config.realms().stream()
                .filter(realm -> realm.auth().methods().contains(AuthMethod.ANONYMOUS))
                .map(RealmConfig::uri)
                .toList();
        for (ListenerConfig listener : config.listeners()) {
            if (!open.isEmpty()
                    && listener.type() != ListenerType.UNIX
                    && !listener.address().isLoopback()) {
                problems.warning(
                        place.originOf("listeners"),
                        "listeners",
                        "anyone who can reach " + listener.address() + " may join " + String.join(", ", open),
                        "");
            }
        }
    }

    private void unique(Map<String, String> seen, String value, String key, Place place) {
        String earlier = seen.putIfAbsent(value, place.pathOf(key));
        if (earlier != null) {
            problems.error(place.originOf(key), place.pathOf(key), "'" + value + "' is also " + earlier);
        }
    }

    private void missing(String key, String hint, Place place) {
        problems.error(place.mapping().origin(), place.pathOf(key), "missing", hint);
    }
}
