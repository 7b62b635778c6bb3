@NullMarked
package dev.weft.load.measure;

import org.jspecify.annotations.NullMarked;
