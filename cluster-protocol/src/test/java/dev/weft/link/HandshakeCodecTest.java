package dev.weft.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeCodecTest {
    private static final byte[] NONCE = new byte[LinkHello.NONCE_BYTES];

    @Test
    void theHelloOfALaterVersionIsUnderstoodAsFarAsItIsKnown() throws LinkViolation {
        LinkHello hello = new LinkHello(new LinkVersions(1, 7), "cluster", new NodeId("a", 5), NONCE);
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(hello, bytes);
        int length = bytes.readInt();
        bytes.setByte(bytes.readerIndex() + 1, 0x80);
        bytes.writeLong(42);
        LinkHello understood = (LinkHello) HandshakeCodec.decode(bytes, length + Long.BYTES);
        assertThat(understood).usingRecursiveComparison().isEqualTo(hello);
        assertThat(understood.versions().common(LinkVersions.SPOKEN)).isEqualTo(LinkVersions.SPOKEN.highest());
    }

    @Test
    void aHelloOfVersionOneEndsWithItsNonce() throws LinkViolation {
        byte[] link = new byte[LinkHello.NONCE_BYTES];
        link[0] = 1;
        LinkHello later = new LinkHello(new LinkVersions(1, 2), "cluster", new NodeId("a", 5), NONCE, link);
        LinkHello first = new LinkHello(new LinkVersions(1, 1), "cluster", new NodeId("a", 5), NONCE);
        assertThat(encodedLength(later) - encodedLength(first)).isEqualTo(1 + link.length);
        assertThat(reread(later)).usingRecursiveComparison().isEqualTo(later);
        assertThat(reread(first)).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void aLinkHasANameOfItsLengthAlone() {
        byte[] tooShort = new byte[LinkHello.NONCE_BYTES - 1];
        LinkHello hello = new LinkHello(LinkVersions.SPOKEN, "cluster", new NodeId("a", 5), NONCE, tooShort);
        assertThatThrownBy(() -> reread(hello)).isInstanceOf(LinkViolation.class);
    }

    @Test
    void noLinkHasANegativeNumberOfFrames() {
        assertThatThrownBy(() -> reread(new LinkWelcome(true, -1))).isInstanceOf(LinkViolation.class);
    }

    private static int encodedLength(LinkHello hello) {
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(hello, bytes);
        return bytes.readInt();
    }

    private static LinkHandshake reread(LinkHandshake frame) throws LinkViolation {
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(frame, bytes);
        return HandshakeCodec.decode(bytes, bytes.readInt());
    }

    @Test
    void theHighestCommonVersionIsSpoken() {
        assertThat(new LinkVersions(1, 3).common(new LinkVersions(2, 5))).isEqualTo(3);
        assertThat(new LinkVersions(2, 5).common(new LinkVersions(1, 3))).isEqualTo(3);
        assertThat(new LinkVersions(1, 2).common(new LinkVersions(3, 4))).isEqualTo(LinkVersions.NONE);
        assertThat(new LinkVersions(3, 4).common(new LinkVersions(1, 2))).isEqualTo(LinkVersions.NONE);
    }

    @Test
    void theLongestNamesFitIntoAHandshakeFrame() throws LinkViolation {
        String longest = "n".repeat(HandshakeCodec.MAX_NAME_OCTETS);
        LinkHello hello = new LinkHello(LinkVersions.SPOKEN, longest, new NodeId(longest, -1), NONCE);
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(hello, bytes);
        int length = bytes.readInt();
        assertThat(length).isLessThan(HandshakeCodec.MAX_FRAME_OCTETS);
        assertThat(HandshakeCodec.decode(bytes, length))
                .usingRecursiveComparison()
                .isEqualTo(hello);
    }

    @Test
    void aNameThatIsTooLongIsAViolation() {
        LinkHello hello = new LinkHello(LinkVersions.SPOKEN, "n".repeat(256), new NodeId("a", 1), NONCE);
        ByteBuf bytes = Unpooled.buffer();
        HandshakeCodec.encode(hello, bytes);
        assertThatThrownBy(() -> HandshakeCodec.decode(bytes, bytes.readInt())).isInstanceOf(LinkViolation.class);
    }

    @Test
    void aProofHoldsForItsPartItsSecretAndItsHellosOnly() {
        LinkSecret secret = new LinkSecret("secret".getBytes(StandardCharsets.UTF_8));
        LinkSecret other = new LinkSecret("Secret".getBytes(StandardCharsets.UTF_8));
        byte[] one = {1, 2};
        byte[] two = {3};
        byte[] proof = secret.proof(LinkSecret.Part.CONNECTOR, one, two);
        assertThat(secret.provedBy(proof, LinkSecret.Part.CONNECTOR, one, two)).isSameAs(secret);
        assertThat(secret.provedBy(proof, LinkSecret.Part.ACCEPTOR, one, two)).isNull();
        assertThat(secret.provedBy(proof, LinkSecret.Part.CONNECTOR, two, one)).isNull();
        assertThat(secret.provedBy(proof, LinkSecret.Part.CONNECTOR, new byte[] {1}, new byte[] {2, 3}))
                .isNull();
        assertThat(other.provedBy(proof, LinkSecret.Part.CONNECTOR, one, two)).isNull();
        assertThat(secret.provedBy(new byte[0], LinkSecret.Part.CONNECTOR, one, two))
                .isNull();
        LinkSecret changed = new LinkSecret("new".getBytes(StandardCharsets.UTF_8), List.of(other, secret));
        assertThat(changed.provedBy(proof, LinkSecret.Part.CONNECTOR, one, two)).isSameAs(secret);
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThat(new LinkSecret("hunter2".getBytes(StandardCharsets.UTF_8)).toString())
                .doesNotContain("hunter2");
    }
}
