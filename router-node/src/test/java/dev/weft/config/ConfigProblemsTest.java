package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text of a configuration to the exact problems, with line and column. */
class ConfigProblemsTest {
    static List<Arguments> wrongTexts() {
        return List.of(
                row("listner: []", "1:1: error: listner: there is no such key (did you mean 'listeners'?)"),
                row(
                        "surprise: 1",
                        "1:1: error: surprise: there is no such key"
                                + " (known here: node, listeners, realms, authentication, cluster, limits, drain, admin, logging, tracing)"),
                row(
                        "limits:\n  maxMesageSize: 1MiB",
                        "2:3: error: limits.maxMesageSize: there is no such key (did you mean 'max-message-size'?)"),
                row(
                        "limits:\n  max-message-size: 8MB",
                        "2:21: error: limits.max-message-size: expected a size such as 64KiB or 8MiB, found '8MB'"
                                + " (write 8MiB)"),
                row(
                        "limits:\n  max-message-size: 1024",
                        "2:21: error: limits.max-message-size: expected a size such as 64KiB or 8MiB, found '1024'"
                                + " (write 1024B)"),
                row(
                        "limits: {max-message-size: 17MiB}",
                        "1:28: error: limits.max-message-size: 17MiB is too large, the most is 16MiB"),
                row(
                        "limits: {max-message-size: 1B}",
                        "1:28: error: limits.max-message-size: 1B is too small, the least is 512B"),
                row("limits: {max-depth: 3}", "1:21: error: limits.max-depth: 3 is too small, the least is 4"),
                row(
                        "limits: {max-depth: 99999999999}",
                        "1:21: error: limits.max-depth: 99999999999 is too large, the most is 500"),
                row(
                        "limits: {max-depth: deep}",
                        "1:21: error: limits.max-depth: expected a whole number, found 'deep'"),
                row("limits: {max-depth: 1.5}", "1:21: error: limits.max-depth: expected a whole number, found '1.5'"),
                row("limits: {max-depth: [1]}", "1:21: error: limits.max-depth: expected a whole number, found a list"),
                row(
                        "limits: {handshake-timeout: 10}",
                        "1:29: error: limits.handshake-timeout: expected a duration such as 500ms, 5s or 2m, found '10'"
                                + " (write the unit, such as 10s)"),
                row(
                        "limits: {handshake-timeout: 0s}",
                        "1:29: error: limits.handshake-timeout: 0s is too small, the least is 100ms"),
                row(
                        "limits: {outbound: {soft-bytes: 1MiB, hard-bytes: 1MiB}}",
                        "1:33: error: limits.outbound.soft-bytes: must be less than limits.outbound.hard-bytes"));
    }

    static List<Arguments> wrongAuthentication() {
        return List.of(
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [anonymous, anonymous]}\n  roles: [{name: anonymous}]",
                        "3:19: error: realms[0].auth.methods: names a method twice"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [anonymous, ticket, wamp-scram]}\n"
                                + "  roles: [{name: anonymous}]",
                        "3:19: error: realms[0].auth.methods: nobody could join by ticket, wamp-scram: there are no"
                                + " principals (name a file with principals)"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [jwt]}\n  roles: [{name: user}]",
                        "3:19: error: realms[0].auth.jwt: missing: jwt has to know whose tokens are good"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [tls]}\n  roles: [{name: user}]",
                        "3:19: error: realms[0].auth.methods: nobody could join by tls: there are neither principals"
                                + " nor a rule (write principals or certificates)"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [ticket], dynamic: {procedure: a.b, methods: [jwt]}}\n"
                                + "  roles: [{name: user}]",
                        "3:19: error: realms[0].auth.methods: nobody could join by ticket: there are no principals (name a"
                                + " file with principals)",
                        "3:64: error: realms[0].auth.dynamic.methods: jwt is not decided by a procedure (ticket, wampcra,"
                                + " wamp-scram and cryptosign can be)"),
                row(
                        "authentication: {router-key: abc}",
                        "1:30: error: authentication.router-key: expected 64 hexadecimal digits, found something else"));
    }

    static List<Arguments> wrongCookies() {
        String page = "origins: [\"https://a.example\"]";
        return List.of(
                row(
                        "listeners: [{cookie: {}}]",
                        "1:22: error: listeners[0].origins: has to name the pages that may connect: a browser sends the cookie"
                                + " whatever page opens the connection (for example origins:"
                                + " [\"https://app.example.com\"])"),
                row(
                        "listeners: [{cookie: {}, origins: [\"*\"]}]",
                        "1:35: error: listeners[0].origins: has to name the pages that may connect: a browser sends the cookie"
                                + " whatever page opens the connection (for example origins:"
                                + " [\"https://app.example.com\"])"),
                row(
                        "listeners: [{address: '0.0.0.0:8080', cookie: {}, " + page + "}]",
                        "1:47: error: listeners[0].cookie: would cross the network in the clear, and who reads it can log in"
                                + " with it (set tls, or name in trusted-proxies who speaks TLS with the browsers)"),
                row(
                        "listeners: [{type: http, cookie: {}, " + page + "}]",
                        "1:34: error: listeners[0].cookie: not for a listener of this type (an http listener speaks HTTP"
                                + " only)"),
                row(
                        "listeners: [{cookie: {secure: false}, " + page + "}]",
                        "1:31: error: listeners[0].cookie.secure: browsers take no cookie named __Host-weft that is not secure"
                                + " (name: weft)"),
                row(
                        "listeners: [{cookie: {path: /ws}, " + page + "}]",
                        "1:29: error: listeners[0].cookie.path: browsers take no cookie named __Host-weft with another path"
                                + " than /"),
                row(
                        "listeners: [{cookie: {name: w, secure: false, same-site: none}, " + page + "}]",
                        "1:58: error: listeners[0].cookie.same-site: browsers take no cookie with same-site: none that is not"
                                + " secure"),
                row(
                        "listeners: [{cookie: {max-age: 1h, max-idle: 2h}, " + page + "}]",
                        "1:46: error: listeners[0].cookie.max-idle: is longer than max-age"),
                row(
                        "listeners: [{cookie: {}, " + page
                                + "}]\nrealms:\n- uri: r\n  auth: {methods: [anonymous, cookie]}\n"
                                + "  roles: [{name: anonymous}]",
                        "4:19: error: realms[0].auth.methods: nobody could join by cookie: it stands for a principal of a file"
                                + " that has logged in by ticket, wampcra, wamp-scram or cryptosign (name a file with"
                                + " principals, and such a method)"));
    }

    static List<Arguments> wrongKinds() {
        return List.of(
                row("limits: 5", "1:9: error: limits: expected a group of keys, found '5'"),
                row("limits: [a]", "1:9: error: limits: expected a group of keys, found a list"),
                row("realms: {uri: realm1}", "1:9: error: realms: expected a list, found a group of keys"),
                row("realms: realm1", "1:9: error: realms: expected a list, found 'realm1'"),
                row("realms: [realm1]", "1:10: error: realms[0]: expected a group of keys, found 'realm1'"),
                row(
                        "realms:\n- auth: {methods: [anonymous]}",
                        "2:3: error: realms[0].uri: missing (for example uri: realm1)"),
                row(
                        "realms:\n- uri: realm1",
                        "2:3: error: realms[0].auth.methods: missing (for example methods: [anonymous])"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: []}",
                        "3:19: error: realms[0].auth.methods: without a method nobody can join"),
                row(
                        "realms:\n- uri: realm1\n  auth: {methods: [anonymos]}",
                        "3:20: error: realms[0].auth.methods[0]: expected one of anonymous, ticket, wampcra,"
                                + " wamp-scram, cryptosign, tls, jwt, cookie, found 'anonymos'"
                                + " (did you mean 'anonymous'?)"),
                row(
                        "realms:\n- uri: a b\n  auth: {methods: [anonymous]}",
                        "2:8: error: realms[0].uri: expected a URI: components without spaces and #, joined by dots,"
                                + " found 'a b'"),
                row(
                        "realms:\n- {uri: r, auth: {methods: [anonymous]}, roles: [{name: anonymous}]}\n- {uri: r, auth: {methods:"
                                + " [anonymous]}, roles: [{name: anonymous}]}",
                        "3:9: error: realms[1].uri: 'r' is also realms[0].uri"),
                row(
                        "realms:\n- {uri: r, auth: {methods: [anonymous]}, uri-check: Strict}",
                        "2:53: error: realms[0].uri-check: expected one of strict, loose, found 'Strict'"
                                + " (did you mean 'strict'?)"),
                row(
                        "realms:\n- {uri: r, auth: {methods: [anonymous]}, disclosure: deny}",
                        "2:54: error: realms[0].disclosure: expected one of refuse, allow, always, found 'deny'"),
                row(
                        "realms:\n- uri: r\n  auth: {methods: [anonymous]}\n  roles: [{name: anonymous}]\n"
                                + "  trust-levels: [{authrole: a, level: 1}, {authrole: a, level: 2}]",
                        "5:17: error: realms[0].trust-levels: gives the role 'a' two levels"));
    }

    static List<Arguments> wrongHistories() {
        String realm = "realms:\n- uri: r\n  auth: {methods: [anonymous]}\n  roles: [{name: anonymous}]\n";
        return List.of(
                row(
                        realm + "  history: [{match: prefix}]",
                        "5:13: error: realms[0].history[0].uri: missing (for example uri: com.example.news)"),
                row(
                        realm + "  history: [{uri: a.}]",
                        "5:19: error: realms[0].history[0].uri: 'a.' is no URI for match: exact"
                                + " (match: prefix is for all URIs that begin with it, wildcard for any component where one is"
                                + " empty)"),
                row(
                        realm + "  history: [{uri: wamp.session.on_join}]",
                        "5:19: error: realms[0].history[0].uri: the router's own events are not kept, and nobody else"
                                + " publishes to 'wamp.session.on_join'"),
                row(
                        realm + "  history: [{uri: a}, {uri: a, match: prefix}, {uri: a, max-events: 5}]",
                        "5:12: error: realms[0].history[2]: is the same as history[0]"),
                row(
                        realm + "  uri-check: strict\n  history: [{uri: com.Example}]",
                        "6:12: error: realms[0].history[0].uri: nobody can subscribe to 'com.Example' with uri-check:"
                                + " strict"),
                row(
                        realm + "  history: [{uri: a, max-events: 0}]",
                        "5:34: error: realms[0].history[0].max-events: 0 is too small, the least is 1"),
                row(
                        realm + "  history: [{uri: a, max-bytes: 65MiB}]",
                        "5:33: error: realms[0].history[0].max-bytes: 65MiB is too large, the most is 64MiB"));
    }

    static List<Arguments> wrongRoles() {
        String realm = "realms:\n- uri: r\n  auth: {methods: [anonymous]}\n";
        return List.of(
                row(
                        realm,
                        "2:3: error: realms[0].roles: there is no role 'anonymous', which anonymous sessions get"
                                + " (to let them do all there is, write roles: "
                                + RealmConfig.OPEN_ROLES + ")"),
                row(
                        realm + "  roles: [{name: guest}, {name: staff}]",
                        "4:10: error: realms[0].roles: there is no role 'anonymous', which anonymous sessions get"
                                + " (add it, or set auth.anonymous-role to one of guest, staff)"),
                row(
                        realm + "  roles: [{name: anonymous}, {name: anonymous}]",
                        "4:10: error: realms[0].roles: 'anonymous' is there twice"),
                row(
                        realm + "  roles: [{name: anonymous, permissions: [{uri: a}]}]",
                        "4:43: error: realms[0].roles[0].permissions[0].allow: missing"
                                + " (for example allow: [call, subscribe])"),
                row(
                        realm + "  roles: [{name: anonymous, permissions: [{uri: a, allow: [calls]}]}]",
                        "4:60: error: realms[0].roles[0].permissions[0].allow[0]: expected one of call, register,"
                                + " publish, subscribe, found 'calls' (did you mean 'call'?)"),
                row(
                        realm + "  roles: [{name: anonymous, permissions: [{uri: a., allow: [call]}]}]",
                        "4:49: error: realms[0].roles[0].permissions[0].uri: 'a.' is no URI for match: exact"
                                + " (match: prefix is for all URIs that begin with it, wildcard for any component"
                                + " where one is empty)"),
                row(
                        realm
                                + "  roles: [{name: anonymous, permissions: [{uri: a, allow: []}, {uri: a, allow: [call]}]}]",
                        "4:42: error: realms[0].roles[0].permissions[1]: is for the same URIs as permissions[0]"
                                + " (write one permission for both)"),
                row(
                        realm + "  roles: [{name: anonymous, permissions: [{uri: a, allow: [], match-policies: []}]}]",
                        "4:79: error: realms[0].roles[0].permissions[0].match-policies: names no policy"),
                row(
                        realm
                                + "  roles: [{name: anonymous, permissions: [{uri: a, allow: [register], disclosure: always}]}]",
                        "4:83: error: realms[0].roles[0].permissions[0].disclosure: is about who calls and publishes, and"
                                + " neither is allowed (it belongs to the permission by which the role calls or publishes)"));
    }

    static List<Arguments> wrongListeners() {
        return List.of(
                row(
                        "listeners: [{address: 8080}]",
                        "1:23: error: listeners[0].address: expected host:port such as 127.0.0.1:8080 or [::1]:8080,"
                                + " found '8080'"),
                row(
                        "listeners: [{address: 'localhost:70000'}]",
                        "1:23: error: listeners[0].address: expected host:port such as 127.0.0.1:8080 or [::1]:8080,"
                                + " found 'localhost:70000'"),
                row(
                        "listeners:\n- address: 127.0.0.1:9000\n- address: 127.0.0.1:9000",
                        "3:12: error: listeners[1].address: 127.0.0.1:9000 is already taken by listeners[0].address"),
                row(
                        "listeners:\n- address: 127.0.0.1:9000\n- address: 0.0.0.0:9000",
                        "3:12: error: listeners[1].address: 0.0.0.0:9000 is already taken by listeners[0].address"),
                row(
                        "listeners:\n- name: a\n- name: a\n  address: 127.0.0.1:0",
                        "3:9: error: listeners[1].name: 'a' is also listeners[0].name"),
                row(
                        "listeners: [{type: unix}]",
                        "1:13: error: listeners[0].socket: missing (a unix listener needs the file of its socket)"),
                row(
                        "listeners: [{type: unix, socket: /tmp/a, address: '127.0.0.1:1'}]",
                        "1:51: error: listeners[0].address: not for a listener of this type"
                                + " (the file is named by socket)"),
                row(
                        "listeners: [{socket: /tmp/a}]",
                        "1:22: error: listeners[0].socket: not for a listener of this type"
                                + " (write type: unix for a Unix domain socket)"),
                row(
                        "listeners: [{type: websocket}]",
                        "1:20: error: listeners[0].type: expected one of wamp, unix, http, found 'websocket'"),
                row(
                        "listeners: [{serializers: [json, bson]}]",
                        "1:34: error: listeners[0].serializers[1]: expected one of json, msgpack, cbor, ubjson, found 'bson'"
                                + " (did you mean 'json'?)"));
    }

    static List<Arguments> wrongListenerTypes() {
        return List.of(
                row(
                        "listeners: [{proxy-protocol: true}]",
                        "1:13: error: listeners[0].trusted-proxies: missing"
                                + " (proxy-protocol: true needs the proxies that are believed)"),
                row(
                        "listeners: [{trusted-proxies: [10.0.0.0/33]}]",
                        "1:32: error: listeners[0].trusted-proxies[0]: expected an address such as 10.0.0.1 or a range"
                                + " such as 10.0.0.0/8, found '10.0.0.0/33'"),
                row(
                        "listeners: [{type: http, paths: [/ws]}]",
                        "1:33: error: listeners[0].paths: not for a listener of this type"
                                + " (an http listener speaks HTTP only)"),
                row(
                        "listeners: [{http-bridge: {call-timeout: 1s}}]",
                        "1:27: error: listeners[0].http-bridge: not for a listener of this type"
                                + " (write type: http for the HTTP bridge)"));
    }

    static List<Arguments> wrongListenerDetails() {
        return List.of(
                row("listeners: [{serializers: []}]", "1:27: error: listeners[0].serializers: names no serializer"),
                row(
                        "listeners: [{serializers: [json, json]}]",
                        "1:27: error: listeners[0].serializers: names a serializer twice"),
                row(
                        "listeners: [{compression: yes}]",
                        "1:27: error: listeners[0].compression: expected true or false, found 'yes'"),
                row(
                        "listeners: [{paths: [ws]}]",
                        "1:22: error: listeners[0].paths[0]: expected a path that begins with /, found 'ws'"),
                row(
                        "listeners: [{origins: ['example.com']}]",
                        "1:24: error: listeners[0].origins[0]: expected an origin such as https://app.example.com,"
                                + " without a path, or \"*\", found 'example.com'"),
                row(
                        "listeners: [{tls: {certificate: /no/crt, key: /no/key}}]",
                        "1:33: error: listeners[0].tls.certificate: there is no file /no/crt",
                        "1:47: error: listeners[0].tls.key: there is no file /no/key"),
                row(
                        "listeners: [{tls: {certificate: /dev/null, key: /dev/null}}]",
                        "1:33: error: listeners[0].tls: /dev/null has no certificate"),
                row(
                        "listeners: [{tls: {certificate: /dev/null, key: /dev/null, client-auth: require}}]",
                        "1:73: error: listeners[0].tls.client-auth: needs trust: the authorities that sign the certificates"
                                + " of clients"),
                row(
                        "listeners: [{tls: {certificate: /dev/null, key: /dev/null, trust: [/dev/null]}}]",
                        "1:67: error: listeners[0].tls.trust: clients are not asked for certificates (write client-auth:"
                                + " require, or request)"),
                row(
                        "listeners: [{tls: {certificate: /dev/null, key: /dev/null, min-version: 1.1}}]",
                        "1:73: error: listeners[0].tls.min-version: expected 1.2 or 1.3, found '1.1'"),
                row(
                        "listeners: [{tls: {certificate: /dev/null, key: /dev/null, cipher-suites: [TLS_AES_256_GCM_SHA385]}}]",
                        "1:75: error: listeners[0].tls.cipher-suites: this Java does not know TLS_AES_256_GCM_SHA385"
                                + " (did you mean 'TLS_AES_256_GCM_SHA384'?)"),
                row(
                        "listeners: [{tls: {certificate: /dev/null}}]",
                        "1:19: error: listeners[0].tls.key: missing (for example key: /etc/weft/tls.key)"));
    }

    static List<Arguments> wrongClusters() {
        String cluster = "cluster:\n  enabled: true\n";
        String secret = "  link: {secret: 0123456789abcdef}\n";
        return List.of(
                row(
                        cluster,
                        "2:3: error: cluster.discovery: missing (a cluster needs a way to find the other nodes)",
                        "2:3: error: cluster.key: missing (the nodes of a cluster prove to each other that they know it)"),
                row(
                        cluster + secret + "  discovery: {type: static, members: ['127.0.0.1:5701']}\n"
                                + "  previous-keys: [{key: 0123456789abcdef}]",
                        "5:18: error: cluster.previous-keys: only together with cluster.key"),
                row(
                        cluster + secret + "  discovery: {type: static}",
                        "4:14: error: cluster.discovery.members: missing (static discovery needs the addresses to ask)"),
                row(
                        cluster + secret + "  discovery: {type: dns}",
                        "4:14: error: cluster.discovery.name: missing (DNS discovery needs the name to ask for)"),
                row(
                        "cluster:\n  link: {secret: short}",
                        "2:18: error: cluster.link.secret: expected 16 to 1024 characters, found something else"),
                row(
                        "cluster:\n  link: {secret: 0123456789abcdef, secret-file: /no/file}",
                        "2:49: error: cluster.link.secret-file: not together with secret (leave one of them out)"),
                row(
                        "cluster:\n  link: {secret-file: /no/file}",
                        "2:23: error: cluster.link.secret-file: there is no file /no/file"),
                row(
                        "cluster:\n  link: {heartbeat-interval: 3s}",
                        "2:9: error: cluster.link.heartbeat-timeout: has to be at least twice heartbeat-interval"),
                row(
                        "cluster:\n  hazelcast: {heartbeat-interval: 3s, merge-delay: 2500ms}",
                        "2:14: error: cluster.hazelcast.heartbeat-timeout: has to be at least twice heartbeat-interval",
                        "2:52: error: cluster.hazelcast.merge-delay: has to be whole seconds"),
                row(
                        "cluster: {minimum-size: 65}",
                        "1:25: error: cluster.minimum-size: 65 is too large, the most is 64"),
                row(
                        cluster + "  link: {secret: 0123456789abcdef, address: '0.0.0.0:7946'}\n"
                                + "  hazelcast: {address: '127.0.0.1:0'}\n  discovery: {members: ['127.0.0.1:5701']}",
                        "3:45: error: cluster.link.address: 0.0.0.0 is not an address that other nodes could connect to"
                                + " (set advertised-address)",
                        "4:24: error: cluster.hazelcast.address: port 0 could not be found by the other nodes"),
                row(
                        cluster + secret + "  hazelcast: {address: '127.0.0.1:8080'}\n"
                                + "  discovery: {members: ['127.0.0.1:8080']}",
                        "4:24: error: cluster.hazelcast.address: 127.0.0.1:8080 is already taken by"
                                + " listeners[0].address"));
    }

    static List<Arguments> wrongLinks() {
        String cluster = "cluster:\n  enabled: true\n";
        return List.of(
                row(
                        cluster + "  discovery: {type: static, members: ['127.0.0.1:5701']}\n"
                                + "  link: {tls: {certificate: /dev/null, key: /no/key}}",
                        "4:15: error: cluster.link.tls.ca: missing (for example ca: /etc/weft/ca.crt)"),
                row(
                        cluster + "  discovery: {type: static, members: ['127.0.0.1:5701']}\n"
                                + "  link: {tls: {certificate: /no/crt, key: /no/key, ca: /no/ca}}\n"
                                + "  key: 0123456789abcdef",
                        "4:29: error: cluster.link.tls.certificate: there is no file /no/crt",
                        "4:43: error: cluster.link.tls.key: there is no file /no/key",
                        "4:56: error: cluster.link.tls.ca: there is no file /no/ca"),
                row(
                        "cluster:\n  link: {resume-grace: 2m, replay-window: 1KiB, forget-after: 0s}",
                        "2:24: error: cluster.link.resume-grace: 2m is too large, the most is 1m",
                        "2:43: error: cluster.link.replay-window: 1KiB is too small, the least is 1MiB",
                        "2:63: error: cluster.link.forget-after: 0s is too small, the least is 1s"));
    }

    static List<Arguments> wrongAdminPorts() {
        return List.of(
                row(
                        "admin: {address: '0.0.0.0:8180'}",
                        "1:18: error: admin.address: 0.0.0.0 can be reached from other machines: it needs a token, or"
                                + " tls with client-auth: require (weft token makes a token)"),
                row(
                        "admin: {address: '0.0.0.0:8180', token: short}",
                        "1:41: error: admin.token: expected 16 to 1024 characters of ASCII without spaces, found something"
                                + " else"),
                row(
                        "listeners: [{address: '127.0.0.1:8180'}]\nadmin: {address: '127.0.0.1:8180'}",
                        "2:18: error: admin.address: 127.0.0.1:8180 is already taken by listeners[0].address"));
    }

    static List<Arguments> wrongYaml() {
        return List.of(
                row(
                        "limits:\n\tmax-depth: 5",
                        "2:1: error: not YAML: found character '\\t(TAB)' that cannot start any"
                                + " token. (Do not use \\t(TAB) for indentation) (indent with spaces)"),
                row("limits: {max-depth: 5", "1:22: error: not YAML: expected ',' or '}', but got <stream end>"),
                row("a: 1\n---\nb: 2", "2:1: error: not YAML: but found another document"),
                row(
                        "limits: *nowhere",
                        "1:9: error: not YAML: found undefined alias (a text that begins with * or ! needs quotes)"),
                row("- a", "1:1: error: expected a group of keys, found a list"),
                row("text", "1:1: error: expected a group of keys, found a text"),
                row("limits: {}\nlimits: {}", "2:1: error: limits: written twice, first on line 1"),
                row(
                        "limits:\n  max-depth: 5\n  maxDepth: 6",
                        "3:3: error: limits.maxDepth: written twice, first as 'max-depth' on line 2"),
                row("[a]: 1", "1:1: error: a key has to be a word"),
                row(
                        "node: {name: ${NAME}}",
                        "1:15: error: not YAML: expected ',' or '}', but got {"
                                + " (inside { } or [ ] a placeholder needs quotes: \"${NAME}\")"),
                row(
                        "node:\n  name: ${NOWHERE}",
                        "2:9: error: node.name: the environment variable NOWHERE is not set"
                                + " (set it, or write ${NOWHERE:default})"),
                row("x-bomb: " + "[".repeat(60), "1:58: error: nested more than 50 levels deep"),
                row("x-a: &a [*a, *a]", "1:6: error: aliases stand for too much (write the values out)"),
                row("name: \u0000", "1:7: error: the character U+0000 is not allowed"));
    }

    private static Arguments row(String text, String... problems) {
        return Arguments.of(text, List.of(problems));
    }

    @ParameterizedTest
    @MethodSource({
        "wrongTexts",
        "wrongAuthentication",
        "wrongCookies",
        "wrongKinds",
        "wrongHistories",
        "wrongRoles",
        "wrongListeners",
        "wrongListenerTypes",
        "wrongListenerDetails",
        "wrongClusters",
        "wrongLinks",
        "wrongAdminPorts",
        "wrongYaml"
    })
    void aWrongTextGivesTheseProblems(String text, List<String> expected) {
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadText("f.yaml", text);

        List<String> errors = report.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .map(ConfigProblem::toString)
                .toList();
        assertThat(errors)
                .containsExactlyElementsOf(
                        expected.stream().map(problem -> "f.yaml:" + problem).toList());
        assertThat(report.config()).isEmpty();
    }
}
