package dev.weft.node.cli;

import dev.weft.node.RouterNode;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.setProperty("hazelcast.logging.type", "slf4j");
        Console console = Console.ofProcess();
        int status = WeftCommand.create(RouterNode::start, System.getenv(), console, Main.class)
                .execute(args);
        console.out().flush();
        System.exit(status);
    }
}
