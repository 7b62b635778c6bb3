package dev.weft.session;

/** Whether callees and subscribers are told who called, or published: the session's id, authid and authrole. */
public enum Disclosure {
    /** Never; whoever asks for it is refused. */
    REFUSE,
    /** When the caller or publisher asks for it by {@code disclose_me}, or the callee by {@code disclose_caller}. */
    ALLOW,
    /** Always. */
    ALWAYS
}
