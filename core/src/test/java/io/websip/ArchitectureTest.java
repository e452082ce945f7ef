package io.websip;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.websip.config.Credentials;
import io.websip.config.UserAgentConfig;
import io.websip.internal.log.GuardedLogger;
import org.junit.jupiter.api.Test;

/** The house's rules: arrows run one way, and the engine takes time, threads and randomness from its ports only. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.websip");

    @Test
    void theScanFindsTheClasses() {
        assertThat(CLASSES).hasSizeGreaterThan(100); // a rule that scans nothing passes
    }

    @Test
    void arrowsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("face")
                .definedBy("io.websip")
                .layer("agent")
                .definedBy("io.websip.internal.agent")
                .layer("messaging")
                .definedBy("io.websip.internal.messaging")
                .layer("registration")
                .definedBy("io.websip.internal.registration")
                .layer("request")
                .definedBy("io.websip.internal.request")
                .layer("connection")
                .definedBy("io.websip.internal.connection")
                .layer("transaction")
                .definedBy("io.websip.internal.transaction")
                .layer("digest")
                .definedBy("io.websip.internal.auth")
                .layer("config")
                .definedBy("io.websip.config")
                .layer("trace")
                .definedBy("io.websip.trace")
                .layer("sip")
                .definedBy("io.websip.sip")
                .layer("mime")
                .definedBy("io.websip.mime")
                .layer("transport")
                .definedBy("io.websip.transport")
                .layer("loop")
                .definedBy("io.websip.loop")
                .layer("server")
                .definedBy("io.websip.internal.server")
                .layer("location")
                .definedBy("io.websip.internal.location")
                .layer("dns")
                .definedBy("io.websip.dns")
                .layer("text")
                .definedBy("io.websip.text")
                .layer("recording")
                .definedBy("io.websip.internal.jfr")
                .whereLayer("face")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("agent")
                .mayOnlyBeAccessedByLayers("face")
                .whereLayer("messaging")
                .mayOnlyBeAccessedByLayers("face", "agent")
                .whereLayer("registration")
                .mayOnlyBeAccessedByLayers("face", "agent", "messaging")
                .whereLayer("request")
                .mayOnlyBeAccessedByLayers("face", "agent", "messaging", "registration")
                .whereLayer("connection")
                .mayOnlyBeAccessedByLayers("face", "agent", "messaging", "registration", "request")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("registration", "connection")
                .whereLayer("transaction")
                .mayOnlyBeAccessedByLayers("face", "agent", "messaging", "registration", "request", "connection")
                .whereLayer("digest")
                .mayOnlyBeAccessedByLayers("face", "agent", "request")
                .whereLayer("location")
                .mayOnlyBeAccessedByLayers("connection", "server")
                .whereLayer("location")
                .mayOnlyAccessLayers("dns", "loop", "transport", "text")
                .whereLayer("dns")
                .mayOnlyAccessLayers("text")
                .whereLayer("sip")
                .mayOnlyAccessLayers("text")
                .whereLayer("mime") // a language of its own: the engine carries bodies and does not read them
                .mayOnlyAccessLayers("sip", "text")
                .whereLayer("mime")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("loop")
                .mayNotAccessAnyLayer()
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("transport")
                .mayOnlyAccessLayers("loop", "text")
                .whereLayer("recording")
                .mayOnlyAccessLayers("sip", "transport", "text")
                .whereLayer("config") // values below the engine, which reads them as they are
                .mayOnlyAccessLayers("sip", "dns", "transport", "text", "trace")
                .whereLayer("trace")
                .mayOnlyAccessLayers("sip", "transport", "text")
                .check(CLASSES);
    }

    @Test
    void theLanguageOfBodiesNeedsNothingButThatOfSip() {
        noClasses()
                .that()
                .resideInAPackage("io.websip.mime")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.websip.mime", "io.websip.sip", "io.websip.text", "java..", "javax.xml..", "org.jspecify..")
                .check(CLASSES);
    }

    /** The engine reads the whole configuration but the passwords in it: those go to the authenticator alone. */
    @Test
    void theEngineSeesNoPassword() {
        noClasses()
                .that()
                .resideInAPackage("io.websip.internal..")
                .and()
                .resideOutsideOfPackage("io.websip.internal.auth")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Credentials.class)
                .orShould()
                .callMethod(UserAgentConfig.class, "credentials")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.websip.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineReadsNoClockMakesNoThreadAndTakesNoRandomnessByItself() {
        noClasses()
                .that()
                .resideInAPackage("io.websip.internal..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        java.util.Timer.class,
                        java.util.Random.class,
                        java.security.SecureRandom.class,
                        java.util.concurrent.ThreadLocalRandom.class,
                        java.util.concurrent.Executors.class)
                .check(CLASSES);
    }

    /** What a regular expression costs, its input decides. */
    @Test
    void thereAreNoRegularExpressions() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.util.Scanner.class)
                .orShould()
                .callMethodWhere(target(owner(type(String.class)))
                        .and(target(nameMatching("matches|split|replaceAll|replaceFirst"))))
                .check(CLASSES);
    }

    /** The times in a flight recording are the recorder's own: no other part of the engine may come to know them. */
    @Test
    void onlyItsRecordingPackageKnowsTheFlightRecorder() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.websip.internal.jfr")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(CLASSES);
    }

    @Test
    void nothingPrintsOrLogsPastSystemLogger() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CLASSES);
    }

    /** A handler of the program may throw: no line of the log may cost a message its outcome. */
    @Test
    void everyLoggerIsAGuardedOne() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(GuardedLogger.class.getName())
                .should()
                .callMethod(System.class, "getLogger", String.class)
                .check(CLASSES);
    }
}
