package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** openapi.yaml is what we promise; this says whether the code offers that and nothing else. */
class ContractTest {

    /** What matters of an operation: who may, where, and which types of bodies are taken. */
    private record Face(String role, String scope, TreeSet<String> consumes) {}

    @Test
    void theCodeOffersWhatTheContractPromisesAndNothingElse() {
        Map<String, Face> promised = new TreeMap<>();
        Contract.read()
                .operations()
                .forEach(o ->
                        promised.put(
                                o.toString(),
                                new Face(o.role(), o.scope(), new TreeSet<>(o.consumes()))));
        assertEquals(promised, offered());
    }

    @Test
    void everyOperationSaysWhatGoesWrong() {
        for (Contract.Operation operation : Contract.read().operations()) {
            var statuses = Contract.names(operation.node().path("responses"));
            for (String always : new String[] {"400", "401", "403", "414", "429", "431", "503"}) {
                assertFalse(!statuses.contains(always), operation + " lacks " + always);
            }
            if (operation.takesBody()) {
                assertFalse(
                        !statuses.contains("413") || !statuses.contains("415"),
                        operation.toString());
            }
        }
    }

    @Test
    void whatTakesMuchComputingIsKeptOffTheThreadsThatAllOthersShare() {
        List<String> sharing =
                resources()
                        .filter(type ->
                                Arrays.stream(type.getDeclaredFields())
                                        .anyMatch(field -> field.getType() == Turns.class))
                        .filter(type -> !type.isAnnotationPresent(Blocking.class))
                        .map(Class::getSimpleName)
                        .toList();
        assertEquals(List.of(), sharing);
    }

    private static Map<String, Face> offered() {
        Map<String, Face> offered = new TreeMap<>();
        resources()
                .forEach(type ->
                        Arrays.stream(type.getDeclaredMethods())
                                .forEach(method -> operation(type, method, offered)));
        return offered;
    }

    private static Stream<Class<?>> resources() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.understudy")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect);
    }

    private static void operation(Class<?> type, Method method, Map<String, Face> offered) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (http != null) {
                Path sub = method.getAnnotation(Path.class);
                String path =
                        type.getAnnotation(Path.class).value() + (sub == null ? "" : sub.value());
                offered.put(
                        http.value() + " " + path.replaceAll(":[^}]+", ""),
                        new Face(role(type, method), scope(type, method), consumes(method)));
            }
        }
    }

    private static String role(Class<?> type, Method method) {
        RolesAllowed own = method.getAnnotation(RolesAllowed.class);
        return String.join(
                ",", (own == null ? type.getAnnotation(RolesAllowed.class) : own).value());
    }

    private static String scope(Class<?> type, Method method) {
        Scoped own = method.getAnnotation(Scoped.class);
        Scoped stated = own == null ? type.getAnnotation(Scoped.class) : own;
        return (stated == null ? Scoped.Way.ESTATE : stated.value())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static TreeSet<String> consumes(Method method) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        return consumes == null
                ? new TreeSet<>()
                : new TreeSet<>(Stream.of(consumes.value()).filter(t -> !t.equals("*/*")).toList());
    }
}
