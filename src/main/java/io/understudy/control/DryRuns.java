package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.run.StepRehearsals;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Runbook;
import java.util.List;

/** Every check that a run begins with, really made, and nothing changed. */
public final class DryRuns {

    private final FreshReassessment reassessment;
    private final StepRehearsals rehearsals;

    public DryRuns(FreshReassessment reassessment, StepRehearsals rehearsals) {
        this.reassessment = reassessment;
        this.rehearsals = rehearsals;
    }

    /** What each step of the decision's runbook would come to now. */
    List<Rehearsed> of(Decision decision, Runbook runbook) {
        return rehearsals.of(runbook, reassessment.rehearse(decision));
    }
}
