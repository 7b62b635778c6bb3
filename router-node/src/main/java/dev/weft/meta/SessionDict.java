package dev.weft.meta;

import dev.weft.wamp.SessionDetails;
import java.util.LinkedHashMap;
import java.util.Map;

/** A session as the meta API describes it, in {@code on_join} and in the result of {@code wamp.session.get}. */
final class SessionDict {
    private static final String TLS = "+tls";

    private SessionDict() {}

    static Map<String, Object> of(SessionDetails session) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("session", session.identity().session());
        dict.put("authid", session.identity().authid());
        dict.put("authrole", session.identity().authrole());
        dict.put("authmethod", session.authmethod());
        dict.put("authprovider", session.authprovider());
        dict.put("transport", transport(session.transport()));
        return dict;
    }

    private static Map<String, Object> transport(String transport) {
        boolean tls = transport.endsWith(TLS);
        String type = tls ? transport.substring(0, transport.length() - TLS.length()) : transport;
        return Map.of("type", type, "tls", tls);
    }
}
