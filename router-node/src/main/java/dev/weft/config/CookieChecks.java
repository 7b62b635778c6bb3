package dev.weft.config;

import java.util.List;

/** What has to be right so that the cookies of browsers are no way in for others. */
final class CookieChecks {
    private CookieChecks() {}

    static void listener(ListenerConfig listener, CookieConfig cookie, Place place, Problems problems) {
        List<String> origins = listener.origins();
        if (origins.isEmpty() || origins.contains("*") || origins.contains("null")) {
            problems.error(
                    place.originOf(origins.isEmpty() ? "cookie" : "origins"),
                    place.pathOf("origins"),
                    "has to name the pages that may connect: a browser sends the cookie whatever page opens the connection",
                    "for example origins: [\"https://app.example.com\"]");
        }
        boolean isLocal =
                listener.type() == ListenerType.UNIX || listener.address().isLoopback();
        boolean isProxied = cookie.secure() && !listener.trustedProxies().isEmpty();
        if (listener.tls() == null && !isLocal && !isProxied) {
            problems.error(
                    place.originOf("cookie"),
                    place.pathOf("cookie"),
                    "would cross the network in the clear, and who reads it can log in with it",
                    "set tls, or name in trusted-proxies who speaks TLS with the browsers");
        }
    }

    static void cookie(CookieConfig cookie, Place place, Problems problems) {
        boolean ofHost = cookie.name().startsWith("__Host-");
        if ((ofHost || cookie.name().startsWith("__Secure-")) && !cookie.secure()) {
            problems.error(
                    place.originOf("secure"),
                    place.pathOf("secure"),
                    "browsers take no cookie named " + cookie.name() + " that is not secure",
                    "name: weft");
        }
        if (ofHost && !cookie.path().equals("/")) {
            problems.error(
                    place.originOf("path"),
                    place.pathOf("path"),
                    "browsers take no cookie named " + cookie.name() + " with another path than /");
        }
        if (cookie.sameSite() == SameSite.NONE && !cookie.secure()) {
            problems.error(
                    place.originOf("same-site"),
                    place.pathOf("same-site"),
                    "browsers take no cookie with same-site: none that is not secure");
        }
        if (cookie.maxIdle().compareTo(cookie.maxAge()) > 0) {
            problems.error(place.originOf("max-idle"), place.pathOf("max-idle"), "is longer than max-age");
        }
    }

    static void realm(AuthConfig auth, Place place, Problems problems) {
        boolean remembers = auth.methods().stream().anyMatch(AuthMethod::provesPrincipal)
                && !auth.principals().isEmpty();
        if (auth.methods().contains(AuthMethod.COOKIE) && !remembers) {
            problems.error(
                    place.originOf("methods"),
                    place.pathOf("methods"),
                    "nobody could join by cookie: it stands for a principal of a file that has logged in by ticket,"
                            + " wampcra, wamp-scram or cryptosign",
                    "name a file with principals, and such a method");
        }
    }

    static void node(NodeConfig config, Place place, Problems problems) {
        boolean given = config.listeners().stream().anyMatch(listener -> listener.cookie() != null);
        if (config.remembersBrowsers() && !given) {
            problems.error(
                    place.originOf("listeners"),
                    "listeners",
                    "a realm has the method cookie, and no listener gives browsers one",
                    "set cookie in a listener");
        }
    }
}
