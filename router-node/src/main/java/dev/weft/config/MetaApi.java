package dev.weft.config;

/** How much of the meta API the clients of a realm have (WAMP, "Session Meta API"). */
public enum MetaApi {
    OFF,
    READ,
    FULL
}
