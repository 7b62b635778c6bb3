/** The bare relay: what forwarding costs on this stack when nothing is decoded, the limit that no router can pass. */
@NullMarked
package dev.weft.load.relay;

import org.jspecify.annotations.NullMarked;
