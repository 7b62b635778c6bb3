package dev.weft.wamp.codec;

import static dev.weft.wamp.SerializerId.CBOR;
import static dev.weft.wamp.SerializerId.JSON;
import static dev.weft.wamp.SerializerId.MSGPACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Hello;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TextRulesTest {
    private static final String[] NOT_UTF8 = {
        "80",
        "c0af",
        "c1bf",
        "c3",
        "c328",
        "e08080",
        "eda080",
        "edbfbf",
        "e282",
        "f0808080",
        "f4908080",
        "f5808080",
        "ff"
    };

    @Test
    void textThatIsNotUtf8IsRefused() {
        for (String bytes : NOT_UTF8) {
            String length = Integer.toHexString(bytes.length() / 2);
            Wire.assertArgumentRefused(MSGPACK, "a" + length + bytes).hasMessageContaining("not UTF-8");
            Wire.assertArgumentRefused(CBOR, "6" + length + bytes).hasMessageContaining("not UTF-8");
            byte[] text = HexFormat.of().parseHex(bytes);
            byte[] message =
                    ("[70,1,{},[\"" + "?".repeat(text.length) + "padding\"]]").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, message, 11, text.length);
            Wire.assertViolation(JSON, message).hasMessageContaining("not UTF-8");
        }
    }

    @Test
    void textOfAllPlanesIsKept() {
        String text = "aé€𝄞\u007f\uffff\udbff\udfff";
        String json = '"' + text + '"';
        for (String form : new String[] {json, "\"a\\u00e9\\u20AC\\ud834\\uDD1E\\u007f\\uffff\\udbff\\udfff\""}) {
            assertThat(Wire.value(JSON, form)).isEqualTo(text);
            String msgpack = Wire.transcode(JSON, form, MSGPACK);
            assertThat(Wire.transcode(MSGPACK, msgpack, JSON)).isEqualTo(json);
            assertThat(Wire.transcode(CBOR, Wire.transcode(MSGPACK, msgpack, CBOR), JSON))
                    .isEqualTo(json);
        }
    }

    @Test
    void escapesAreResolvedAndMade() {
        assertThat(Wire.transcode(JSON, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\"", MSGPACK))
                .isEqualTo("a9" + "225c2f080c0a0d0901");
        assertThat(Wire.transcode(MSGPACK, "a9" + "225c2f080c0a0d0901", JSON))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\"");
        assertThat(Wire.transcode(MSGPACK, "da07d0" + "01".repeat(2_000), JSON))
                .isEqualTo('"' + "\\u0001".repeat(2_000) + '"');
        for (String escape : new String[] {"\\x", "\\u12", "\\u12g4", "\\", "\\u", "\\U0041", "\\u+123"}) {
            Wire.assertArgumentRefused(JSON, '"' + escape + '"');
        }
    }

    @Test
    void halfOfASurrogatePairIsReplacedWhenTranscodedAndRefusedInTheHead() {
        for (String half : new String[] {"\\ud800", "\\udc00", "\\ud834\\ud834", "\\ud834x", "\\uDD1E\\uD834"}) {
            String argument = "\"" + half + "\"";
            assertThat(Wire.transcode(JSON, argument, JSON)).isEqualTo(argument);
            assertThat(Wire.transcode(JSON, argument, MSGPACK)).contains("efbfbd");
            assertThat(Wire.transcode(JSON, argument, CBOR)).contains("efbfbd");
            Wire.assertViolation(JSON, "[48,1,{},\"a." + half + "\"]").hasMessageContaining("surrogate");
            Wire.assertViolation(JSON, "[1,\"r\",{\"x\":" + argument + "}]").hasMessageContaining("surrogate");
        }
        assertThat(Wire.transcode(JSON, "\"\\ud834x\"", MSGPACK)).isEqualTo("a4efbfbd78");
    }

    @Test
    void controlCharactersMustBeEscapedInJson() {
        Wire.assertArgumentRefused(JSON, "\"a\nb\"").hasMessageContaining("control character");
        Wire.assertArgumentRefused(JSON, "\"\0\"").hasMessageContaining("control character");
        Wire.assertArgumentRefused(JSON, "\"no end");
        for (char control = 0; control < ' '; control++) {
            for (int at = 0; at < 20; at++) {
                String text = "x".repeat(at) + control + "x".repeat(20 - at);
                Wire.assertArgumentRefused(JSON, '"' + text + '"').hasMessageContaining("control character");
            }
        }
    }

    @Test
    void aByteOrderMarkIsRefused() {
        Wire.assertViolation(JSON, "\ufeff[70,1,{}]");
    }

    @Test
    void binaryIsBase64AfterAZeroInJson() {
        String hex = "10e3ff9053075c526f5fc06d4fe37cdb";
        String json = "\"\\u0000EOP/kFMHXFJvX8BtT+N82w==\"";
        assertThat(Wire.transcode(MSGPACK, "c410" + hex, JSON)).isEqualTo(json);
        assertThat(Wire.transcode(JSON, json, MSGPACK)).isEqualTo("c410" + hex);
        assertThat(Wire.transcode(CBOR, "50" + hex, JSON)).isEqualTo(json);
        assertThat(Wire.transcode(JSON, json, CBOR)).isEqualTo("50" + hex);
        assertThat(Wire.transcode(MSGPACK, "c400", JSON)).isEqualTo("\"\\u0000\"");
        assertThat(Wire.transcode(JSON, "\"\\u0000\"", MSGPACK)).isEqualTo("c400");
        assertThat(Wire.value(JSON, json)).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void aStringThatBeginsWithZeroAndIsNoBase64StaysAString() {
        assertThat(Wire.transcode(JSON, "\"\\u0000a b\"", MSGPACK)).isEqualTo("a400612062");
        assertThat(Wire.transcode(JSON, "\"\\u0000QQ\"", MSGPACK)).isEqualTo("a3005151");
        assertThat(Wire.transcode(JSON, "\"\\u0000Q===\"", MSGPACK)).startsWith("a5");
        assertThat(Wire.transcode(MSGPACK, "a400612062", JSON)).isEqualTo("\"\\u0000a b\"");
    }

    @Test
    void whatJavaScriptWritesForUndefinedIsNull() {
        assertThat(Wire.transcode(MSGPACK, "d40000", CBOR)).isEqualTo("f6");
        assertThat(Wire.transcode(MSGPACK, "d40000", JSON)).isEqualTo("null");
        assertThat(Wire.transcode(MSGPACK, "d40000", MSGPACK)).isEqualTo("d40000");
        assertThat(Wire.transcode(MSGPACK, "d40001", CBOR)).isEqualTo("4101");
        Wire.assertArgumentRefused(MSGPACK, "d400");
    }

    @Test
    void extensionsOfMessagePackAreBinaryElsewhere() {
        assertThat(Wire.transcode(MSGPACK, "d6ff5ec80e00", MSGPACK)).isEqualTo("d6ff5ec80e00");
        assertThat(Wire.transcode(MSGPACK, "d6ff5ec80e00", CBOR)).isEqualTo("445ec80e00");
        assertThat(Wire.transcode(MSGPACK, "c70305010203", JSON)).isEqualTo("\"\\u0000AQID\"");
        for (String ext : new String[] {"d401aa", "d501aabb", "d701" + "00".repeat(8), "d801" + "00".repeat(16)}) {
            assertThat(Wire.transcode(MSGPACK, ext, CBOR)).endsWith(ext.substring(4));
        }
        assertThat(Wire.transcode(MSGPACK, "c8000101cc", CBOR)).isEqualTo("41cc");
        assertThat(Wire.transcode(MSGPACK, "c90000000101cc", CBOR)).isEqualTo("41cc");
        Wire.assertArgumentRefused(MSGPACK, "d6ff5ec8");
        Wire.assertArgumentRefused(MSGPACK, "c1").hasMessageContaining("0xc1");
    }

    @Test
    void tagsOfCborAreDroppedElsewhere() {
        assertThat(Wire.transcode(CBOR, "c11a514b67b0", CBOR)).isEqualTo("c11a514b67b0");
        assertThat(Wire.transcode(CBOR, "c11a514b67b0", JSON)).isEqualTo("1363896240");
        assertThat(Wire.transcode(CBOR, "d9d9f7d82063616263", MSGPACK)).isEqualTo("a3616263");
        assertThat(Wire.transcode(CBOR, "c2820102", JSON)).isEqualTo("[1,2]");
        assertThat(Wire.decode(CBOR, "d9d9f783016161a0")).isInstanceOf(Hello.class);
        Wire.assertArgumentRefused(CBOR, "c1");
    }

    @Test
    void undefinedAndUnassignedValuesOfCborAreNullElsewhere() {
        for (String simple : new String[] {"f7", "e0", "f3", "f820", "f8ff"}) {
            assertThat(Wire.transcode(CBOR, simple, JSON)).isEqualTo("null");
            assertThat(Wire.transcode(CBOR, simple, CBOR)).isEqualTo(simple);
        }
        Wire.assertArgumentRefused(CBOR, "f818");
        Wire.assertArgumentRefused(CBOR, "fc");
    }

    @Test
    void stringsInPiecesAreJoined() {
        assertThat(Wire.transcode(CBOR, "7f616162c3bc60ff", JSON)).isEqualTo("\"aü\"");
        assertThat(Wire.transcode(CBOR, "5f4101420203ff", MSGPACK)).isEqualTo("c403010203");
        assertThat(Wire.transcode(CBOR, "7fff", JSON)).isEqualTo("\"\"");
        assertThat(Wire.transcode(CBOR, "c25f4101ff", JSON)).isEqualTo("1");
        Wire.assertArgumentRefused(CBOR, "7f61c361bcff").hasMessageContaining("not UTF-8");
        Wire.assertArgumentRefused(CBOR, "7f4161ff");
        Wire.assertArgumentRefused(CBOR, "7f7f6161ffff");
        Wire.assertArgumentRefused(CBOR, "7f6161");
    }
}
