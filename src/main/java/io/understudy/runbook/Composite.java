package io.understudy.runbook;

import io.understudy.decision.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Several runbooks that belong together, in the order in which they are carried out. It is a
 * document: each part is a run of its own, with its own gate, approvals and journal.
 *
 * @param before what people settle before the first part
 * @param parts in their order
 * @param besides what is decided as well and no runbook carries out
 * @param byHand what is left to people after the last part, since no cmdlet does it
 */
public record Composite(
        String title,
        List<String> before,
        List<Part> parts,
        List<String> besides,
        List<ByHand> byHand) {

    /**
     * One runbook of it.
     *
     * @param decision empty where it is not decided now
     * @param standing whether a run of it may be opened now, and why not
     */
    public record Part(Runbook runbook, Optional<Decision> decision, String standing) {}

    /** Something that people do. */
    public record ByHand(String title, String how) {}

    public Composite {
        before = List.copyOf(before);
        parts = List.copyOf(parts);
        besides = List.copyOf(besides);
        byHand = List.copyOf(byHand);
    }
}
