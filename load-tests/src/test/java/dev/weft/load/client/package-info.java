@NullMarked
package dev.weft.load.client;

import org.jspecify.annotations.NullMarked;
