package dev.weft.config;

/** Which of the specification's two rules for URIs a realm applies (WAMP, "URIs"). */
public enum UriCheck {
    STRICT,
    LOOSE
}
