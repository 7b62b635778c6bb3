package dev.weft.load.compare;

import java.util.List;
import java.util.stream.Stream;

/** All that can take part, in the order in which they are shown. */
public final class Contenders {
    private Contenders() {}

    /**
     * The WAMP routers. The first is Weft.
     *
     * @param weftJavaOptions for Weft's nodes
     * @param python the interpreter for Crossbar.io
     */
    public static List<Contender> routers(Workshop workshop, String weftJavaOptions, String python) {
        return List.of(
                new WeftContender(workshop, weftJavaOptions),
                new NexusContender(workshop),
                new CrossbarContender(workshop, python));
    }

    /** Also those that are no WAMP router. */
    static List<Contender> all(Workshop workshop, String weftJavaOptions, String python) {
        return Stream.concat(
                        routers(workshop, weftJavaOptions, python).stream(),
                        Stream.of(new NatsContender(workshop), new RelayContender(workshop)))
                .toList();
    }
}
