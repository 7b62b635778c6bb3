/** What makes several nodes one router: membership, shared tables, and links. */
@NullMarked
package dev.weft.cluster;

import org.jspecify.annotations.NullMarked;
