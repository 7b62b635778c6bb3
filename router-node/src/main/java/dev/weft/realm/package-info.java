/** Realms: what the event loops of this node share of one, what each keeps for itself, and the switch from messages to broker and dealer. */
@NullMarked
package dev.weft.realm;

import org.jspecify.annotations.NullMarked;
