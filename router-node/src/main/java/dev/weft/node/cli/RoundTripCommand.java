package dev.weft.node.cli;

import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Proves that two nodes work together, as their clients would see it. */
@Command(
        name = "roundtrip",
        description = "Register a procedure at one node and call it by way of another.",
        footer = {
            "",
            "With one URL both sessions are at that node. Exit status: 0 answered, 1 failed, 2 wrong usage.",
            "",
            "Example:",
            "  weft roundtrip rs://weft-0.weft-headless:8080 rs://weft-1.weft-headless:8080 --realm realm1",
            "  weft roundtrip rss://router.example.com:443 --authid checker --ticket-file checker.ticket",
            "  weft roundtrip rss://10.0.0.7:8443 --ca authority.crt --server-name router.example.com"
        })
final class RoundTripCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "URL",
            arity = "1..2",
            description = "Where the callee and the caller connect: rs://host:port, or rss:// with TLS.")
    private List<URI> urls = List.of();

    @Option(names = "--realm", defaultValue = "realm1", description = "The realm that both join (default: realm1).")
    private String realm = "realm1";

    @Option(
            names = "--procedure",
            paramLabel = "URI",
            description = "What is registered and called (default: roundtrip.check_ and a random number).")
    private String procedure = "roundtrip.check_"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    @Mixin
    private RoundTripTls tls = new RoundTripTls();

    @Mixin
    private RoundTripTicket ticket = new RoundTripTicket();

    RoundTripCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        URI calleeAt = urls.get(0);
        URI callerAt = urls.get(urls.size() - 1);
        for (URI url : urls) {
            if (!RoundTripSession.speaks(url)) {
                console.err().println("weft: expected rs://host:port or rss://host:port, found '" + url + "'");
                return ExitStatus.USAGE;
            }
        }
        try {
            return roundTrip(calleeAt, callerAt, tls.taken(), ticket.shown());
        } catch (TypeConversionException wrong) {
            console.err().println("weft: " + wrong.getMessage());
            return ExitStatus.USAGE;
        }
    }

    private int roundTrip(
            URI calleeAt, URI callerAt, RoundTripTls.Taken certificates, RoundTripTicket.@Nullable Shown shown) {
        try (RoundTripSession callee = RoundTripSession.join(calleeAt, realm, certificates, shown);
                RoundTripSession caller = RoundTripSession.join(callerAt, realm, certificates, shown)) {
            callee.register(procedure);
            long began = System.nanoTime();
            caller.call(procedure);
            callee.answer();
            caller.expectResult();
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
            console.out().printf("%s called by way of %s: answered in %d us%n", calleeAt, callerAt, micros);
            return ExitStatus.OK;
        } catch (IOException failure) {
            console.err().println("weft: no round trip: " + failure.getMessage());
            return ExitStatus.FAILED;
        }
    }
}
