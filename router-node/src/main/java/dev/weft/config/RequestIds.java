package dev.weft.config;

/** Whether request ids have to be sequential (WAMP, "IDs"). */
public enum RequestIds {
    STRICT,
    LENIENT
}
