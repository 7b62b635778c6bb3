package dev.weft.cluster.table;

import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.key.ValueSeal;
import dev.weft.directory.CookieLogin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Whom cookies stand for, as Hazelcast has it: a version octet (1) and the fields of {@link CookieLogin} in their order, all
 * sealed with the cluster's key for the one cookie. A format that all nodes of a cluster share.
 */
final class SealedLogins {
    private static final int VERSION = 1;
    private static final String PLACE = "weft.cookies/";

    private final ValueSeal seal;

    SealedLogins(ClusterKeys keys) {
        seal = new ValueSeal(keys);
    }

    byte[] seal(String cookie, CookieLogin login) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(login.realm());
            out.writeUTF(login.authid());
            out.writeUTF(login.role());
            out.writeUTF(login.provider());
            out.writeUTF(login.proof());
            out.writeLong(login.idle());
            out.writeLong(login.idleUntil());
            out.writeLong(login.expires());
        } catch (IOException tooLong) {
            throw new UncheckedIOException(tooLong);
        }
        return seal.seal(bytes.toByteArray(), PLACE + cookie);
    }

    /** Null if it is none that a node of this cluster has sealed for this cookie. */
    @Nullable
    CookieLogin open(String cookie, byte[] sealed) {
        byte[] bytes = seal.open(sealed, PLACE + cookie);
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() != VERSION
                    ? null
                    : new CookieLogin(
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readUTF(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong());
        } catch (IOException tooShort) {
            return null;
        }
    }
}
