/** The fault suite: a cluster of real processes under faults, clients that log all they send and receive, and its proof. */
@NullMarked
package dev.weft.load.chaos;

import org.jspecify.annotations.NullMarked;
