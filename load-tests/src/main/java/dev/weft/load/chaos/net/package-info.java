/** What lies between the nodes under test, and how it is cut, slowed and broken. */
@NullMarked
package dev.weft.load.chaos.net;

import org.jspecify.annotations.NullMarked;
