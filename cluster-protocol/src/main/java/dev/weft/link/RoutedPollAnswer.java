package dev.weft.link;

import dev.weft.wamp.SerializerId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link RoutedPoll}: with messages, with the fact that it was done, or with what was wrong.
 *
 * @param request that of the question
 * @param serializer of the messages; null if there are none
 * @param messages as they are written to the client
 * @param status of HTTP if something was wrong, else 0
 * @param words what was wrong
 */
public record RoutedPollAnswer(
        long request, @Nullable SerializerId serializer, byte[] messages, int status, String words)
        implements RoutedMessage {
    private static final byte[] NONE = {};

    public static RoutedPollAnswer done(long request) {
        return new RoutedPollAnswer(request, null, NONE, 0, "");
    }

    public static RoutedPollAnswer messages(long request, SerializerId serializer, byte[] messages) {
        return new RoutedPollAnswer(request, serializer, messages, 0, "");
    }

    public static RoutedPollAnswer wrong(long request, int status, String words) {
        return new RoutedPollAnswer(request, null, NONE, status, words);
    }

    @Override
    public String realm() {
        return "";
    }

    @Override
    public int loop() {
        return CallId.loop(request);
    }

    @Override
    public int bodyLength() {
        return messages.length;
    }

    @Override
    public RoutedPollAnswer keep() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoutedPollAnswer answer
                && request == answer.request
                && serializer == answer.serializer
                && status == answer.status
                && words.equals(answer.words)
                && Arrays.equals(messages, answer.messages);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(request);
    }
}
