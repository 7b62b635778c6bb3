/** Authentication: who a client is, from HELLO to WELCOME. */
@NullMarked
package dev.weft.auth;

import org.jspecify.annotations.NullMarked;
