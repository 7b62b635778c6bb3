package dev.weft.config;

/** One realm: a room of its own for sessions, subscriptions and registrations. */
public record RealmConfig(
        @Key(
                doc = "The name by which clients ask for the realm.",
                required = true,
                example = "realm1",
                pattern = "([^\\s.#]+\\.)*[^\\s.#]+",
                patternSays = "a URI: components without spaces and #, joined by dots")
        String uri,

        @Key(doc = "Who may join.") AuthConfig auth,

        @Key(
                doc = "What a URI may look like: `loose` allows everything but empty components, white space and #;"
                        + " `strict` allows only a-z, 0-9 and _ in components.",
                value = "loose")
        UriCheck uriCheck,

        @Key(
                doc =
                        "Request ids of a client have to count up from 1 without a gap. `strict` ends the session of a client"
                                + " that does not; `lenient` accepts any ids, for older clients.",
                value = "strict")
        RequestIds requestIds,

        @Key(
                doc =
                        "What clients may learn of each other, and do to each other, through the meta API. `off`: nothing."
                                + " `read`: that sessions and registrations come and go, and who the sessions are. `full`: end"
                                + " each other's sessions, too. Testaments are there in any case.",
                value = "off")
        MetaApi metaApi) {}
