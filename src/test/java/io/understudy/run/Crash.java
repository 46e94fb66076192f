package io.understudy.run;

/** The process dies here: nothing in it may catch this. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where);
    }
}
