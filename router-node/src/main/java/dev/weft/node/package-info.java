/** The process: the command line, and the one place that puts the parts of the router together. */
@NullMarked
package dev.weft.node;

import org.jspecify.annotations.NullMarked;
