package dev.weft.config;

/** How nodes find each other. */
public enum DiscoveryType {
    /** By a list of addresses. */
    STATIC,
    /** By the addresses behind a DNS name, such as a Kubernetes headless service. */
    DNS
}
