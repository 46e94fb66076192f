package io.understudy.app;

import io.understudy.adapter.spi.ExecutorProvider;
import io.understudy.adapter.spi.ExecutorProvider.Surroundings;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.estate.Estate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Loads executors out of archives, each with a class loader of its own. */
final class AdapterArchives {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String DIRECTORY = "understudy.adapters.directory";
    private static final String SETTINGS = "understudy.adapters.settings.";
    private static final System.Logger LOGGER = System.getLogger(AdapterArchives.class.getName());

    private final AdapterConfiguration configuration;
    private final Supplier<Estate> estate;
    private final Secrets secrets;
    private final InstantSource clock;

    AdapterArchives(
            AdapterConfiguration configuration,
            Supplier<Estate> estate,
            Secrets secrets,
            InstantSource clock) {
        this.configuration = configuration;
        this.estate = estate;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * The executors of all archives, in the order of their file names.
     *
     * @throws IllegalStateException when the directory or an archive cannot be used, naming it
     */
    List<StepExecutor> executors() {
        return configuration.directory().map(this::load).orElse(List.of());
    }

    private List<StepExecutor> load(Path directory) {
        requireOurs(directory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .peek(AdapterArchives::requireOurs)
                    .flatMap(this::made)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(DIRECTORY + " " + directory + " cannot be read", e);
        }
    }

    private Stream<StepExecutor> made(Path archive) {
        try {
            return providers(archive).stream()
                    .map(provider -> made(archive, provider))
                    .toList()
                    .stream();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalStateException(
                    archive + " cannot be loaded: " + e + "; it has to hold all that it needs", e);
        }
    }

    private static List<ExecutorProvider> providers(Path archive) {
        ServiceLoader<ExecutorProvider> found =
                ServiceLoader.load(
                        ExecutorProvider.class,
                        new URLClassLoader(
                                archive.getFileName().toString(),
                                new URL[] {url(archive)},
                                ExecutorProvider.class.getClassLoader()));
        List<ExecutorProvider> own =
                found.stream()
                        .filter(p -> p.type().getClassLoader() instanceof URLClassLoader)
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (own.isEmpty()) {
            throw new IllegalStateException(
                    archive
                            + " offers no executor: it has no META-INF/services/"
                            + ExecutorProvider.class.getName());
        }
        return own;
    }

    private StepExecutor made(Path archive, ExecutorProvider provider) {
        String name = provider.name();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalStateException(
                    provider.getClass().getName()
                            + " calls its executor '"
                            + name
                            + "'; a name has lower-case letters, digits and dashes");
        }
        StepExecutor executor = created(archive, provider, name);
        if (!executor.name().equals(name)) {
            throw new IllegalStateException(
                    "the executor of " + name + " calls itself " + executor.name());
        }
        LOGGER.log(System.Logger.Level.INFO, "executor {0} comes from {1}", name, archive);
        return executor;
    }

    private StepExecutor created(Path archive, ExecutorProvider provider, String name) {
        Map<String, String> told = configuration.settings().getOrDefault(name, Map.of());
        try {
            return provider.create(new Surroundings(told, estate, secrets, clock));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "executor "
                            + name
                            + " of "
                            + archive
                            + " cannot be made: "
                            + Objects.requireNonNullElse(e.getMessage(), e.toString())
                            + "; "
                            + (told.isEmpty() ? "nothing is set" : "set are " + names(told))
                            + " under "
                            + SETTINGS
                            + name,
                    e);
        }
    }

    /** Names only: a value may be what nobody should read in a log. */
    private static List<String> names(Map<String, String> told) {
        return told.keySet().stream().sorted().toList();
    }

    private static URL url(Path archive) {
        try {
            return archive.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(archive + " is no file", e);
        }
    }

    private static void requireOurs(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                throw new IllegalStateException(
                        path
                                + ", by "
                                + DIRECTORY
                                + ", can be written by others than its owner, and what lies there"
                                + " is run: take that permission away");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(DIRECTORY + ": " + path + " cannot be looked at", e);
        }
    }
}
