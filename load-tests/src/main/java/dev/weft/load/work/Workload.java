package dev.weft.load.work;

import dev.weft.load.measure.Faults;
import dev.weft.load.measure.Recorder;
import java.util.concurrent.CompletableFuture;

/** Something that keeps a router busy. Event loop only. */
interface Workload {
    /** What one operation is called in the report, in the singular. */
    String operation();

    /** Opens the sessions. */
    CompletableFuture<?> prepare();

    /** Sends the first; from now on it goes on by itself. */
    void start();

    /** Begins nothing more. */
    void stop();

    /** What was begun and has not ended. */
    long inFlight();

    Recorder recorder();

    Faults faults();
}
