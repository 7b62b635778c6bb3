/** The dealer: which callee gets a call, and how each call ends exactly once. */
@NullMarked
package dev.weft.dealer;

import org.jspecify.annotations.NullMarked;
