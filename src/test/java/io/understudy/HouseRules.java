package io.understudy;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What {@link ArchitectureTest} checks, where ArchUnit has no words for it. */
final class HouseRules {

    private static final String ROOT = "io.understudy.";

    private static final Set<String> CORE = Set.of("estate", "health", "decision", "runbook");
    private static final Set<String> RUN = with(CORE, "audit", "adapter.spi", "routing");
    private static final Set<String> CONTROL = with(RUN, "run", "replay");
    private static final Set<String> AROUND_CONTROL = with(CORE, "adapter.spi", "run", "control");

    /**
     * What each package may use besides itself. An adapter is the one called adapter.*, app may use
     * all.
     */
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    entry("estate", Set.of()),
                    entry("health", Set.of("estate")),
                    entry("decision", Set.of("estate", "health")),
                    entry("runbook", Set.of("estate", "health", "decision")),
                    entry("replay", Set.of("estate", "health", "decision")),
                    entry("access", Set.of("audit", "estate")),
                    entry("outbound", Set.of()),
                    entry("calendar", Set.of()),
                    entry("audit", CORE),
                    entry("anchor", Set.of("audit", "outbound")),
                    entry("adapter.spi", CORE),
                    entry("routing", with(CORE, "adapter.spi")),
                    entry("run", RUN),
                    entry("control", CONTROL),
                    entry("document", with(RUN, "access", "calendar", "replay")),
                    entry("adapter.*", with(CORE, "adapter.spi", "document", "outbound")),
                    entry("intake", with(AROUND_CONTROL, "document")),
                    entry("topology", Set.of("estate")),
                    entry("notify", AROUND_CONTROL),
                    entry("metrics", with(AROUND_CONTROL, "anchor")),
                    entry("store", with(CONTROL, "access", "control", "document")),
                    entry(
                            "api",
                            with(
                                    CONTROL,
                                    "access",
                                    "calendar",
                                    "control",
                                    "document",
                                    "intake",
                                    "topology")));

    private HouseRules() {}

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    static ArchCondition<JavaClass> useOnlyWhatTheArrowsAllow() {
        return condition(
                "use only the packages that the arrows in HouseRules allow",
                (type, violation) -> {
                    String from = module(type);
                    if (from.equals("app")) {
                        return;
                    }
                    Set<String> allowed =
                            ARROWS.get(from.matches("adapter\\.(?!spi$).*") ? "adapter.*" : from);
                    if (allowed == null) {
                        violation.accept(
                                "is in the package "
                                        + from
                                        + ", which has no arrows yet: give it some");
                        return;
                    }
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT))
                            .filter(d -> !from.equals(module(d.getTargetClass())))
                            .filter(d -> !allowed.contains(module(d.getTargetClass())))
                            .forEach(d ->
                                    violation.accept(
                                            from + " must not use: " + d.getDescription()));
                });
    }

    /**
     * The package below io.understudy, adapters apart: estate, decision (and what is in it),
     * adapter.spi.
     */
    private static String module(JavaClass type) {
        String[] names = type.getPackageName().substring(ROOT.length()).split("\\.");
        return names[0].equals("adapter") && names.length > 1 ? "adapter." + names[1] : names[0];
    }

    static ArchCondition<JavaClass> beGivenTimeAndChance() {
        return condition(
                "not ask for the time, random ids, unseeded chance, sleep or the environment",
                (type, violation) ->
                        type.getAccessesFromSelf().stream()
                                .filter(HouseRules::asks)
                                .forEach(access -> violation.accept(access.getDescription())));
    }

    /** On accesses, since a method reference like Instant::now is no call. */
    private static boolean asks(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        String parameters = access.getTarget().getFullName().replaceFirst("^[^(]*", "");
        return switch (owner) {
            case "java.lang.System" ->
                    Set.of(
                                    "currentTimeMillis",
                                    "nanoTime",
                                    "getenv",
                                    "getProperty",
                                    "getProperties")
                            .contains(name);
            case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            case "java.util.concurrent.locks.LockSupport" -> name.startsWith("park");
            case "java.lang.Math" -> name.equals("random");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.Random", "java.util.SplittableRandom", "java.util.Date" ->
                    parameters.equals("()") && name.equals("<init>");
            case "java.security.SecureRandom" ->
                    name.equals("<init>") || name.startsWith("getInstance");
            case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
            case "java.util.random.RandomGenerator" ->
                    name.equals("of") || name.equals("getDefault");
            case "java.util.Collections" ->
                    name.equals("shuffle") && parameters.equals("(java.util.List)");
            case "java.util.Calendar" -> name.equals("getInstance");
            case "java.time.Clock" ->
                    name.startsWith("system")
                            || name.startsWith("tick") && !parameters.contains("Clock");
            default ->
                    owner.startsWith("java.time.")
                            && name.equals("now")
                            && !parameters.contains("Clock");
        };
    }

    static ArchCondition<JavaClass> beValues() {
        return condition(
                "be records, enums, sealed interfaces, or final classes with final fields",
                (type, violation) -> {
                    Class<?> reflected = type.reflect();
                    if (reflected.isSynthetic()
                            || type.isAnonymousClass()
                            || type.isRecord()
                            || type.isEnum()) {
                        return;
                    }
                    if (type.isInterface()) {
                        if (!reflected.isSealed()
                                && !reflected.getSimpleName().equals("package-info")) {
                            violation.accept("is an interface that anyone may implement");
                        }
                        return;
                    }
                    if (!type.getModifiers().contains(JavaModifier.FINAL)) {
                        violation.accept("is a class, and not final");
                    }
                    for (JavaField field : type.getFields()) {
                        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
                            violation.accept("has a field that is not final: " + field.getName());
                        }
                    }
                });
    }

    static ArchCondition<JavaClass> haveRecordsAsCasesWhenSealed() {
        return condition(
                "have only records (or sealed interfaces of records) as cases when sealed",
                (type, violation) -> {
                    Class<?> reflected = type.reflect();
                    Stream<Class<?>> cases =
                            reflected.isSealed() && !reflected.isEnum()
                                    ? Arrays.stream(reflected.getPermittedSubclasses())
                                    : Stream.empty();
                    cases.filter(c -> !c.isRecord() && !(c.isInterface() && c.isSealed()))
                            .forEach(c ->
                                    violation.accept(
                                            "has a case that is no record: " + c.getName()));
                });
    }

    static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return condition(
                "reside in a package whose package-info.java has @NullMarked",
                (type, violation) -> {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        violation.accept("is in " + type.getPackageName());
                    }
                });
    }

    private static ArchCondition<JavaClass> condition(
            String description, BiConsumer<JavaClass, Consumer<String>> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(
                        type,
                        what ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                type, type.getName() + ": " + what)));
            }
        };
    }

    /**
     * Every package is a slice of its own, but for the decision table, whose rows belong to the
     * decision.
     */
    static SliceAssignment featuresAndTheirParts() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                if (!name.startsWith("io.understudy")) {
                    return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(
                        name.equals("io.understudy.decision.rules")
                                ? "io.understudy.decision"
                                : name);
            }

            @Override
            public String getDescription() {
                return "packages, with the decision table inside the decision";
            }
        };
    }
}
