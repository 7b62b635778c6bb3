/**
 * Load on a WAMP router from outside, and what it cost that router. Plain WAMP over RawSocket, so any router will do; one
 * event loop drives all clients, so nothing here is shared between threads.
 */
@NullMarked
package dev.weft.load;

import org.jspecify.annotations.NullMarked;
