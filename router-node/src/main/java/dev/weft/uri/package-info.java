/** Matching of URIs against exact, prefix and wildcard patterns. Pure: no sockets, no clock, no threads of its own. */
@NullMarked
package dev.weft.uri;

import org.jspecify.annotations.NullMarked;
