@NullMarked
package dev.weft.load.work;

import org.jspecify.annotations.NullMarked;
