package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour, every command of it as it is printed. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final long TOUR_LIMIT_SECONDS = 240;

    @TempDir private Path data;

    @Test
    void theTourWorksAsPrinted() throws IOException, InterruptedException {
        String readme = Files.readString(Path.of("README.md"));
        String tour =
                BLOCK.matcher(readme.substring(readme.indexOf("<!-- tour:")))
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining("\n"));
        assertTrue(tour.contains("http://127.0.0.1:8080"), "the tour names the default address");
        try (Service service = Service.start(data, Map.of())) {
            String told = run(tour.replace("http://127.0.0.1:8080", service.address()));
            for (String expected :
                    List.of(
                            "\"component\":\"store:be1\"",
                            "MIRROR_FAILOVER of store:be1",
                            "all 4 steps are done and verified",
                            "\"rejected\":[{\"remediation\":\"POOL_FAILOVER\"",
                            "AWAITING_APPROVAL",
                            "Invoke-CsPoolFailOver -PoolFqdn pool2.contoso.com -DisasterMode",
                            "all 6 steps are done and verified",
                            "| RECOVERED |",
                            "\"confirmed\":false")) {
                assertTrue(told.contains(expected), () -> expected + " is not told in:\n" + told);
            }
        }
    }

    private String run(String commands) throws IOException, InterruptedException {
        Path output = data.resolve("tour.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", commands);
        bash.environment().put("KEY", Service.KEY);
        Process process = bash.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(TOUR_LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String told = Files.readString(output);
        assertTrue(ended, told);
        assertEquals(0, process.exitValue(), told);
        return told;
    }
}
