@NullMarked
package dev.weft.load.compare;

import org.jspecify.annotations.NullMarked;
