package io.understudy.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program that checks an export of the audit, without a database, the service or a library:
 * {@code AuditVerifier <export.jsonl> [--anchor <number>:<hash>]… [--anchors <file>]}. Exits with 0
 * when the chain holds, with 1 when it is broken and with 2 when it could not be checked.
 */
public final class AuditVerifier {

    static final String USAGE =
            "Usage: AuditVerifier <export.jsonl> [--anchor <number>:<hash>]... [--anchors <file>]";

    /** What a check came to. */
    record Outcome(int exit, String message) {}

    private final NavigableMap<Long, String> anchors = new TreeMap<>();
    private @Nullable Path export;

    private AuditVerifier() {}

    public static void main(String[] arguments) {
        Outcome outcome = run(List.of(arguments));
        IO.println(outcome.message());
        System.exit(outcome.exit());
    }

    static Outcome run(List<String> arguments) {
        try {
            AuditVerifier verifier = new AuditVerifier();
            verifier.understand(new ArrayList<>(arguments));
            return told(verifier.check());
        } catch (IllegalArgumentException e) {
            return new Outcome(2, "Not checked: " + e.getMessage());
        } catch (IOException e) {
            return new Outcome(2, "Not checked, since a file cannot be read: " + e);
        }
    }

    private void understand(List<String> arguments) throws IOException {
        while (!arguments.isEmpty()) {
            String argument = arguments.removeFirst();
            if (argument.startsWith("--") && arguments.isEmpty()) {
                throw new IllegalArgumentException(argument + " needs a value. " + USAGE);
            }
            switch (argument) {
                case "--anchor" -> anchor(arguments.removeFirst());
                case "--anchors" ->
                        anchors.putAll(AnchorLines.read(Path.of(arguments.removeFirst())));
                default -> {
                    if (export != null || argument.startsWith("--")) {
                        throw new IllegalArgumentException(USAGE);
                    }
                    export = Path.of(argument);
                }
            }
        }
    }

    private void anchor(String text) {
        ChainHead anchor = ChainHead.parse(text);
        anchors.put(anchor.number(), anchor.hash());
    }

    private Verification check() throws IOException {
        if (export == null) {
            throw new IllegalArgumentException(USAGE);
        }
        ChainWalk walk = null;
        try (BufferedReader lines = Files.newBufferedReader(export, StandardCharsets.UTF_8)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                AuditRow row = row(number, line);
                walk = walk == null ? new ChainWalk(before(row), anchors) : walk;
                walk.take(row);
            }
        }
        return walk == null ? new ChainWalk(ChainHead.NONE, anchors).end() : walk.end();
    }

    private static AuditRow row(long number, String line) {
        try {
            return ExportLine.read(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + number + " of the export is no audit row: " + e.getMessage(), e);
        }
    }

    /** An export that begins later: what its first row follows can only be taken on trust. */
    private static ChainHead before(AuditRow first) {
        return first.number() <= 1
                ? ChainHead.NONE
                : new ChainHead(first.number() - 1, first.previous());
    }

    private static Outcome told(Verification found) {
        String extent =
                found.verified()
                        + " rows hold, the last is "
                        + found.last()
                        + "; anchors compared: "
                        + found.anchors();
        Optional<Break> broken = found.broken();
        return broken.map(at ->
                        new Outcome(
                                1,
                                "BROKEN at row %d, %s: %s. What to do: %s. Before that %s"
                                        .formatted(
                                                at.number(),
                                                at.kind(),
                                                at.message(),
                                                at.whatToDo(),
                                                extent)))
                .orElseGet(() -> new Outcome(0, "INTACT: " + extent));
    }
}
