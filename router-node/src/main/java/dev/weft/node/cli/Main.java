package dev.weft.node.cli;

import dev.weft.node.NodeStartException;
import dev.weft.node.NodeStarter;

/** Where the process begins. */
public final class Main {
    private static final NodeStarter STARTER = config -> {
        throw new NodeStartException("this build has no router");
    };

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("hazelcast.logging.type", "slf4j");
        Console console = Console.ofProcess();
        int status = WeftCommand.create(STARTER, System.getenv(), console, Main.class)
                .execute(args);
        console.out().flush();
        System.exit(status);
    }
}
