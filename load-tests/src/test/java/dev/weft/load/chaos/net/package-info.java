@NullMarked
package dev.weft.load.chaos.net;

import org.jspecify.annotations.NullMarked;
