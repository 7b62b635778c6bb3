package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How clients are authenticated in all realms. */
public record AuthenticationConfig(
        @Key(
                doc = "From this the salts are made that are shown to clients with a name that nobody has, so that they"
                        + " look like any other. All nodes of a cluster need the same. At least 16 characters.",
                unset = "made from `cluster.key`, and changes with it; without that, drawn at each start",
                pattern = ".{16,1024}",
                patternSays = "16 to 1024 characters")
        @Nullable
        Secret secret,

        @Key(
                doc =
                        "The private key (Ed25519, 64 hexadecimal digits) by which the router proves itself to clients that"
                                + " ask for that with `cryptosign`.",
                unset = "the router does not prove itself",
                pattern = "[0-9a-fA-F]{64}",
                patternSays = "64 hexadecimal digits")
        @Nullable
        Secret routerKey,

        @Key(
                doc =
                        "How many threads check what takes long: signatures and hashed tickets. As many more for each issuer"
                                + " of tokens whose keys are fetched (`keys-url`), while there is something to check.",
                value = "2",
                min = "1",
                max = "64")
        int workers,

        @Key(
                doc = "How many checks may wait for these threads. Clients beyond that are refused with"
                        + " `wamp.error.unavailable`.",
                value = "1000",
                min = "1",
                max = "1000000")
        int maxWaiting,

        @Key(
                doc =
                        "How many attempts from one address may fail within `failure-window`, on all nodes together; clients"
                                + " of that address are then refused for a while. `0` for any number. A network of IPv6 with 64 bits counts"
                                + " as one address.",
                value = "20",
                min = "0",
                max = "1000000")
        int failuresPerAddress,

        @Key(
                doc =
                        "How many attempts for one `authid` of a realm may fail within `failure-window`, on all nodes together."
                                + " `0` for any number.",
                value = "5",
                min = "0",
                max = "1000000")
        int failuresPerPrincipal,

        @Key(doc = "How long it takes until all failed attempts are forgiven.", value = "1m", min = "1s", max = "1d")
        Duration failureWindow,

        @Key(
                doc =
                        "How many browsers of one principal of a realm are known again by their cookies, on all nodes together:"
                                + " for one more, the one that logged in longest ago is forgotten.",
                value = "16",
                min = "1",
                max = "1000")
        int cookiesPerPrincipal,

        @Key(
                doc =
                        "How many browsers are known again in all; who logs in beyond that has to do it again the next time.",
                value = "100000",
                min = "1",
                max = "10000000")
        int maxCookies,

        @Key(
                doc = "How often it is looked whether a file of principals has changed.",
                value = "5s",
                min = "100ms",
                max = "1d")
        Duration reloadInterval) {}
