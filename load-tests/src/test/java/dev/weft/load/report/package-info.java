@NullMarked
package dev.weft.load.report;

import org.jspecify.annotations.NullMarked;
