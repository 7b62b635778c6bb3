package dev.weft.node.cli;

/**
 * What a command tells its caller by its exit status.
 *
 * <p>After SIGINT a command that has stopped cleanly exits with 130, as a shell expects of Ctrl-C; after SIGTERM with 0,
 * because service supervisors take anything else for a failure. A second signal, or one before the node is ready, ends the
 * process at once with 128 and the number of the signal.
 */
final class ExitStatus {
    static final int OK = 0;
    static final int FAILED = 1;
    /** Also for a configuration that is wrong; it is what picocli exits with for wrong arguments. */
    static final int USAGE = 2;

    /** The node that was asked does not know its cluster yet, or any more. */
    static final int NOT_READY = 3;

    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
