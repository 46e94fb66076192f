package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an evaluation changes of what was on record. A finding is the same by code and target, a
 * decision by its essence: that evidence has grown older is no change.
 *
 * @param open the findings open after it, those that did not change included
 * @param findings those to be saved: new, changed, closed
 * @param decisions those to be saved: new, ended
 */
record EvaluationDiff(
        List<RecordedFinding> open,
        List<RecordedFinding> findings,
        List<RecordedDecision> decisions) {

    static EvaluationDiff of(
            List<RecordedFinding> openFindings,
            List<RecordedDecision> openDecisions,
            Evaluation evaluation,
            Instant at,
            Supplier<String> ids) {
        List<RecordedFinding> open = new ArrayList<>();
        List<RecordedFinding> changed = new ArrayList<>();
        Map<String, RecordedFinding> before = index(openFindings, r -> key(r.finding()));
        for (Finding finding : evaluation.findings()) {
            RecordedFinding known = before.remove(key(finding));
            RecordedFinding after =
                    known == null
                            ? new RecordedFinding(
                                    ids.get(), finding, at, Optional.empty(), Optional.empty())
                            : same(known.finding(), finding) ? known : with(known, finding);
            open.add(after);
            if (after != known) {
                changed.add(after);
            }
        }
        before.values().forEach(gone -> changed.add(closed(gone, at)));
        return new EvaluationDiff(
                open, changed, decisions(openDecisions, evaluation.decisions(), at, ids));
    }

    private static List<RecordedDecision> decisions(
            List<RecordedDecision> open, List<Decision> taken, Instant at, Supplier<String> ids) {
        Map<String, RecordedDecision> before = index(open, r -> r.decision().essence());
        List<RecordedDecision> changed = new ArrayList<>();
        for (Decision decision : taken) {
            if (before.remove(decision.essence()) == null) {
                changed.add(
                        new RecordedDecision(
                                ids.get(), decision, at, Optional.empty(), Optional.empty()));
            }
        }
        before.values().forEach(gone -> changed.add(ended(gone, at)));
        return changed;
    }

    private static <T> Map<String, T> index(List<T> records, Function<T, String> key) {
        Map<String, T> index = new LinkedHashMap<>();
        records.forEach(r -> index.put(key.apply(r), r));
        return index;
    }

    private static String key(Finding finding) {
        return finding.code() + " " + finding.target();
    }

    private static boolean same(Finding one, Finding other) {
        return one.confirmed() == other.confirmed()
                && one.severity() == other.severity()
                && one.rule().equals(other.rule());
    }

    private static RecordedFinding with(RecordedFinding known, Finding newer) {
        return new RecordedFinding(
                known.id(), newer, known.openedAt(), known.closedAt(), known.incident());
    }

    private static RecordedFinding closed(RecordedFinding gone, Instant at) {
        return new RecordedFinding(
                gone.id(), gone.finding(), gone.openedAt(), Optional.of(at), gone.incident());
    }

    private static RecordedDecision ended(RecordedDecision gone, Instant at) {
        return new RecordedDecision(
                gone.id(), gone.decision(), gone.takenAt(), Optional.of(at), gone.incident());
    }
}
