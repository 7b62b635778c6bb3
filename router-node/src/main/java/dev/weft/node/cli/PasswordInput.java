package dev.weft.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where a password comes from: asked for twice on a terminal, without showing it, or else the first line of standard input. */
final class PasswordInput {
    private PasswordInput() {}

    /** @throws IOException if there is none, or it was not the same both times; the message says so */
    static String read() throws IOException {
        java.io.Console terminal = System.console();
        String password = terminal != null && isTerminal(terminal) ? ask(terminal) : firstLine();
        if (password.isEmpty()) {
            throw new IOException("the password is empty");
        }
        return password;
    }

    /** From Java 22 on there is a console also where there is no terminal, and it can be asked. */
    private static boolean isTerminal(java.io.Console console) {
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    private static String ask(java.io.Console terminal) throws IOException {
        char[] first = terminal.readPassword("Password: ");
        char[] second = terminal.readPassword("Again: ");
        if (first == null || second == null || !Arrays.equals(first, second)) {
            throw new IOException("that was not the same password twice");
        }
        return new String(first);
    }

    private static String firstLine() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
