/** Where the CPU time of a router goes: its stacks, their shares, and a picture of them. */
@NullMarked
package dev.weft.load.profile;

import org.jspecify.annotations.NullMarked;
