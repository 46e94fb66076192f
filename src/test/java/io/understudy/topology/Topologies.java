package io.understudy.topology;

import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Topologies of tests, made by hand, and what was read out of them. */
final class Topologies {

    static final String PUBLISHED = "published.xml";
    static final String BUILDER = "builder.tbxml";

    private Topologies() {}

    static byte[] bytes(String name) {
        try (InputStream in = Topologies.class.getResourceAsStream("/topologies/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static Imported read(String name) {
        return EstateImport.read(bytes(name));
    }

    static Imported readText(String xml) {
        return EstateImport.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    static Pool pool(Imported imported, String fqdn) {
        return imported.estate().pool(new PoolFqdn(fqdn)).orElseThrow();
    }

    static Store store(Imported imported, String name) {
        return imported.estate().store(new StoreName(name)).orElseThrow();
    }

    static String pointer(Estate estate, String fqdn, String field) {
        return "/pools/"
                + estate.pools().indexOf(estate.pool(new PoolFqdn(fqdn)).orElseThrow())
                + field;
    }

    static List<String> pointers(Imported imported) {
        return imported.untold().stream().map(Untold::pointer).toList();
    }

    static List<String> ignored(Imported imported) {
        return imported.ignored().stream().map(Ignored::what).toList();
    }
}
