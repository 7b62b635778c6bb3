package dev.weft.node.cli;

import dev.weft.config.ConfigProblem;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import java.io.PrintWriter;
import java.util.Optional;

/** Prints what is wrong with a configuration. */
final class ConfigProblems {
    private final PrintWriter out;

    ConfigProblems(PrintWriter out) {
        this.out = out;
    }

    /** The configuration, if it can be used; all problems and warnings are printed, one on each line. */
    Optional<NodeConfig> valid(ConfigReport report) {
        for (ConfigProblem problem : report.problems()) {
            out.println(problem);
        }
        return report.config();
    }
}
