package dev.weft.lane;

import org.jspecify.annotations.Nullable;

/** One time by which something has to happen: the next that is set takes its place. Belongs to the lane's event loop. */
public final class Deadline {
    private final LocalLane lane;
    private @Nullable Alarm alarm;

    public Deadline(LocalLane lane) {
        this.lane = lane;
    }

    /** Runs {@code missed} in {@code millis} milliseconds, unless it is cleared or another is set before. */
    public void set(long millis, Runnable missed) {
        clear();
        alarm = lane.schedule(millis, missed);
    }

    public void clear() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
