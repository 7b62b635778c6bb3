@NullMarked
package dev.weft.load.scenario;

import org.jspecify.annotations.NullMarked;
