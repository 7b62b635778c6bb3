package dev.weft.config;

/** How the node says farewell to its clients. */
public record DrainConfig(
        @Key(
                doc =
                        "Whether a node that stops says GOODBYE `wamp.close.system_shutdown` to its sessions and waits for the"
                                + " answer. Without, WebSockets are closed with code 1012 alone: some clients, Autobahn|JS among"
                                + " them, never reconnect after a GOODBYE.",
                value = "false")
        boolean goodbye) {}
