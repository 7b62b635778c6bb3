package dev.weft.load.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that can take part, in the order in which they are shown. */
public final class Contenders {
    private Contenders() {}

    /**
     * The WAMP routers. The first is Weft.
     *
     * @param weftJavaOptions for Weft's nodes
     * @param python the interpreter for Crossbar.io, if it is to be installed
     * @param crossbar where Crossbar.io is installed already, or null
     */
    public static List<Contender> routers(
            Workshop workshop, String weftJavaOptions, String python, @Nullable Path crossbar) {
        return List.of(
                new WeftContender(workshop, weftJavaOptions),
                new NexusContender(workshop),
                new CrossbarContender(workshop, python, crossbar));
    }

    /** Also those that are no WAMP router. */
    static List<Contender> all(Workshop workshop, String weftJavaOptions, String python, @Nullable Path crossbar) {
        return Stream.concat(
                        routers(workshop, weftJavaOptions, python, crossbar).stream(),
                        Stream.of(new NatsContender(workshop), new RelayContender(workshop)))
                .toList();
    }
}
