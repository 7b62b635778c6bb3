package dev.weft.meta;

import dev.weft.wamp.Ppt;
import dev.weft.wamp.ReceiverFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code publish_options} of a testament that make sense for one: who gets it, whether the session is named, and
 * what goes with the payload. Others are passed over: nobody is there to be acknowledged to, or excluded.
 *
 * @param fault what is wrong with them, in words for the client; null if nothing is
 */
record TestamentOptions(
        boolean discloseMe,
        boolean retain,
        @Nullable Ppt ppt,
        @Nullable ReceiverFilter receivers,
        @Nullable String fault) {

    private static final String PPT_SCHEME = "ppt_scheme";

    static TestamentOptions of(Map<?, ?> dict) {
        Reader reader = new Reader(dict);
        List<Long> exclude = reader.list(Long.class, "exclude");
        List<String> excludeAuthid = reader.list(String.class, "exclude_authid");
        List<String> excludeAuthrole = reader.list(String.class, "exclude_authrole");
        List<Long> eligible = reader.list(Long.class, "eligible");
        List<String> eligibleAuthid = reader.list(String.class, "eligible_authid");
        List<String> eligibleAuthrole = reader.list(String.class, "eligible_authrole");
        ReceiverFilter filter =
                new ReceiverFilter(exclude, excludeAuthid, excludeAuthrole, eligible, eligibleAuthid, eligibleAuthrole);
        boolean everyone = filter.equals(new ReceiverFilter(null, null, null, null, null, null));
        return new TestamentOptions(
                reader.flag("disclose_me"),
                reader.flag("retain"),
                reader.ppt(),
                everyone ? null : filter,
                reader.fault);
    }

    private static final class Reader {
        private final Map<?, ?> dict;
        private @Nullable String fault;

        private Reader(Map<?, ?> dict) {
            this.dict = dict;
        }

        private boolean flag(String key) {
            Object value = dict.get(key);
            if (value != null && !(value instanceof Boolean)) {
                fault = key + " is neither true nor false";
            }
            return Boolean.TRUE.equals(value);
        }

        private <T> @Nullable List<T> list(Class<T> type, String key) {
            Object value = dict.get(key);
            if (value == null) {
                return null;
            }
            List<T> list = MetaArguments.listOf(type, value);
            if (list == null) {
                fault = key + " is no list of " + (type == Long.class ? "ids" : "strings");
            }
            return list;
        }

        private @Nullable String text(String key) {
            Object value = dict.get(key);
            if (value != null && !(value instanceof String)) {
                fault = key + " is no string";
            }
            return value instanceof String text ? text : null;
        }

        private @Nullable Ppt ppt() {
            String scheme = text(PPT_SCHEME);
            return scheme == null
                    ? null
                    : new Ppt(scheme, text("ppt_serializer"), text("ppt_cipher"), text("ppt_keyid"));
        }
    }
}
