package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DictRulesTest {
    @Test
    void whatTellsItsSizeMayBeWithinWhatDoesNot() {
        String mixed = "bf616180616281bf6163f6ff6164bf616580ffff";
        assertThat(Wire.transcode(CBOR, mixed, JSON)).isEqualTo("{\"a\":[],\"b\":[{\"c\":null}],\"d\":{\"e\":[]}}");
        assertThat(Wire.transcode(CBOR, mixed, MSGPACK)).isEqualTo("83a16190a1629181a163c0a16481a16590");
    }

    @Test
    void keysThatAreNoStringsAreKeptWhereTheyCanBe() {
        assertThat(Wire.transcode(MSGPACK, "8101a161", CBOR)).isEqualTo("a1016161");
        assertThat(Wire.transcode(CBOR, "a1fb3ff800000000000001", MSGPACK)).isEqualTo("81cb3ff800000000000001");
    }

    @Test
    void keysThatAreNoStringsAreStringsInJson() {
        assertThat(Wire.transcode(MSGPACK, "8101a161", JSON)).isEqualTo("{\"1\":\"a\"}");
        assertThat(Wire.transcode(MSGPACK, "81fe00", JSON)).isEqualTo("{\"-2\":0}");
        assertThat(Wire.transcode(MSGPACK, "81d3800000000000000000", JSON)).isEqualTo("{\"-9223372036854775808\":0}");
        assertThat(Wire.transcode(MSGPACK, "81cfffffffffffffffff00", JSON)).isEqualTo("{\"18446744073709551615\":0}");
        assertThat(Wire.transcode(MSGPACK, "82c300c000", JSON)).isEqualTo("{\"true\":0,\"null\":0}");
        assertThat(Wire.transcode(MSGPACK, "81cb3ff800000000000000", JSON)).isEqualTo("{\"1.5\":0}");
        assertThat(Wire.transcode(MSGPACK, "81c4010100", JSON)).isEqualTo("{\"\\u0000AQ==\":0}");
        assertThat(Wire.value(MSGPACK, "84010202030405c305")).isEqualTo(Map.of("1", 2L, "2", 3L, "4", 5L, "true", 5L));
    }

    @Test
    void aJsonKeyIsNeverBinary() {
        assertThat(Wire.transcode(JSON, "{\"\\u0000AQ==\":0}", MSGPACK)).isEqualTo("81a50041513d3d00");
    }

    @Test
    void aListOrDictAsAKeyIsRefused() {
        Wire.assertArgumentRefused(MSGPACK, "819000").hasMessageContaining("key");
        Wire.assertArgumentRefused(MSGPACK, "818000").hasMessageContaining("key");
        Wire.assertArgumentRefused(CBOR, "a18000").hasMessageContaining("key");
        Wire.assertArgumentRefused(CBOR, "a1a000").hasMessageContaining("key");
        Wire.assertArgumentRefused(CBOR, "bf9fff00ff").hasMessageContaining("key");
        Wire.assertArgumentRefused(JSON, "{[]:0}").hasMessageContaining("key");
        Wire.assertArgumentRefused(JSON, "{1:0}").hasMessageContaining("key");
    }

    @Test
    void keysThatAreThereTwiceInAPayloadAreNotLookedAt() {
        assertThat(Wire.transcode(JSON, "{\"a\":1,\"a\":2}", JSON)).isEqualTo("{\"a\":1,\"a\":2}");
        assertThat(Wire.transcode(JSON, "{\"a\":1,\"a\":2}", MSGPACK)).isEqualTo("82a16101a16102");
        assertThat(Wire.value(JSON, "{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void uncountedListsAndDictsAreCountedWhenTranscoded() {
        assertThat(Wire.transcode(CBOR, "9f0102ff", MSGPACK)).isEqualTo("920102");
        assertThat(Wire.transcode(CBOR, "9f9f01ffbf61619f02ffffff", MSGPACK)).isEqualTo("92910181a1619102");
        assertThat(Wire.transcode(JSON, "[[],[1,[2]],{\"a\":[3],\"b\":{}}]", CBOR))
                .isEqualTo("838082018102a261618103" + "6162a0");
        assertThat(Wire.transcode(CBOR, "819f01ff", CBOR)).isEqualTo("819f01ff");
        Wire.assertArgumentRefused(CBOR, "ff");
        Wire.assertArgumentRefused(CBOR, "81ff");
        Wire.assertArgumentRefused(CBOR, "bf6161ff").hasMessageContaining("break");
        Wire.assertArgumentRefused(CBOR, "9fc1ff");
        Wire.assertArgumentRefused(CBOR, "9f01");
    }

    @Test
    void theSizeOfAListOrStringIsWrittenInItsShortestForm() {
        String[][] lists = {
            {"15", "9f", "8f"}, {"16", "dc0010", "90"}, {"24", "dc0018", "9818"}, {"256", "dc0100", "990100"}
        };
        for (String[] list : lists) {
            int size = Integer.parseInt(list[0]);
            String json = "[" + "0,".repeat(size - 1) + "0]";
            assertThat(Wire.transcode(JSON, json, MSGPACK)).isEqualTo(list[1] + "00".repeat(size));
            assertThat(Wire.transcode(JSON, json, CBOR)).isEqualTo(list[2] + "00".repeat(size));
        }
        assertThat(Wire.transcode(JSON, "[" + "0,".repeat(65_535) + "0]", MSGPACK))
                .startsWith("dd0001000000");
        String[][] strings = {{"31", "bf", "781f"}, {"32", "d920", "7820"}, {"256", "da0100", "790100"}};
        for (String[] string : strings) {
            int length = Integer.parseInt(string[0]);
            String json = '"' + "a".repeat(length) + '"';
            assertThat(Wire.transcode(JSON, json, MSGPACK)).isEqualTo(string[1] + "61".repeat(length));
            assertThat(Wire.transcode(JSON, json, CBOR)).isEqualTo(string[2] + "61".repeat(length));
        }
        String dict = "{\"a\":0" + ",\"a\":0".repeat(15) + "}";
        assertThat(Wire.transcode(JSON, dict, MSGPACK)).startsWith("de0010a16100");
        assertThat(Wire.transcode(JSON, dict, CBOR)).startsWith("b0616100");
    }

    @Test
    void argumentsAndKeywordsAreKeptAsTheyCameWithWhatIsBetweenThem() {
        Payload json = Wire.decode(JSON, " [ 70 , 1 , { } , [ 1 ]\n,\t{ \"a\" : 2 } ] ")
                .payload();
        assertThat(Wire.written(JSON, json.bytes())).isEqualTo("[ 1 ]\n,\t{ \"a\" : 2 }");
        assertThat(json.elements()).isEqualTo(2);
        for (SerializerId to : SerializerId.values()) {
            Serializer serializer = Wire.serializer(to);
            Payload accepted = serializer.accept(json);
            assertThat(serializer.args(accepted)).containsExactly(1L);
            assertThat(serializer.kwargs(accepted)).isEqualTo(Map.of("a", 2L));
        }
        assertThat(Wire.written(MSGPACK, Wire.serializer(MSGPACK).accept(json).bytes()))
                .isEqualTo("910181a16102");
        Payload cbor = Wire.decode(CBOR, Wire.yieldOf(CBOR, 2, "8101a1616102")).payload();
        assertThat(Wire.written(JSON, Wire.serializer(JSON).accept(cbor).bytes()))
                .isEqualTo("[1],{\"a\":2}");
    }

    @Test
    void aValueThatCannotBeWrittenLeavesNothingBehind() {
        Serializer serializer = Wire.serializer(MSGPACK);
        assertThatThrownBy(() -> serializer.payload(List.of(List.of(new Object(), 1)), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Wire.written(MSGPACK, serializer.payload(List.of(1), null).bytes()))
                .isEqualTo("9101");
    }

    @Test
    void emptyArgumentsPassAsTheyCameButAreNotMade() {
        assertThat(Wire.decode(JSON, "[70,1,{},[]]").payload().elements()).isEqualTo(1);
        assertThat(Wire.decode(JSON, "[70,1,{},[],{}]").payload().elements()).isEqualTo(2);
        assertThat(Wire.decode(JSON, "[70,1,{}]").payload()).isSameAs(Payload.EMPTY);
        Serializer serializer = Wire.serializer(JSON);
        assertThat(serializer.payload(List.of(), Map.of())).isSameAs(Payload.EMPTY);
        assertThat(Wire.written(JSON, serializer.payload(null, Map.of("a", 1)).bytes()))
                .isEqualTo("[],{\"a\":1}");
        assertThat(serializer.payload(List.of(1), Map.of()).elements()).isEqualTo(1);
    }
}
