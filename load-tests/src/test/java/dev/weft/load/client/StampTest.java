package dev.weft.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StampTest {
    private final Stamp sent = new Stamp();
    private final Stamp received = new Stamp();

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void isReadAsItWasWrittenInEverySizeOfEverySerializer(SerializerId id) {
        WampArguments arguments = WampLanguage.of(id).arguments();
        for (int size : new int[] {32, 33, 255, 256, 70_000}) {
            Payload payload = arguments.of(size, sent.set(Stamp.LAST_STREAM, size, -size));
            assertThat(arguments.read(payload, received)).isTrue();
            assertThat(received.stream()).isEqualTo(Stamp.LAST_STREAM);
            assertThat(received.sequence()).isEqualTo(size);
            assertThat(received.time()).isEqualTo(-size);
        }
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void isFoundAlsoWhereARouterAddsEmptyKeywordArguments(SerializerId id) {
        WampLanguage language = WampLanguage.of(id);
        Serializer serializer = language.serializer();
        String text = String.valueOf(
                serializer.args(language.arguments().of(100, sent.set(5, 6, 7))).get(0));
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(100);
        Payload payload = serializer.payload(List.of(text), Map.of("added", 1L));
        assertThat(language.arguments().read(payload, received)).isTrue();
        assertThat(received.sequence()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void isNotFoundInWhatOthersSend(SerializerId id) {
        WampLanguage language = WampLanguage.of(id);
        for (List<?> args : List.of(List.of(), List.of(1L), List.of("X".repeat(100)), List.of("short"))) {
            assertThat(language.arguments().read(language.serializer().payload(args, null), received))
                    .isFalse();
        }
    }
}
