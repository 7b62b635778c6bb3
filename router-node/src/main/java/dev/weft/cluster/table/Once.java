package dev.weft.cluster.table;

import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers once, whoever is first to say so. Confined to the thread that decides. */
final class Once implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Once.class);

    private final Runnable answer;
    private boolean given;

    Once(Runnable answer) {
        this.answer = answer;
    }

    @Override
    public void run() {
        if (!given) {
            given = true;
            try {
                answer.run();
            } catch (RejectedExecutionException stopped) {
                LOG.debug("The event loop of the publisher has stopped");
            }
        }
    }
}
