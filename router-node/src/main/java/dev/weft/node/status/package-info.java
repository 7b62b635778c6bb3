/** The lists and figures that a node shows of itself. */
@NullMarked
package dev.weft.node.status;

import org.jspecify.annotations.NullMarked;
