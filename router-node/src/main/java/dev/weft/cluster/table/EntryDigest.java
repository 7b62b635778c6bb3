package dev.weft.cluster.table;

import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.wamp.MatchPolicy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an entry counts in the digest of its table, and in which bucket (docs/inter-router-protocol.md, audits). An entry is
 * given by the frame that announces it; its key also by the one that takes it back. The digest of a bucket is the sum of what
 * its entries count, so that it can be kept up to date and does not depend on their order.
 */
final class EntryDigest {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int BUCKET_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(TableAudit.BUCKETS);

    private EntryDigest() {}

    /** The table whose entry the frame announces or takes back; null if it does neither. */
    static @Nullable TableKind kind(TableChange change) {
        if (change instanceof InterestAdded || change instanceof InterestRemoved) {
            return TableKind.INTEREST;
        }
        if (change instanceof CalleeAdded || change instanceof CalleeRemoved) {
            return TableKind.CALLEES;
        }
        return change instanceof SessionJoined || change instanceof SessionLeft ? TableKind.SESSIONS : null;
    }

    /** For logs. */
    static String label(TableKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static boolean isAddition(TableChange change) {
        return change instanceof InterestAdded || change instanceof CalleeAdded || change instanceof SessionJoined;
    }

    /** Of a frame that announces an entry or takes it back. */
    static int bucket(TableChange change) {
        return (int) (mix(key(change)) >>> BUCKET_SHIFT);
    }

    static int bucket(TableKey key) {
        return (int) (mix(key(key.realm(), key.match(), key.uri())) >>> BUCKET_SHIFT);
    }

    /** What the entry counts; of a frame that announces it. */
    static long value(TableChange added) {
        long hash = key(added);
        if (added instanceof InterestAdded interest) {
            hash = number(hash, interest.subscription());
        } else if (added instanceof CalleeAdded callee) {
            hash = number(hash, callee.registration());
            hash = number(hash, callee.session());
            hash = number(hash, callee.order());
            hash = number(hash, callee.term());
            hash = octet(hash, callee.loop());
            hash = octet(hash, callee.invoke().ordinal());
        } else if (added instanceof SessionJoined session) {
            hash = octet(hash, session.loop());
        }
        return mix(hash);
    }

    /** The frame that takes the entry back, the same for all that the entry has been: without ids that may change. */
    static TableChange removal(TableChange change) {
        if (change instanceof InterestAdded added) {
            return new InterestRemoved(added.realm(), added.match(), added.topic(), 0);
        }
        if (change instanceof InterestRemoved removed) {
            return new InterestRemoved(removed.realm(), removed.match(), removed.topic(), 0);
        }
        if (change instanceof CalleeAdded added) {
            return new CalleeRemoved(added.realm(), added.match(), added.procedure(), 0, added.session());
        }
        if (change instanceof CalleeRemoved removed) {
            return new CalleeRemoved(removed.realm(), removed.match(), removed.procedure(), 0, removed.session());
        }
        if (change instanceof SessionJoined joined) {
            return new SessionLeft(joined.realm(), joined.details().identity().session(), false);
        }
        SessionLeft left = (SessionLeft) change;
        return new SessionLeft(left.realm(), left.session(), false);
    }

    /** All callees of one procedure are in one bucket. */
    private static long key(TableChange change) {
        if (change instanceof InterestAdded added) {
            return key(added.realm(), added.match(), added.topic());
        }
        if (change instanceof InterestRemoved removed) {
            return key(removed.realm(), removed.match(), removed.topic());
        }
        if (change instanceof CalleeAdded added) {
            return key(added.realm(), added.match(), added.procedure());
        }
        if (change instanceof CalleeRemoved removed) {
            return key(removed.realm(), removed.match(), removed.procedure());
        }
        if (change instanceof SessionJoined joined) {
            return session(joined.realm(), joined.details().identity().session());
        }
        SessionLeft left = (SessionLeft) change;
        return session(left.realm(), left.session());
    }

    private static long key(String realm, MatchPolicy match, String uri) {
        return text(octet(text(FNV_OFFSET, realm), match.ordinal()), uri);
    }

    private static long session(String realm, long session) {
        return number(text(FNV_OFFSET, realm), session);
    }

    private static long octet(long hash, int octet) {
        return (hash ^ (octet & 0xff)) * FNV_PRIME;
    }

    private static long number(long hash, long number) {
        long next = hash;
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            next = octet(next, (int) (number >>> shift));
        }
        return next;
    }

    /** UTF-8, and a zero octet. */
    private static long text(long hash, String text) {
        long next = hash;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point < 0x80) {
                next = octet(next, point);
            } else if (point < 0x800) {
                next = octet(octet(next, 0xc0 | (point >> 6)), continuation(point));
            } else if (point < 0x10000) {
                next = octet(octet(octet(next, 0xe0 | (point >> 12)), continuation(point >> 6)), continuation(point));
            } else {
                next = octet(octet(next, 0xf0 | (point >> 18)), continuation(point >> 12));
                next = octet(octet(next, continuation(point >> 6)), continuation(point));
            }
        }
        return octet(next, 0);
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 0x3f);
    }

    /** One to one; without it, sums of FNV hashes of similar entries could be equal by more than chance. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
