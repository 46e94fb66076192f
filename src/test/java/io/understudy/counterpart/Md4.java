package io.understudy.counterpart;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** MD4 (RFC 1320), which NTLM hashes passwords with and the JDK does not offer. */
final class Md4 {

    private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    private static final int[] CONSTANTS = {0, 0x5a827999, 0x6ed9eba1};
    private static final int[][] ORDERS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
    };

    private Md4() {}

    static byte[] digest(byte[] message) {
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        byte[] padded = Arrays.copyOf(message, (message.length + 8) / 64 * 64 + 64);
        padded[message.length] = (byte) 0x80;
        ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(padded.length - 8, message.length * 8L);
        for (int start = 0; start < padded.length; start += 64) {
            block(state, words, start);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void block(int[] state, ByteBuffer words, int start) {
        int[] s = state.clone();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 16; i++) {
                int a = (16 - i) % 4;
                int sum =
                        s[a]
                                + mix(round, s[(a + 1) % 4], s[(a + 2) % 4], s[(a + 3) % 4])
                                + words.getInt(start + 4 * ORDERS[round][i])
                                + CONSTANTS[round];
                s[a] = Integer.rotateLeft(sum, SHIFTS[round][i % 4]);
            }
        }
        for (int i = 0; i < 4; i++) {
            state[i] += s[i];
        }
    }

    private static int mix(int round, int x, int y, int z) {
        return switch (round) {
            case 0 -> x & y | ~x & z;
            case 1 -> x & y | x & z | y & z;
            default -> x ^ y ^ z;
        };
    }
}
