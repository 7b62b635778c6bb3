/** The commands of {@code weft}: what they read, what they print, and the status that they exit with. */
@NullMarked
package dev.weft.node.cli;

import org.jspecify.annotations.NullMarked;
