package io.understudy.adapter.secrets;

import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets in the files of one directory. */
final class SecretFiles {

    /** The longest secret, in bytes: a chain of certificates with its key has some 10,000. */
    static final int MOST_BYTES = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

    private final Optional<Path> directory;

    SecretFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    String read(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SecretUnavailable(
                    "file:NAME names a file of understudy.secrets.directory, without a path");
        }
        Path in =
                directory.orElseThrow(() ->
                        new SecretUnavailable(
                                "file:" + name + ": set understudy.secrets.directory"));
        String reference = "file:" + name;
        try {
            Path root = in.toRealPath();
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)) {
                throw new SecretUnavailable(
                        reference + " leads out of understudy.secrets.directory");
            }
            return text(file, reference);
        } catch (IOException e) {
            throw unreadable(reference, e);
        }
    }

    /**
     * What a file says, without its last line end.
     *
     * @param reference what it is called in errors
     * @throws SecretUnavailable when it is not there, not ours alone, too long or not text
     */
    static String text(Path file, String reference) {
        try {
            Set<PosixFilePermission> permissions =
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new SecretUnavailable(
                        reference + " may be read or written by everybody: take that right away");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new SecretUnavailable(reference + " is no regular file");
            }
            return SecretReferences.withoutNewline(decoded(bytes(file, reference), reference));
        } catch (IOException | UnsupportedOperationException e) {
            throw unreadable(reference, e);
        }
    }

    private static byte[] bytes(Path file, String reference) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length == 0 || bytes.length > MOST_BYTES) {
                throw new SecretUnavailable(
                        reference + " is empty or longer than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static String decoded(byte[] bytes, String reference) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new SecretUnavailable(reference + " is not UTF-8");
        }
    }

    private static SecretUnavailable unreadable(String reference, Exception e) {
        return new SecretUnavailable(
                reference + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
}
