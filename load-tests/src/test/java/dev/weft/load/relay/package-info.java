@NullMarked
package dev.weft.load.relay;

import org.jspecify.annotations.NullMarked;
