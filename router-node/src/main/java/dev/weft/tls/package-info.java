/**
 * Certificates and keys: read from PEM files, checked before they are used, and read again when the files change. Knows the
 * JDK only; whoever has sockets takes what it needs from {@link dev.weft.tls.TlsMaterial}.
 */
@NullMarked
package dev.weft.tls;

import org.jspecify.annotations.NullMarked;
