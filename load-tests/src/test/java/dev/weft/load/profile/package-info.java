@NullMarked
package dev.weft.load.profile;

import org.jspecify.annotations.NullMarked;
