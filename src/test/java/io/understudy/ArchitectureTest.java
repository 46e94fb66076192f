package io.understudy;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The house rules, A1 to A12: which package may use what, and why. What they check is in {@link
 * HouseRules}.
 */
@AnalyzeClasses(packages = "io.understudy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] CORE = {
        "io.understudy.estate..",
        "io.understudy.health..",
        "io.understudy.decision..",
        "io.understudy.runbook.."
    };

    private static final String[] CORE_CONTRACTS_SHELL = {
        "io.understudy.estate..",
        "io.understudy.health..",
        "io.understudy.decision..",
        "io.understudy.runbook..",
        "io.understudy.replay..",
        "io.understudy.access..",
        "io.understudy.audit..",
        "io.understudy.adapter.spi..",
        "io.understudy.routing..",
        "io.understudy.run..",
        "io.understudy.control.."
    };

    @ArchTest
    static final ArchRule A1_core_is_pure =
            classes()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(CORE)
                                    .or(
                                            resideInAnyPackage(
                                                    "", // primitive types
                                                    "java.lang",
                                                    "java.lang.annotation",
                                                    "java.lang.invoke", // what the compiler makes
                                                    // of
                                                    "java.lang.runtime", // records, lambdas and
                                                    // patterns
                                                    "java.util",
                                                    "java.util.function",
                                                    "java.util.regex",
                                                    "java.util.stream",
                                                    "java.time..",
                                                    "org.jspecify..")))
                    .allowEmptyShould(true)
                    .because(
                            "what is decided on values alone can be tested, simulated and replayed exactly");

    @ArchTest
    static final ArchRule A2_arrows =
            classes()
                    .should(HouseRules.useOnlyWhatTheArrowsAllow())
                    .because(
                            "who reads a package should have to know no more than the packages before it");

    @ArchTest
    static final ArchRule A3_no_cycles =
            slices().assignedFrom(HouseRules.featuresAndTheirParts())
                    .should()
                    .beFreeOfCycles()
                    .because("packages in a cycle are one package with two names");

    @ArchTest
    static final ArchRule A4_adapters_are_strangers =
            slices().matching("io.understudy.adapter.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(alwaysTrue(), resideInAPackage("io.understudy.adapter.spi.."))
                    .allowEmptyShould(true)
                    .because("an adapter must be replaceable without a look at the others");

    @ArchTest
    static final ArchRule A5_no_frameworks_inside =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORE_CONTRACTS_SHELL)
                    .should()
                    .dependOnClassesThat(
                            // of javax, cryptography is in the module java.base
                            not(resideInAPackage("javax.crypto.."))
                                    .and(
                                            resideInAnyPackage(
                                                    "jakarta..",
                                                    "javax..",
                                                    "io.quarkus..",
                                                    "io.smallrye..",
                                                    "org.eclipse.microprofile..",
                                                    "io.micrometer..",
                                                    "com.fasterxml..",
                                                    "java.sql..",
                                                    "java.net..",
                                                    "org.postgresql..")))
                    .allowEmptyShould(true)
                    .because(
                            "core, contracts and shell are plain Java: frameworks are chosen at the edge");

    @ArchTest
    static final ArchRule A6_jdbc =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.understudy.store..",
                            "io.understudy.adapter.sqlserver..",
                            "io.understudy.app..")
                    .and(
                            not(
                                    resideInAPackage("io.understudy.adapter..")
                                            .and(simpleNameContaining("Jdbc"))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..",
                            "javax.sql..",
                            "org.postgresql..",
                            "com.microsoft.sqlserver..",
                            "io.agroal..",
                            "org.flywaydb..")
                    .allowEmptyShould(true)
                    .because(
                            "SQL belongs to the store, the SQL Server adapter and probes named …Jdbc…");

    @ArchTest
    static final ArchRule A7_jaxrs =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.understudy.api..", "io.understudy.app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta.ws.rs..", "org.jboss.resteasy..", "io.quarkus.resteasy..")
                    .allowEmptyShould(true)
                    .because(
                            "HTTP is spoken in one place, so that errors become statuses in one place");

    @ArchTest
    static final ArchRule A8_time_and_chance =
            classes()
                    .that()
                    .resideOutsideOfPackage("io.understudy.app..")
                    .should(HouseRules.beGivenTimeAndChance())
                    .allowEmptyShould(true)
                    .because(
                            "time, ids, chance and environment come in through the constructor: only app asks for them");

    @ArchTest
    static final ArchRule A9_core_types =
            classes()
                    .that()
                    .resideInAnyPackage(CORE)
                    .should(HouseRules.beValues())
                    .allowEmptyShould(true)
                    .because("values cannot change behind a decision's back");

    @ArchTest
    static final ArchRule A10_cases_are_records =
            classes()
                    .should(HouseRules.haveRecordsAsCasesWhenSealed())
                    .because(
                            "a case is data: compared by value, taken apart by patterns, stored as it is");

    @ArchTest
    static final ArchRule A11_no_field_injection =
            NO_CLASSES_SHOULD_USE_FIELD_INJECTION.because("a constructor says what a class needs");

    @ArchTest
    static final ArchRule A11_no_standard_streams =
            NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
                    "output goes to the log, the audit trail or the caller");

    @ArchTest
    static final ArchRule A11_no_generic_exceptions =
            NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because(
                    "nobody can handle what is only called an exception");

    @ArchTest
    static final ArchRule A12_micrometer =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.understudy.metrics..", "io.understudy.app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.micrometer..")
                    .allowEmptyShould(true)
                    .because("all meter names are in one place");

    @ArchTest
    static final ArchRule jackson_at_the_edge =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.understudy.document..",
                            "io.understudy.intake..",
                            "io.understudy.api..",
                            "io.understudy.adapter..",
                            "io.understudy.app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml..", "com.networknt..")
                    .allowEmptyShould(true)
                    .because(
                            "document turns the core into JSON and YAML and back; the store asks it");

    @ArchTest
    static final ArchRule packages_are_null_marked =
            classes()
                    .should(HouseRules.resideInANullMarkedPackage())
                    .because(
                            "package-info.java says what the package is for, and NullAway believes only what is marked");
}
