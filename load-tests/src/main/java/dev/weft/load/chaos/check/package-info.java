/** The proof: each checker reads the history once and says what broke a promise. */
@NullMarked
package dev.weft.load.chaos.check;

import org.jspecify.annotations.NullMarked;
