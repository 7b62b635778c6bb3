package dev.weft.interop;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossbar.autobahn.wamp.exceptions.ApplicationError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent over autobahn-java: one JSON command a line in, one JSON answer a line out, see ../suite.
 *
 * <p>Bytes are written {@code {"$bytes": "<hex>"}} in commands and answers.
 */
public final class Agent {

    private static final TypeReference<Map<String, Object>> COMMAND = new TypeReference<>() {};

    private final ObjectMapper json = new ObjectMapper();
    private final PrintStream out;
    private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();

    private Agent(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // the client prints to standard output
        new Agent(answers).run();
        System.exit(0); // the client's Netty threads are not daemons
    }

    private void run() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Map<String, Object> command = json.readValue(line, COMMAND);
            perform(command).whenComplete((answer, failure) -> answer(command, answer, failure));
        }
    }

    private CompletableFuture<Map<String, Object>> perform(Map<String, Object> command) {
        String name = (String) command.get("session");
        if (command.get("op").equals("open")) {
            AgentSession session = new AgentSession(command, this::say);
            sessions.put(name, session);
            return session.open();
        }
        return sessions.get(name).perform(command);
    }

    private void answer(Map<String, Object> command, Map<String, Object> answer, Throwable failure) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", command.get("id"));
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ApplicationError error) {
            AgentSession session = sessions.get((String) command.get("session"));
            Map<String, Object> detail = session.payload(error.args, error.kwargs);
            detail.put("uri", error.getMessage());
            line.put("error", detail);
        } else if (cause != null) {
            line.put("failed", cause.toString() + " " + List.of(cause.getStackTrace()));
        } else {
            line.put("ok", answer);
        }
        say(line);
    }

    private synchronized void say(Map<String, Object> line) {
        try {
            out.println(json.writeValueAsString(line));
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
