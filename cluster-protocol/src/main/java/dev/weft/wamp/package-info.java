/**
 * The vocabulary of WAMP: messages, options, identifiers and error URIs. Values only; no sockets, no threads, no clock.
 */
@NullMarked
package dev.weft.wamp;

import org.jspecify.annotations.NullMarked;
