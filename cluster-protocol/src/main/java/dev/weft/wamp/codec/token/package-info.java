/**
 * What the three formats have in common: a message is a sequence of tokens. Everything above this package is written
 * once for all formats.
 */
@NullMarked
package dev.weft.wamp.codec.token;

import org.jspecify.annotations.NullMarked;
