package dev.weft.link;

import dev.weft.wamp.SessionDetails;

/** The frames that speak of tables, but for testaments, which have a payload: the part of {@link LinkEncoder} for them. */
final class TableEncoder {
    private final FrameWriter writer;
    private final int version;

    TableEncoder(FrameWriter writer, int version) {
        this.writer = writer;
        this.version = version;
    }

    void write(TableChange change) {
        if (change instanceof InterestAdded added) {
            writer.begin(FrameType.INTEREST_ADDED, added.match().ordinal());
            interest(added.realm(), added.topic(), added.subscription());
        } else if (change instanceof InterestRemoved removed) {
            writer.begin(FrameType.INTEREST_REMOVED, removed.match().ordinal());
            interest(removed.realm(), removed.topic(), removed.subscription());
        } else if (change instanceof CalleeAdded added) {
            calleeAdded(added);
        } else if (change instanceof CalleeRemoved removed) {
            writer.begin(FrameType.CALLEE_REMOVED, removed.match().ordinal());
            callee(removed.realm(), removed.procedure(), removed.registration(), removed.session());
        } else if (change instanceof TableAudit audit) {
            audit(audit);
        } else {
            sessions(change);
        }
    }

    private void interest(String realm, String topic, long subscription) {
        writer.name(realm);
        writer.name(topic);
        writer.varint(subscription);
    }

    private void calleeAdded(CalleeAdded added) {
        int invoke = added.invoke().ordinal() << FrameFormat.INVOKE_SHIFT;
        writer.begin(FrameType.CALLEE_ADDED, added.match().ordinal() | invoke);
        callee(added.realm(), added.procedure(), added.registration(), added.session());
        writer.varint(added.order());
        writer.octet(added.loop());
        if (version > 1) {
            writer.varint(added.term());
        }
        if (version > 2) {
            writer.octet(added.traits().bits());
        }
    }

    private void callee(String realm, String procedure, long registration, long session) {
        writer.name(realm);
        writer.name(procedure);
        writer.varint(registration);
        writer.varint(session);
    }

    private void sessions(TableChange change) {
        if (change instanceof SessionJoined joined) {
            joined(joined);
        } else if (change instanceof SessionLeft left) {
            writer.begin(FrameType.SESSION_LEFT, left.testaments() ? FrameFormat.LEFT_TESTAMENTS : 0);
            session(left.realm(), left.session());
        } else if (change instanceof TestamentsFlushed flushed) {
            writer.begin(FrameType.TESTAMENTS_FLUSHED, flushed.scope().ordinal());
            session(flushed.realm(), flushed.session());
        } else if (change instanceof NodeState state) {
            writer.begin(FrameType.NODE_STATE, state.draining() ? FrameFormat.STATE_DRAINING : 0);
            writer.varint(state.term());
        } else if (change instanceof NodeLinked linked) {
            linked(linked);
        } else {
            writer.begin(FrameType.SNAPSHOT_END, 0);
        }
    }

    private void linked(NodeLinked linked) {
        writer.begin(FrameType.NODE_LINKED, 0);
        writer.string(linked.node().name());
        writer.fixed64(linked.node().epoch());
        writer.string(linked.host());
        writer.varint(linked.port());
    }

    private void joined(SessionJoined joined) {
        SessionDetails details = joined.details();
        writer.begin(FrameType.SESSION_JOINED, 0);
        session(joined.realm(), details.identity().session());
        writer.octet(joined.loop());
        writer.string(details.identity().authid());
        writer.name(details.identity().authrole());
        writer.name(details.authmethod());
        writer.name(details.authprovider());
        writer.name(details.transport());
    }

    private void session(String realm, long session) {
        writer.name(realm);
        writer.varint(session);
    }

    private void audit(TableAudit audit) {
        int kind = audit.kind().ordinal();
        if (audit instanceof DigestWanted) {
            writer.begin(FrameType.DIGEST_WANTED, kind);
        } else if (audit instanceof TableDigest digest) {
            writer.begin(FrameType.TABLE_DIGEST, kind);
            for (long bucket : digest.buckets()) {
                writer.fixed64(bucket);
            }
        } else if (audit instanceof BucketWanted wanted) {
            writer.begin(FrameType.BUCKET_WANTED, kind);
            writer.octet(wanted.bucket());
        } else if (audit instanceof BucketBegin begin) {
            writer.begin(FrameType.BUCKET_BEGIN, kind);
            writer.octet(begin.bucket());
        } else if (audit instanceof BucketEnd end) {
            writer.begin(FrameType.BUCKET_END, kind);
            writer.octet(end.bucket());
        }
    }
}
