package dev.weft.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The arrows between the rooms (docs/architecture.md) and the habits of the house, held by the build. */
@AnalyzeClasses(packages = "dev.weft", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] PROTOCOL = {"dev.weft.wamp..", "dev.weft.link.."};
    private static final String[] PURE_ROOMS = {
        "dev.weft.broker..", "dev.weft.dealer..", "dev.weft.uri..", "dev.weft.meta..", "dev.weft.directory.."
    };
    private static final String[] ROOMS_WITH_SOCKETS = {
        "dev.weft.transport..",
        "dev.weft.lane..",
        "dev.weft.cluster.link..",
        "dev.weft.tls.socket..",
        "dev.weft.admin..",
        "dev.weft.node.."
    };

    private ArchitectureTest() {}

    @ArchTest
    static final ArchRule theProtocolKnowsNothingButBytes = classes()
            .that(resideInAnyPackage(PROTOCOL))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "dev.weft.wamp..",
                            "dev.weft.link..",
                            "java..",
                            "javax.crypto..",
                            "org.jspecify..",
                            "io.netty.buffer..",
                            "io.netty.util..")
                    .and(resideOutsideOfPackages("java.net..", "java.util.concurrent.locks..")))
            .because("cluster-protocol is bytes in, values out: no sockets, no threads, no clock");

    @ArchTest
    static final ArchRule pureRoomsRunWithoutAnEventLoop = noClasses()
            .that(resideInAnyPackage(PURE_ROOMS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.hazelcast..", "io.netty.channel..", "io.netty.handler..")
            .because("broker, dealer, uri and meta run in a unit test without an event loop");

    @ArchTest
    static final ArchRule onlyMembershipAndTablesKnowHazelcast = noClasses()
            .that(resideOutsideOfPackages("dev.weft.cluster.membership..", "dev.weft.cluster.table.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

    @ArchTest
    static final ArchRule onlyRoomsWithSocketsKnowVertxAndNettyChannels = noClasses()
            .that(resideOutsideOfPackages(ROOMS_WITH_SOCKETS))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.channel..", "io.netty.handler..")
                    .and(resideOutsideOfPackages("io.vertx.spi.cluster..", "io.vertx.core.spi.cluster..")));

    @ArchTest
    static final ArchRule onlyOneRoomKnowsOpenTelemetry = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.tracing.otlp..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.opentelemetry..", "org.slf4j.bridge.."));

    @ArchTest
    static final ArchRule onlyOneClassKnowsTheRoomThatIsLoadedWhenTracingIsOn = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.tracing.otlp..")
            .and()
            .doNotHaveFullyQualifiedName("dev.weft.node.ConfiguredTracing")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weft.tracing.otlp..")
            .because("while tracing is off, nothing of it is loaded");

    @ArchTest
    static final ArchRule uriKnowsOnlyTheVocabulary = classes()
            .that()
            .resideInAPackage("dev.weft.uri..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.weft.uri..", "dev.weft.wamp..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule routingKnowsNoClusterRoom = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.weft.broker..",
                    "dev.weft.dealer..",
                    "dev.weft.meta..",
                    "dev.weft.session..",
                    "dev.weft.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.weft.cluster..", "dev.weft.admin..")
            .because("they route to lanes and ask the directory, and never learn what is behind");

    @ArchTest
    static final ArchRule onlyNodePutsThePartsTogether = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weft.node..");

    @ArchTest
    static final ArchRule theAdminRoomIsKnownToNodeAlone = noClasses()
            .that()
            .resideOutsideOfPackages("dev.weft.admin..", "dev.weft.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weft.admin..")
            .because("what a node does must not depend on whether anybody watches it");

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("dev.weft.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
            .orShould()
            .haveNameMatching(".*[.$]Abstract[A-Z].*");

    @ArchTest
    static final ArchRule logsGoThroughSlf4j =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.node..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule theWallClockIsReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weft.node..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("wall clocks jump: deadlines use System.nanoTime, and times for people come from node");
}
