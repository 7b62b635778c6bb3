package dev.weft.transport;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.PrintableText;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** Messages as one line of text. Belongs to an event loop. */
public final class TraceText {
    private static final int LONGEST = 2000;
    private static final int LONGEST_PAYLOAD = 500;

    /** What may hold a secret, or what stands for one. */
    private static final Set<MessageType> DISCREET =
            EnumSet.of(MessageType.HELLO, MessageType.CHALLENGE, MessageType.AUTHENTICATE, MessageType.WELCOME);

    private final Serializer json;
    private final boolean payloads;

    /**
     * @param json of the event loop, to which payloads are transcoded
     * @param payloads whether they are shown
     */
    public TraceText(Serializer json, boolean payloads) {
        if (json.id() != SerializerId.JSON) {
            throw new IllegalArgumentException("people read JSON");
        }
        this.json = json;
        this.payloads = payloads;
    }

    String of(WampMessage message) {
        if (DISCREET.contains(message.type())) {
            return message.type() + " (not shown)";
        }
        String text = message.toString();
        Payload payload = message.payload();
        if (payloads && !payload.isEmpty()) {
            text += " " + cut(new String(json.accept(payload).bytes(), StandardCharsets.UTF_8), LONGEST_PAYLOAD);
        }
        return cut(PrintableText.of(text), LONGEST);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "... (" + text.length() + " characters)";
    }
}
