package dev.weft.wamp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples in {@code src/test/resources/vectors}; see the README there. */
class VectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Sample(String description, JsonNode forms, JsonNode expected) {
        List<String> forms(SerializerId id) {
            List<String> written = new ArrayList<>();
            forms.get(id.name().toLowerCase(Locale.ROOT)).forEach(form -> written.add(form.asText()));
            return written;
        }
    }

    private static List<Sample> samples(MessageType type) throws IOException {
        String name = "/vectors/" + type.name().toLowerCase(Locale.ROOT) + ".json";
        List<Sample> samples = new ArrayList<>();
        try (InputStream file = VectorsTest.class.getResourceAsStream(name)) {
            JsonNode vectors = JSON.readTree(file);
            assertThat(vectors.get("code").asInt()).isEqualTo(type.code());
            vectors.get("samples")
                    .forEach(sample -> samples.add(new Sample(
                            sample.get("description").asText(), sample.get("serializers"), sample.get("expected"))));
        }
        assertThat(samples).isNotEmpty();
        return samples;
    }

    @ParameterizedTest
    @EnumSource
    void everyFormIsReadAsTheMessage(MessageType type) throws IOException {
        for (Sample sample : samples(type)) {
            for (SerializerId id : SerializerId.values()) {
                for (String form : sample.forms(id)) {
                    WampMessage message = Wire.decode(id, form);
                    assertThat(message.type()).isEqualTo(type);
                    assertThat(Attributes.of(message))
                            .as("%s: %s", sample.description, form)
                            .isEqualTo(sample.expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMessageIsWrittenInTheFirstForm(MessageType type) throws IOException {
        for (Sample sample : samples(type)) {
            for (SerializerId from : SerializerId.values()) {
                for (String form : sample.forms(from)) {
                    assertWrittenInTheFirstForm(sample, from, form);
                }
                String first = sample.forms(from).get(0);
                assertThat(Wire.written(from, Messages.encode(Wire.serializer(from), Wire.decode(from, first))))
                        .as(sample.description)
                        .isEqualTo(first);
            }
        }
    }

    /** Of a payload only a form in another serializer is written anew; in its own it passes as it came. */
    private static void assertWrittenInTheFirstForm(Sample sample, SerializerId from, String form) {
        WampMessage message = Wire.decode(from, form);
        for (SerializerId to : SerializerId.values()) {
            if (from != to || message.payload().isEmpty()) {
                assertThat(Wire.written(to, Messages.encode(Wire.serializer(to), message)))
                        .as("%s: %s in %s", sample.description, form, to)
                        .isEqualTo(sample.forms(to).get(0));
            }
        }
    }
}
