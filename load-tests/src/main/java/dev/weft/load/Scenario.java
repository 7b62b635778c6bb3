package dev.weft.load;

/** Something that keeps a router busy. */
interface Scenario {
    /** What one operation is called in the report. */
    String operation();

    /** Connects the sessions; not on the event loop. */
    void prepare(Clients clients) throws Exception;

    /** Sends what may be in flight; from now on every answer sends the next. On the event loop. */
    void start(Recorder recorder);

    /** Sends nothing more. On the event loop. */
    void stop();

    /** What was sent and is not answered. On the event loop. */
    long inFlight();
}
