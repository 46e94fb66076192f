package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepExecutor;
import io.understudy.testing.Contoso;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor written elsewhere, compiled and packed here, is found, told its settings, or refused.
 */
class AdapterArchivesTest {

    private static final String SOURCE =
            """
            package stranger;

            import io.understudy.adapter.spi.*;
            import io.understudy.runbook.Action;

            public final class Pager implements ExecutorProvider {
                @Override public String name() { return "%s"; }
                @Override public StepExecutor create(Surroundings surroundings) {
                    String desk = surroundings.settings().get("desk");
                    if (desk == null) {
                        throw new IllegalArgumentException("desk is missing");
                    }
                    return new StepExecutor() {
                        @Override public String name() { return "pager"; }
                        @Override public boolean supports(Action action) {
                            return action instanceof Action.ChangeNextHop;
                        }
                        @Override public Presence check(StepCall call) { return Presence.NOT_DONE; }
                        @Override public StepOutcome act(StepCall call, Progress progress) {
                            return new StepOutcome.Done(desk);
                        }
                    };
                }
            }
            """;

    @TempDir private Path directory;
    private Path archives;

    @BeforeEach
    void make() throws IOException {
        archives = Files.createDirectory(directory.resolve("adapters"));
        allow(archives, "rwxr-xr-x");
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Path archive(String name, boolean registered) throws IOException {
        Path source = Files.createDirectories(directory.resolve("src/stranger"));
        Path file = Files.writeString(source.resolve("Pager.java"), SOURCE.formatted(name));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                OutputStream.nullOutputStream(),
                                System.err,
                                "-proc:none",
                                "-cp",
                                StepExecutor.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath(),
                                "-d",
                                classes.toString(),
                                file.toString());
        assertEquals(0, failed, "the stranger's source compiles against the SPI alone");
        Path jar = archives.resolve("pager.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String type : List.of("stranger/Pager.class", "stranger/Pager$1.class")) {
                out.putNextEntry(new JarEntry(type));
                Files.copy(classes.resolve(type), out);
            }
            if (registered) {
                out.putNextEntry(
                        new JarEntry(
                                "META-INF/services/io.understudy.adapter.spi.ExecutorProvider"));
                out.write("stranger.Pager\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        allow(jar, "rw-r--r--");
        return jar;
    }

    private List<StepExecutor> load(Map<String, Map<String, String>> settings) {
        AdapterConfiguration configuration =
                new AdapterConfiguration() {
                    @Override
                    public Optional<Path> directory() {
                        return Optional.of(archives);
                    }

                    @Override
                    public Map<String, Map<String, String>> settings() {
                        return settings;
                    }
                };
        return new AdapterArchives(
                        configuration, Contoso.USUAL::estate, reference -> "", () -> Instant.EPOCH)
                .executors();
    }

    @Test
    void anArchiveGivesItsExecutorAndIsToldItsSettings() throws IOException {
        archive("pager", true);

        List<StepExecutor> executors = load(Map.of("pager", Map.of("desk", "night")));

        assertEquals(List.of("pager"), executors.stream().map(StepExecutor::name).toList());
    }

    @Test
    void whatAnExecutorMissesStopsTheStartByItsName() throws IOException {
        archive("pager", true);

        Exception missing = assertThrows(IllegalStateException.class, () -> load(Map.of()));

        String said = missing.getMessage();
        assertTrue(said.contains("pager.jar cannot be made: desk is missing"), said);
        assertTrue(said.contains("nothing is set under understudy.adapters.settings.pager"), said);
    }

    @Test
    void whatAnExecutorIsToldInVainIsNamedWithoutItsValue() throws IOException {
        archive("pager", true);

        Exception missing =
                assertThrows(
                        IllegalStateException.class,
                        () -> load(Map.of("pager", Map.of("desc", "s3cret"))));

        assertTrue(missing.getMessage().contains("set are [desc]"), missing.getMessage());
        assertFalse(missing.getMessage().contains("s3cret"));
    }

    @Test
    void anArchiveThatNamesAClassWhichItLacksIsRefusedByItsName() throws IOException {
        Path jar = archives.resolve("empty.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(
                    new JarEntry("META-INF/services/io.understudy.adapter.spi.ExecutorProvider"));
            out.write("stranger.Absent\n".getBytes(StandardCharsets.UTF_8));
        }
        allow(jar, "rw-r--r--");

        Exception refused = assertThrows(IllegalStateException.class, () -> load(Map.of()));

        assertTrue(refused.getMessage().contains("empty.jar"), refused.getMessage());
        assertTrue(refused.getMessage().contains("stranger.Absent"), refused.getMessage());
    }

    @Test
    void anArchiveThatOffersNothingIsRefused() throws IOException {
        archive("pager", false);

        Exception refused = assertThrows(IllegalStateException.class, () -> load(Map.of()));

        assertTrue(refused.getMessage().contains("pager.jar offers no executor"));
    }

    @Test
    void aNameThatSettingsCannotBearIsRefused() throws IOException {
        archive("Pager!", true);

        assertThrows(IllegalStateException.class, () -> load(Map.of()));
    }

    @Test
    void whatOthersCanWriteIsNotRun() throws IOException {
        Path jar = archive("pager", true);
        allow(jar, "rw-r--rw-");
        Exception file = assertThrows(IllegalStateException.class, () -> load(Map.of()));
        assertTrue(file.getMessage().contains("pager.jar"));

        allow(jar, "rw-r--r--");
        allow(archives, "rwxrwxr-x");
        assertThrows(IllegalStateException.class, () -> load(Map.of()));
    }
}
