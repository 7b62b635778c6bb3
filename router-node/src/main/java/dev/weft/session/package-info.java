/** Sessions: from HELLO to the end, whatever ends them. */
@NullMarked
package dev.weft.session;

import org.jspecify.annotations.NullMarked;
