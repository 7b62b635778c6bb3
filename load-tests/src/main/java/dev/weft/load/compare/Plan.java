package dev.weft.load.compare;

import java.time.Duration;

/**
 * How often and how long everything is measured.
 *
 * @param rounds 1 or more
 * @param warmup before each measurement; as long again, and without being counted, when a process is new
 * @param duration of each measurement
 */
record Plan(int rounds, Duration warmup, Duration duration) {}
