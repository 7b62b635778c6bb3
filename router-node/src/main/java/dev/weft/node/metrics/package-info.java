/** Where the figures of each part of a node become its metrics. */
@NullMarked
package dev.weft.node.metrics;

import org.jspecify.annotations.NullMarked;
