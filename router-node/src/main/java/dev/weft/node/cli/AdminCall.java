package dev.weft.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.TypeConversionException;

/** One question of a command to a node: its answer is printed, and gives the status to exit with. */
final class AdminCall {
    private static final int HTTP_OK = 200;
    private static final int HTTP_ACCEPTED = 202;
    private static final int HTTP_CONFLICT = 409;
    private static final int HTTP_UNAVAILABLE = 503;

    /** What is printed of an answer in text, and the status to exit with. */
    interface Reading {
        int print(Map<?, ?> json, PrintWriter out);
    }

    private interface Question {
        AdminClient.Answer ask(AdminClient client) throws IOException, InterruptedException;
    }

    private final AdminOptions options;
    private final Map<String, String> environment;
    private final Console console;

    AdminCall(AdminOptions options, Map<String, String> environment, Console console) {
        this.options = options;
        this.environment = environment;
        this.console = console;
    }

    int get(String path, Reading reading) {
        return ask(client -> client.get(path), reading);
    }

    int post(String path, Reading reading) {
        return ask(client -> client.post(path), reading);
    }

    private int ask(Question question, Reading reading) {
        AdminTarget target;
        try {
            target = options.target(environment);
        } catch (TypeConversionException wrong) {
            return fail(String.valueOf(wrong.getMessage()), ExitStatus.USAGE);
        }
        AdminClient.Answer answer;
        try {
            answer = question.ask(new AdminClient(target));
        } catch (IOException silent) {
            return fail(
                    "no node answers at " + target + " (" + reason(silent) + "). A node has an admin port if"
                            + " admin.address is set, for example: weft serve --set admin.address="
                            + AdminOptions.DEFAULT
                            + ". Another node is named by --admin or " + AdminOptions.VARIABLE,
                    ExitStatus.FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitStatus.FAILED;
        }
        return read(answer, reading);
    }

    private int read(AdminClient.Answer answer, Reading reading) {
        if (answer.status() == HTTP_UNAVAILABLE) {
            return fail("the node is not ready: " + answer.json().get("reasons"), ExitStatus.NOT_READY);
        }
        if (answer.status() == HTTP_CONFLICT) {
            return fail("the node refuses: " + list(answer.json(), "problems"), ExitStatus.FAILED);
        }
        if (answer.status() != HTTP_OK && answer.status() != HTTP_ACCEPTED) {
            return fail(
                    "the node says " + answer.status() + ": " + answer.json().get("error"), ExitStatus.FAILED);
        }
        if (options.isJson()) {
            console.out().print(answer.text());
            return reading.print(answer.json(), new PrintWriter(PrintWriter.nullWriter()));
        }
        return reading.print(answer.json(), console.out());
    }

    private static String reason(IOException silent) {
        if (silent instanceof ConnectException) {
            return "nobody listens there";
        }
        return silent.getMessage() == null ? silent.getClass().getSimpleName() : silent.getMessage();
    }

    private int fail(String message, int status) {
        console.err().println("weft: " + message);
        return status;
    }

    /** The list under {@code key}; empty if there is none. */
    static List<?> list(Map<?, ?> json, String key) {
        return json.get(key) instanceof List<?> list ? list : List.of();
    }

    /** Prints the list under {@code key} as a table. */
    static void table(Map<?, ?> json, String key, PrintWriter out) {
        TextTable.lines(list(json, key)).forEach(out::println);
    }

    /** Prints all else that the object has, a line for each. */
    static void rest(Map<?, ?> json, String without, PrintWriter out) {
        json.forEach((key, value) -> {
            if (!key.equals(without)) {
                print(String.valueOf(key).replace('_', ' '), value, out);
            }
        });
    }

    private static void print(String name, Object value, PrintWriter out) {
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
            out.println();
            out.println(name + ":");
            TextTable.lines(list).forEach(out::println);
        } else if (value instanceof Map<?, ?> fields) {
            fields.forEach(
                    (key, field) -> print(name + ", " + String.valueOf(key).replace('_', ' '), field, out));
        } else {
            out.println(name + ": " + value);
        }
    }
}
