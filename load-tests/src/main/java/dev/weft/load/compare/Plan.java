package dev.weft.load.compare;

import java.time.Duration;

/**
 * How often and how long everything is measured.
 *
 * @param uncounted rounds before those that count: compilers that work at run time need them, and so do allocators
 * @param rounds that count, 1 or more
 * @param firstWarmup once for every process, with the first load that it gets, or zero
 * @param warmup before each measurement
 * @param duration of each measurement
 */
record Plan(int uncounted, int rounds, Duration firstWarmup, Duration warmup, Duration duration) {}
