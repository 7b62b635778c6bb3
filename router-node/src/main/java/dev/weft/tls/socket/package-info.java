/** Certificates and keys as the sockets of Vert.x want them. */
@NullMarked
package dev.weft.tls.socket;

import org.jspecify.annotations.NullMarked;
