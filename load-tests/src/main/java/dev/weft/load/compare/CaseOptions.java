package dev.weft.load.compare;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which cases are to be measured, for all commands that measure some. */
final class CaseOptions {
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:/=+-]+");

    @Option(
            names = "--fan-out",
            split = ",",
            defaultValue = "10,100,1000",
            paramLabel = "N",
            description = "Numbers of subscribers. Default: ${DEFAULT-VALUE}.")
    private List<Integer> fanOuts = List.of(10, 100, 1000);

    @Option(names = "--idle", defaultValue = "0", paramLabel = "N", description = "Also so many idle sessions.")
    private int idle;

    @Option(
            names = "--reconnect",
            defaultValue = "0",
            paramLabel = "N",
            description = "Also so many that reconnect at once.")
    private int reconnecting;

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Those of which one of {@code patterns}, with * for anything, is the id; none if there is none. */
    List<Case> chosen(List<String> patterns) {
        return Cases.all(fanOuts, idle, reconnecting).stream()
                .filter(what -> patterns.stream().anyMatch(pattern -> matches(pattern, what.id())))
                .toList();
    }

    /** The command as it was given, so that a page says how it is made again. */
    String given() {
        StringBuilder line = new StringBuilder("with `./weft load ").append(command.name());
        for (String argument : command.commandLine().getParseResult().originalArgs()) {
            line.append(' ').append(PLAIN.matcher(argument).matches() ? argument : "'" + argument + "'");
        }
        return line.append('`').toString();
    }

    private static boolean matches(String pattern, String id) {
        return id.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
