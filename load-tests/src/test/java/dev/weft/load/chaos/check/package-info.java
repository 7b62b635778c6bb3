/** Each checker has nothing to say of a day on which every promise was kept, and sees each of the violations planted in it. */
@NullMarked
package dev.weft.load.chaos.check;

import org.jspecify.annotations.NullMarked;
