/** Where what comes over links meets the broker and the dealer of this node. */
@NullMarked
package dev.weft.cluster.bridge;

import org.jspecify.annotations.NullMarked;
