package io.understudy.run;

/**
 * Somebody else holds the task now, or what was judged is too old to be acted upon. Nothing was
 * written; whoever holds the task judges afresh.
 */
public final class FenceRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FenceRefusal(Fence fence) {
        super(
                "%s may no longer write for the task %s %s: it held it by version %d, and until %s"
                        .formatted(
                                fence.holder(),
                                fence.task(),
                                fence.instance(),
                                fence.version(),
                                fence.until()));
    }
}
