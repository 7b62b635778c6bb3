/** The nodes under test, each a process of its own. */
@NullMarked
package dev.weft.load.chaos.node;

import org.jspecify.annotations.NullMarked;
