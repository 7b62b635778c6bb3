package dev.weft.link;

/** Whatever one node says to another over a link: see docs/inter-router-protocol.md. */
public sealed interface LinkFrame permits RoutedMessage, TableChange, LinkControl, LinkHandshake {}
