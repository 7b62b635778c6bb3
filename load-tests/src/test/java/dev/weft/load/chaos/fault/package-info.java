@NullMarked
package dev.weft.load.chaos.fault;

import org.jspecify.annotations.NullMarked;
