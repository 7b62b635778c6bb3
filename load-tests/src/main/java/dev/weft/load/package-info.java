/** The commands of the load tool: load on a WAMP router from outside, and what it cost that router. */
@NullMarked
package dev.weft.load;

import org.jspecify.annotations.NullMarked;
