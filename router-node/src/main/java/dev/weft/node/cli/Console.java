package dev.weft.node.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Where commands print.
 *
 * @param out what was asked for
 * @param err what went wrong
 */
public record Console(PrintWriter out, PrintWriter err) {

    /** Standard output and standard error of this process; every line is written at once. */
    public static Console ofProcess() {
        Charset charset = Charset.defaultCharset();
        return new Console(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset));
    }
}
