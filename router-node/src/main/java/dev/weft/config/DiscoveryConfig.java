package dev.weft.config;

import java.util.List;

/** How the other nodes are found. */
public record DiscoveryConfig(
        @Key(
                doc = "`static` asks the addresses in `members`; `dns` asks every address behind `name`, such as a"
                        + " Kubernetes headless service.",
                value = "static")
        DiscoveryType type,

        @Key(
                doc =
                        "For `static`: the `cluster.hazelcast.address` of each node. This node may be among them, and not all"
                                + " need to be up.",
                value = "[]",
                example = "[\"10.0.0.1:5701\", \"10.0.0.2:5701\", \"10.0.0.3:5701\"]")
        List<HostPort> members,

        @Key(
                doc = "For `dns`: the DNS name that has the address of each node.",
                unset = "only for `dns`, and required there",
                example = "weft-headless.default.svc.cluster.local",
                pattern = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?",
                patternSays = "a DNS name")
        String name,

        @Key(
                doc = "For `dns`: the port of `cluster.hazelcast.address` on each node.",
                value = "5701",
                min = "1",
                max = "65535")
        int port) {

    public DiscoveryConfig {
        members = List.copyOf(members);
    }
}
