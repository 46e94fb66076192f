package io.understudy.adapter.powershell;

import io.understudy.runbook.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts that run on management servers: constants of ours, as the resources have them. */
final class Scripts {

    /** What cmdlets carry out; the rest is T-SQL or a hook of the site's own. */
    static final Set<Operation> OPERATIONS =
            Set.copyOf(
                    EnumSet.of(
                            Operation.SWITCH_PRINCIPAL,
                            Operation.RECOVER_QUORUM,
                            Operation.MOVE_CENTRAL_MANAGEMENT,
                            Operation.RESTORE_CENTRAL_MANAGEMENT,
                            Operation.RELOAD_CONFIGURATION,
                            Operation.REPLICATE_CONFIGURATION,
                            Operation.START_SERVICES,
                            Operation.CHANGE_NEXT_HOP,
                            Operation.FAIL_OVER_POOL,
                            Operation.FAIL_BACK_POOL,
                            Operation.SYNC_BACKUP,
                            Operation.SET_CHAT_STATE,
                            Operation.SET_ACTIVE_CHAT_SERVERS,
                            Operation.MOVE_RESPONSE_GROUPS,
                            Operation.MOVE_CALL_PARK_ORBITS,
                            Operation.MOVE_ANNOUNCEMENTS,
                            Operation.MOVE_LOCATIONS));

    /** Reads the envelope and runs what it says. */
    static final String BOOTSTRAP = resource("bootstrap");

    private static final Map<String, Script> WHOLE = new ConcurrentHashMap<>();

    /** One script with all that it needs, and what the bootstrap checks it by. */
    record Script(String text, String sha256) {}

    private Scripts() {}

    /** The script of an operation or of a look, by its name among the resources. */
    static Script of(String name) {
        return WHOLE.computeIfAbsent(name, Scripts::whole);
    }

    private static Script whole(String name) {
        String text = resource("runtime") + resource(name) + "Start-Understudy\n";
        return new Script(text, sha256(text));
    }

    /** A script as PowerShell's -EncodedCommand takes it. */
    static String encoded(String script) {
        return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    }

    private static String resource(String name) {
        String path = "/powershell/" + name + ".ps1";
        try (InputStream in = Scripts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("this build has no script " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
