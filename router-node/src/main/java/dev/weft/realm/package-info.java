/** Realms: what the event loops of this node share of one, and what each keeps for itself. */
@NullMarked
package dev.weft.realm;

import org.jspecify.annotations.NullMarked;
