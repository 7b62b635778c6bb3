/** The cluster's key: what its nodes know and nobody else, what is derived of it, and values sealed with it. */
@NullMarked
package dev.weft.cluster.key;

import org.jspecify.annotations.NullMarked;
