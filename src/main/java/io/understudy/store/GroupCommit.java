package io.understudy.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Many small writes in one transaction: whatever arrived while the last one was being committed
 * goes into the next.
 *
 * <p>There is no thread of its own. Whoever finds nobody at work commits for all who wait, then
 * wakes them and leaves the work to the first of those who came meanwhile. How long one can wait
 * is bounded by the database's limits and by how much may wait.
 *
 * @param <I> what is written
 * @param <O> what its sender is answered
 */
final class GroupCommit<I, O> {

    private static final class Waiting<I, O> {
        private final I item;
        private final int weight;

        /** Completed when there is an answer, or when it is this one's turn to do the work. */
        private final CompletableFuture<Boolean> woken = new CompletableFuture<>();

        private volatile @Nullable Supplier<O> answer;

        private Waiting(I item, int weight) {
            this.item = item;
            this.weight = weight;
        }

        private void fail(Throwable failure) {
            answer =
                    () -> {
                        throw failure instanceof RuntimeException expected
                                ? expected
                                : new IllegalStateException("the writer failed", failure);
                    };
        }
    }

    private final ToIntFunction<I> weight;
    private final Function<List<I>, List<O>> work;
    private final int mostWaiting;
    private final int mostAtOnce;
    private final Duration retryAfter;

    private final Queue<Waiting<I, O>> queue = new ArrayDeque<>();
    private int waiting;
    private boolean atWork;

    /**
     * @param weight what an item counts for against the limits, at least 1
     * @param work writes some items in one transaction and answers each, in order
     * @param mostWaiting how much may wait in all; one item alone may weigh more
     * @param mostAtOnce how much goes into one transaction; one item alone may weigh more
     * @param retryAfter what those are told who are refused
     */
    GroupCommit(
            ToIntFunction<I> weight,
            Function<List<I>, List<O>> work,
            int mostWaiting,
            int mostAtOnce,
            Duration retryAfter) {
        this.weight = weight;
        this.work = work;
        this.mostWaiting = mostWaiting;
        this.mostAtOnce = mostAtOnce;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns once the item is committed.
     *
     * @throws StoreBusy when too much is waiting; nothing was written
     */
    O write(I item) {
        Waiting<I, O> mine = new Waiting<>(item, weight.applyAsInt(item));
        if (!enter(mine)) {
            mine.woken.join();
        }
        if (mine.answer == null) {
            doTheWork();
        }
        Supplier<O> answer = mine.answer;
        if (answer == null) {
            throw new IllegalStateException("whoever does the work is among those it is done for");
        }
        return answer.get();
    }

    /** How much waits or is being written. */
    synchronized int waiting() {
        return waiting;
    }

    /** Whether nobody is at work, so that the caller is now. */
    private synchronized boolean enter(Waiting<I, O> mine) {
        if (waiting > 0 && waiting + mine.weight > mostWaiting) {
            throw new StoreBusy(
                    waiting + " wait to be saved and no more than " + mostWaiting + " may; nothing was saved",
                    retryAfter);
        }
        waiting += mine.weight;
        queue.add(mine);
        boolean free = !atWork;
        atWork = true;
        return free;
    }

    private void doTheWork() {
        List<Waiting<I, O>> group = take();
        try {
            writeAll(group);
        } catch (Throwable unexpected) {
            group.forEach(w -> w.fail(unexpected));
            throw unexpected;
        } finally {
            // first the next one begins, then these are told
            passOn(group);
            group.forEach(w -> w.woken.complete(true));
        }
    }

    private synchronized List<Waiting<I, O>> take() {
        List<Waiting<I, O>> group = new ArrayList<>();
        int taken = 0;
        while (!queue.isEmpty()
                && (group.isEmpty() || taken + queue.element().weight <= mostAtOnce)) {
            Waiting<I, O> next = queue.remove();
            taken += next.weight;
            group.add(next);
        }
        return group;
    }

    private synchronized void passOn(List<Waiting<I, O>> done) {
        done.forEach(w -> waiting -= w.weight);
        Waiting<I, O> next = queue.peek();
        if (next == null) {
            atWork = false;
        } else {
            next.woken.complete(true);
        }
    }

    /** One that cannot be written must not keep the others from being: then each goes alone. */
    private void writeAll(List<Waiting<I, O>> group) {
        try {
            List<O> answers = work.apply(group.stream().map(w -> w.item).toList());
            for (int i = 0; i < group.size(); i++) {
                O answer = answers.get(i);
                group.get(i).answer = () -> answer;
            }
        } catch (StoreUnavailable e) {
            group.forEach(w -> w.fail(e));
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().fail(e);
            } else {
                group.forEach(w -> writeAll(List.of(w)));
            }
        }
    }
}
