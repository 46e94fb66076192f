package io.understudy.app;

import io.understudy.run.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this replica holds at the moment, of the tasks that are shared out. Safe on any thread. */
final class Holdings {

    /** In the order in which they were taken. */
    private final List<Fence> held = new ArrayList<>();

    synchronized void take(Fence fence) {
        held.add(fence);
    }

    synchronized void drop(Fence fence) {
        held.remove(fence);
    }

    /** The newest right to a task, if it is held. */
    synchronized Optional<Fence> of(String task, String instance) {
        return held.reversed().stream()
                .filter(fence -> fence.task().equals(task) && fence.instance().equals(instance))
                .findFirst();
    }

    synchronized boolean holds(Fence fence) {
        return held.contains(fence);
    }

    synchronized int count(String task) {
        return Math.toIntExact(held.stream().filter(f -> f.task().equals(task)).count());
    }

    /** Whether it is beyond the first so many of its task that were taken. */
    synchronized boolean surplus(Fence fence, int fair) {
        return held.stream().filter(f -> f.task().equals(fence.task())).toList().indexOf(fence)
                >= fair;
    }
}
