package io.understudy.app;

import java.security.SecureRandom;
import java.util.Base64;

/** New secret keys. */
final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom CHANCE = new SecureRandom();

    private Secrets() {}

    /** 256 bits of chance in letters, digits, dash and underscore, behind a word to search for. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        CHANCE.nextBytes(bytes);
        return "understudy_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
