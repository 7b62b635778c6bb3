/** What principals prove themselves with, as it is stored: reading, writing, making and checking it. No IO, no threads. */
@NullMarked
package dev.weft.auth.credential;

import org.jspecify.annotations.NullMarked;
