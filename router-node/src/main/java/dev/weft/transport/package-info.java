/** Listeners and connections: bytes on a socket to messages and back. */
@NullMarked
package dev.weft.transport;

import org.jspecify.annotations.NullMarked;
