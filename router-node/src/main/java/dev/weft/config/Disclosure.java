package dev.weft.config;

/** Whether callees and subscribers are told who called, or published (WAMP, "Caller Identification"). */
public enum Disclosure {
    REFUSE,
    ALLOW,
    ALWAYS
}
