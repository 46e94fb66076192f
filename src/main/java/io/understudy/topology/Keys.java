package io.understudy.topology;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * By what sites, clusters, SQL instances and services are named and referred to: by a unique id in
 * a Topology Builder file, by site, role and number in a published topology (domain.md 10). A
 * host's name is taken too.
 */
final class Keys {

    /** Attributes that are only a part of a key, or that are none. */
    private static final Set<String> NO_KEYS =
            Set.of("siteid", "number", "rolename", "instance", "name", "usage");

    private Keys() {}

    /** A key as it is compared: in lower case and without the braces that some write around ids. */
    static String key(String value) {
        return value.strip().toLowerCase(Locale.ROOT).replaceAll("^\\{(.*)}$", "$1");
    }

    static String ofCluster(String site, String number) {
        return key(site) + ":" + key(number);
    }

    static String ofInstance(String cluster, String name) {
        return cluster + "/" + key(name);
    }

    static String ofService(String site, String role, String instance) {
        return key(site) + "-" + key(role) + "-" + key(instance);
    }

    /** Every key that an element or one below it may mean, the most telling first. */
    static Stream<String> in(Element element) {
        Stream<String> plain =
                element.attributes().entrySet().stream()
                        .filter(attribute -> !NO_KEYS.contains(attribute.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(attribute -> key(attribute.getValue()));
        Stream<String> text =
                element.text().isEmpty() ? Stream.of() : Stream.of(key(element.text()));
        Stream<String> own = Stream.concat(composed(element), Stream.concat(plain, text));
        return Stream.concat(own, element.children().stream().flatMap(Keys::in));
    }

    private static Stream<String> composed(Element element) {
        String site = element.attribute("SiteId").orElse("");
        if (element.isNamed("SqlInstanceId")) {
            String name = element.attribute("Name").orElse("");
            return element.children().stream()
                    .filter(child -> child.isNamed("ClusterId"))
                    .flatMap(Keys::in)
                    .map(cluster -> ofInstance(cluster, name));
        }
        if (element.attribute("RoleName").isPresent()) {
            String role = element.attribute("RoleName").orElse("");
            return Stream.of(ofService(site, role, element.attribute("Instance").orElse("")));
        }
        return element.attribute("Number").stream().map(number -> ofCluster(site, number));
    }

    /**
     * The keys that are given under names that fit: {@code MirrorSqlInstance="…"} as well as {@code
     * <BackupRegistrar><ServiceId …/></BackupRegistrar>}. No public file shows how a pairing or a
     * mirror is written (domain.md 10), so that whatever is called so and leads somewhere counts.
     */
    static Stream<String> mentioned(Element element, Predicate<String> fits) {
        Stream<String> attributes =
                element.attributes().entrySet().stream()
                        .filter(attribute -> fits.test(attribute.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(attribute -> key(attribute.getValue()));
        Stream<String> below =
                element.children().stream()
                        .flatMap(child ->
                                fits.test(child.name()) ? in(child) : mentioned(child, fits));
        return Stream.concat(attributes, below);
    }
}
