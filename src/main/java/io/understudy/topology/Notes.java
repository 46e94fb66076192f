package io.understudy.topology;

import java.util.ArrayList;
import java.util.List;

/** What is written down beside the estate while it is made. */
final class Notes {

    private final List<Untold> untold = new ArrayList<>();
    private final List<Ignored> ignored = new ArrayList<>();

    void untold(String pointer, String what, String why, String howToTell) {
        untold.add(new Untold(pointer, what, why, howToTell));
    }

    void ignored(String what, String because) {
        ignored.add(new Ignored(what, because));
    }

    List<Untold> untold() {
        return untold;
    }

    List<Ignored> ignored() {
        return ignored;
    }
}
