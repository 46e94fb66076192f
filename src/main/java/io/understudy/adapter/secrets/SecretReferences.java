package io.understudy.adapter.secrets;

import io.understudy.adapter.spi.Secrets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Secrets by reference. Nothing is kept: each use reads anew. Of the environment only names that
 * start with {@value #PREFIX} are read, since whoever may put a routing must not see everything
 * that this process was given.
 */
public final class SecretReferences implements Secrets {

    /** How the name of a variable starts that holds a secret. */
    public static final String PREFIX = "UNDERSTUDY_SECRET_";

    private static final Pattern VARIABLE = Pattern.compile(PREFIX + "[A-Z0-9_]{1,200}");

    private final Function<String, Optional<String>> environment;
    private final SecretFiles files;
    private final Optional<Vault> vault;

    /**
     * @param environment the variable of a name; empty where there is none
     * @throws IllegalArgumentException when the Vault's trusted certificates cannot be read
     */
    public SecretReferences(
            SecretsSettings settings, Function<String, Optional<String>> environment) {
        this.environment = environment;
        this.files = new SecretFiles(settings.directory());
        this.vault = settings.vault().map(Vault::new);
    }

    @Override
    public String read(String reference) {
        int colon = reference.indexOf(':');
        String rest = reference.substring(colon + 1);
        return switch (reference.substring(0, Math.max(colon, 0))) {
            case "env" -> variable(rest);
            case "file" -> files.read(rest);
            case "vault" ->
                    vault.orElseThrow(() ->
                                    new SecretUnavailable(
                                            "there is no Vault for a reference to it: set"
                                                    + " understudy.secrets.vault.address"))
                            .read(rest);
            default ->
                    throw new SecretUnavailable(
                            "a reference to a secret is env:NAME, file:NAME or vault:PATH#FIELD");
        };
    }

    private String variable(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new SecretUnavailable(
                    "only variables whose name starts with " + PREFIX + " are read as secrets");
        }
        return environment
                .apply(name)
                .filter(value -> !value.isEmpty())
                .map(SecretReferences::withoutNewline)
                .orElseThrow(() ->
                        new SecretUnavailable(
                                "env:"
                                        + name
                                        + ": the variable is not set: give it to the process"));
    }

    /** Without the line end that editors put last. */
    static String withoutNewline(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return text.substring(0, end);
    }
}
