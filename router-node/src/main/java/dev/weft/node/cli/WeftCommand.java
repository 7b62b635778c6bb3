package dev.weft.node.cli;

import dev.weft.node.NodeStarter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code weft} with all its subcommands. */
@Command(
        name = "weft",
        description = "A clustered WAMP router.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "'./weft test' in the sources runs all tests.",
            "Exit status: 0 ok, 1 failed, 2 wrong usage or configuration, 3 not ready,",
            "130 stopped by Ctrl-C.",
            "'weft COMMAND --help' tells more. The reference of the configuration: weft config-doc"
        })
public final class WeftCommand {
    private WeftCommand() {}

    /**
     * The command, ready to be executed.
     *
     * @param starter starts a node in this process
     * @param environment the environment variables
     * @param console where it prints
     * @param main the class that begins a process with this command, for processes that the command starts
     */
    public static CommandLine create(
            NodeStarter starter, Map<String, String> environment, Console console, Class<?> main) {
        CommandLine command = new CommandLine(new WeftCommand());
        command.addSubcommand(new UpCommand(console, main));
        command.addSubcommand(new ServeCommand(starter, environment, console));
        command.addSubcommand(new ClusterCommand(environment, console));
        command.addSubcommand(new HealthCommand(environment, console));
        command.addSubcommand(new DrainCommand(environment, console));
        command.addSubcommand(new RoundTripCommand(console));
        command.addSubcommand(new ReloadCommand(environment, console));
        command.addSubcommand(new StatusCommand(environment, console));
        command.addSubcommand(new TopCommand(environment, console));
        command.addSubcommand(new CheckConfigCommand(environment, console));
        command.addSubcommand(new ExplainCommand(environment, console));
        command.addSubcommand(new DefaultConfigCommand(console));
        command.addSubcommand(new ConfigDocCommand(console));
        command.addSubcommand(KeygenCommand.create(console));
        command.addSubcommand(new TokenCommand(console));
        command.addSubcommand(new MetricsDocCommand(console));
        command.addSubcommand(new HashPasswordCommand(console));
        command.addSubcommand(new PasswdCommand(environment, console));
        command.addSubcommand(new VersionCommand(console));
        command.addSubcommand(new RehearseCommand(starter, console));
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        return command.setOut(console.out()).setErr(console.err()).setUsageHelpAutoWidth(true);
    }
}
