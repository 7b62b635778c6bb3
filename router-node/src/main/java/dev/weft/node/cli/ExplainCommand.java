package dev.weft.node.cli;

import dev.weft.authorization.AccessRequest;
import dev.weft.authorization.Action;
import dev.weft.authorization.Decision;
import dev.weft.authorization.Permission;
import dev.weft.authorization.RolePermissions;
import dev.weft.config.AuthorizerConfig;
import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.MetaApi;
import dev.weft.config.NodeConfig;
import dev.weft.config.RealmCatalog;
import dev.weft.config.RealmConfig;
import dev.weft.config.RoleConfig;
import dev.weft.config.UriCheck;
import dev.weft.node.ConfiguredDisclosure;
import dev.weft.node.ConfiguredProcedures;
import dev.weft.node.ConfiguredRoles;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RouterProcedures;
import dev.weft.session.Disclosure;
import dev.weft.uri.UriPattern;
import dev.weft.wamp.Identity;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampUri;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a role may do something, and which permission decides. */
@Command(
        name = "explain",
        description = "Say whether a role may do something, and which permission of the configuration decides.",
        footer = {
            "",
            "--authid asks about a principal: its role is looked up in the files of principals of the realm.",
            "Of what is allowed to call or to publish it says, too, whether others are told who does it,",
            "and of all that is allowed whether an authorizer is asked.",
            "Exits with 0 if it is allowed, with 1 if it is denied, with 2 if that cannot be said.",
            "",
            "Examples:",
            "  weft explain --config weft.yaml --role guest publish com.example.x",
            "  weft explain --config weft.yaml --realm realm1 --authid alice publish com.example.x",
            "  weft explain --config weft.yaml subscribe com.example. --match prefix"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Parameters(index = "0", paramLabel = "ACTION", description = "call, register, publish or subscribe.")
    private String action = "";

    @Parameters(index = "1", paramLabel = "URI", description = "The topic or procedure, or a pattern.")
    private String uri = "";

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration. Without: that of serve --dev.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key, as serve does.")
    private List<String> settings = List.of();

    @Option(names = "--realm", paramLabel = "URI", description = "The realm. May be left out if there is only one.")
    private @Nullable String realmUri;

    @Option(names = "--role", paramLabel = "NAME", description = "The role. Without: that of anonymous sessions.")
    private @Nullable String roleName;

    @Option(
            names = "--authid",
            paramLabel = "NAME",
            description = "The principal. With --role, too: it has to have that.")
    private @Nullable String authid;

    @Option(names = "--match", paramLabel = "POLICY", description = "exact (default), prefix or wildcard.")
    private String match = MatchPolicy.EXACT.text();

    @Option(names = "--invoke", paramLabel = "POLICY", description = "Of a registration: single (default) or another.")
    private String invoke = InvocationPolicy.SINGLE.text();

    ExplainCommand(Map<String, String> environment, Console console) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ConfigLoader loader = new ConfigLoader(environment, settings);
        ConfigReport report = file == null ? loader.loadText("--dev", ServeCommand.DEV_CONFIG) : loader.loadFile(file);
        Optional<NodeConfig> config = new ConfigProblems(console.err()).valid(report);
        AccessRequest request = request();
        if (config.isEmpty() || request == null) {
            return ExitStatus.USAGE;
        }
        List<RealmConfig> realms = config.get().realms();
        String wanted =
                realmUri != null ? realmUri : realms.size() == 1 ? realms.get(0).uri() : "";
        RealmConfig made = new RealmCatalog(realms).find(wanted);
        RealmConfig realm = made != null ? made : find(realms, RealmConfig::uri, wanted, "realm");
        if (realm == null) {
            return ExitStatus.USAGE;
        }
        String name = new WantedRole(environment, this::refuse).of(realm, authid, roleName);
        RoleConfig role = name == null ? null : find(realm.roles(), RoleConfig::name, name, "role");
        if (role == null) {
            return ExitStatus.USAGE;
        }
        String path =
                "realms[" + realms.indexOf(realm) + "].roles[" + realm.roles().indexOf(role) + "].permissions";
        String own = own(request, role, ConfiguredProcedures.of(wanted, realm, realms));
        if (own != null) {
            console.out().println("refused with wamp.error.not_authorized, whatever is allowed: " + own);
            return ExitStatus.FAILED;
        }
        return explain(request, realm, role, path, report);
    }

    /** Why clients of this role may not have what the router has for itself, or null. */
    private static @Nullable String own(AccessRequest request, RoleConfig role, RouterProcedures procedures) {
        UriPattern pattern = request.pattern();
        return switch (request.action()) {
            case CALL -> procedures.isForClients(pattern.uri()) ? null : "only the router calls " + pattern.uri();
            case REGISTER ->
                procedures.mayRegister(pattern.uri(), pattern.match(), role.name())
                        ? null
                        : "the router calls " + pattern.uri() + ", and another role registers it";
            default -> null;
        };
    }

    /** What is asked for, or null and a word about what is wrong. */
    private @Nullable AccessRequest request() {
        Action asked = choose(Action.values(), Action::text, action, "ACTION");
        MatchPolicy by = choose(MatchPolicy.values(), MatchPolicy::text, match, "--match");
        InvocationPolicy shared = choose(InvocationPolicy.values(), InvocationPolicy::text, invoke, "--invoke");
        if (asked == null || by == null || shared == null) {
            return null;
        }
        boolean concrete = asked == Action.CALL || asked == Action.PUBLISH;
        if (concrete && by != MatchPolicy.EXACT) {
            return refuse("--match is for subscribe and register");
        }
        if (asked != Action.REGISTER && shared != InvocationPolicy.SINGLE) {
            return refuse("--invoke is for register");
        }
        return new AccessRequest(asked, new UriPattern(by, uri), shared);
    }

    private <T> @Nullable T choose(T[] all, Function<T, String> text, String written, String what) {
        return Stream.of(all)
                .filter(each -> text.apply(each).equals(written.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> refuse(what + " is one of "
                        + Stream.of(all).map(text).collect(Collectors.joining(", ")) + ", not '" + written + "'"));
    }

    private <T> @Nullable T find(List<T> all, Function<T, String> name, String wanted, String what) {
        if (all.isEmpty()) {
            return refuse("there is no " + what + " in the configuration");
        }
        String question = "which " + what + "? Say so by --" + what + ".";
        return all.stream()
                .filter(each -> name.apply(each).equals(wanted))
                .findFirst()
                .orElseGet(() -> refuse((wanted.isEmpty() ? question : "there is no " + what + " " + wanted + ".")
                        + " There are: " + all.stream().map(name).collect(Collectors.joining(", "))));
    }

    private <T> @Nullable T refuse(String message) {
        console.err().println("weft explain: " + message);
        return null;
    }

    private int explain(AccessRequest request, RealmConfig realm, RoleConfig role, String path, ConfigReport report) {
        String fault = fault(request, realm);
        if (fault != null) {
            console.out().println("refused with wamp.error.invalid_uri, whatever is allowed: " + fault);
            return ExitStatus.FAILED;
        }
        List<Permission> rules =
                role.permissions().stream().map(ConfiguredRoles::permission).toList();
        Decision decision = new RolePermissions(rules).decide(request);
        console.out()
                .println((decision.allowed() ? "allowed: " : "denied: ") + who(role)
                        + (decision.allowed() ? " may " : " may not ") + request + " in " + realm.uri());
        if (decision.by().isEmpty()) {
            console.out()
                    .println("  no permission matches "
                            + (request.pattern().match() == MatchPolicy.EXACT ? "it" : "all of it")
                            + ", and what is not allowed is denied");
        }
        for (int i = 0; i < rules.size(); i++) {
            Permission rule = rules.get(i);
            if (decision.by().contains(rule)) {
                say("decided by", rule, path + "[" + i + "]", report);
            } else if (rule.pattern().anyCommonMember(request.pattern()) != null) {
                say(
                        rule.pattern().contains(request.pattern()) ? "matches, too" : "matches some of it",
                        rule,
                        path + "[" + i + "]",
                        report);
            }
        }
        if (decision.allowed()) {
            disclosure(request.action(), realm, role.name());
            authorizer(role);
        }
        if (WampUri.isOfSpecification(uri) && realm.metaApi() == MetaApi.OFF) {
            console.out().println("  but meta-api is off in this realm, so there is hardly anything behind such a URI");
        }
        return decision.allowed() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private String who(RoleConfig role) {
        return authid == null ? "the role " + role.name() : authid + ", by the role " + role.name() + ",";
    }

    /** Whether the permissions have the last word. */
    private void authorizer(RoleConfig role) {
        AuthorizerConfig asked = role.authorizer();
        console.out()
                .println(
                        asked == null
                                ? "  no authorizer is asked"
                                : "  " + asked.procedure()
                                        + " is asked about it and may deny it: an authorizer, registered by "
                                        + asked.role());
    }

    /** Whether others are told who calls, or publishes; nothing of other actions. */
    private void disclosure(Action asked, RealmConfig realm, String role) {
        Identity somebody = new Identity(0, "", role);
        RealmDisclosure configured = ConfiguredDisclosure.of(realm);
        if (asked == Action.CALL) {
            say(
                    configured.ofCaller(somebody, uri).disclosure(),
                    "callees",
                    "calls",
                    "disclose_me, or they by disclose_caller");
        } else if (asked == Action.PUBLISH) {
            say(configured.ofPublisher(somebody, uri).disclosure(), "subscribers", "publishes", "disclose_me");
        }
    }

    private void say(Disclosure disclosure, String others, String does, String options) {
        String told = switch (disclosure) {
            case REFUSE -> " are not told who " + does + ", and disclose_me is refused";
            case ALLOW -> " are told who " + does + " if it asks for that by " + options;
            case ALWAYS -> " are told who " + does + ", without being asked for it";
        };
        console.out().println("  " + others + told);
    }

    /** Why the router would refuse it before it asks who may do it, or null. */
    private static @Nullable String fault(AccessRequest request, RealmConfig realm) {
        UriPattern pattern = request.pattern();
        boolean own = request.action() == Action.PUBLISH || request.action() == Action.REGISTER;
        if (own && WampUri.isReserved(pattern.uri())) {
            return "URIs that begin with wamp or weft are the router's own";
        }
        return WampUri.isValid(pattern.uri(), realm.uriCheck() == UriCheck.STRICT, pattern.match())
                ? null
                : "no valid URI for match policy " + pattern.match().text() + ": "
                        + (pattern.uri().isEmpty() ? "it is empty" : pattern.uri());
    }

    private void say(String part, Permission rule, String path, ConfigReport report) {
        String place = report.places().getOrDefault(path, "");
        String allow = rule.allow().stream().sorted().map(Action::text).collect(Collectors.joining(", "));
        console.out()
                .println("  " + part + " " + place + (place.isEmpty() ? "" : ": ") + path + ": " + rule.pattern()
                        + " allow [" + allow + "]");
    }
}
