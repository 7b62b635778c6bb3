/** What is done to the cluster, when, and to whom; drawn from a seed. */
@NullMarked
package dev.weft.load.chaos.fault;

import org.jspecify.annotations.NullMarked;
