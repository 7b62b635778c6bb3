package dev.weft.link;

import static dev.weft.link.LinkDecoder.constant;

import dev.weft.link.RoutedMemberships.Kind;

/** The frames of the subscription meta API: the part of {@link LinkEncoder} and {@link LinkDecoder} for them. */
final class MembershipCodec {
    private static final Kind[] KINDS = Kind.values();

    private MembershipCodec() {}

    /** Whether it was such a frame. */
    static boolean write(RoutedMessage message, FrameWriter writer) {
        if (message instanceof RoutedMembersAsked asked) {
            writer.begin(FrameType.MEMBERS_ASKED, asked.registration() ? FrameFormat.OF_REGISTRATION : 0);
            writer.name(asked.realm());
            writer.octet(asked.asker());
            writer.varint(asked.question());
            writer.varint(asked.id());
        } else if (message instanceof RoutedMembers told) {
            writer.begin(FrameType.MEMBERS, 0);
            writer.name(told.realm());
            writer.octet(told.loop());
            writer.varint(told.question());
            writer.octet(told.parts());
            writer.varint(told.created());
            numbers(told.sessions(), writer);
        } else if (message instanceof RoutedMemberships memberships) {
            writer.begin(FrameType.MEMBERSHIPS, memberships.kind().ordinal());
            writer.name(memberships.realm());
            writer.octet(memberships.loop());
            writer.octet(memberships.parts());
            writer.varint(memberships.sequence());
            numbers(memberships.pairs(), writer);
        } else if (message instanceof RoutedRevocation revocation) {
            writer.begin(FrameType.REVOCATION, revocation.registration() ? FrameFormat.OF_REGISTRATION : 0);
            writer.name(revocation.realm());
            writer.octet(revocation.loop());
            writer.varint(revocation.session());
            writer.varint(revocation.id());
            writer.string(revocation.reason());
        } else {
            return false;
        }
        return true;
    }

    private static void numbers(long[] numbers, FrameWriter writer) {
        writer.varint(numbers.length);
        for (long number : numbers) {
            writer.varint(number);
        }
    }

    static RoutedMembersAsked asked(FrameReader reader, int flags) throws LinkViolation {
        return new RoutedMembersAsked(reader.name(), reader.octet(), reader.varint(), flags != 0, reader.varint());
    }

    static RoutedMembers members(FrameReader reader) throws LinkViolation {
        return new RoutedMembers(
                reader.name(), reader.octet(), reader.varint(), reader.octet(), reader.varint(), numbers(reader));
    }

    static RoutedMemberships memberships(FrameReader reader, int kind) throws LinkViolation {
        RoutedMemberships told = new RoutedMemberships(
                reader.name(), reader.octet(), reader.octet(), constant(KINDS, kind), reader.varint(), numbers(reader));
        if (told.pairs().length % 2 != 0) {
            throw new LinkViolation("a subscription is without its session");
        }
        return told;
    }

    static RoutedRevocation revocation(FrameReader reader, int flags) throws LinkViolation {
        return new RoutedRevocation(
                reader.name(), reader.octet(), reader.varint(), flags != 0, reader.varint(), reader.string());
    }

    private static long[] numbers(FrameReader reader) throws LinkViolation {
        long[] numbers = new long[reader.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = reader.varint();
        }
        return numbers;
    }
}
