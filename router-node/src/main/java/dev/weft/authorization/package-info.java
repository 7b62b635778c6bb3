/** Authorization: what a role's permissions allow, and what was decided lately. Knows URIs, no sockets and no sessions. */
@NullMarked
package dev.weft.authorization;

import org.jspecify.annotations.NullMarked;
