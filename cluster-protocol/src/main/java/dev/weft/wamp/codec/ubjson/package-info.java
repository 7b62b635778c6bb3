/** UBJSON (Universal Binary JSON, draft 12) as tokens. */
@NullMarked
package dev.weft.wamp.codec.ubjson;

import org.jspecify.annotations.NullMarked;
