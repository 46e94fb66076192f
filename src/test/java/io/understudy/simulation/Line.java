package io.understudy.simulation;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a replica and something that it asks. A question that was sent is answered
 * there even if the replica has died meanwhile; whether it hears the answer is another matter.
 */
final class Line {

    /** How long somebody waits for an answer that does not come. */
    static final long PATIENCE = 3 * VirtualTime.SECOND;

    private final Scene scene;
    private final Replica replica;
    private final BooleanSupplier open;

    /** What came back. */
    private static final class Reply<T> {
        private @Nullable T value;
        private @Nullable RuntimeException error;
        private boolean there;

        private void hear(Supplier<T> answer) {
            try {
                value = answer.get();
            } catch (RuntimeException e) {
                error = e;
            }
            there = true;
        }
    }

    Line(Scene scene, Replica replica, BooleanSupplier open) {
        this.scene = scene;
        this.replica = replica;
        this.open = open;
    }

    boolean isOpen() {
        return open.getAsBoolean();
    }

    /**
     * Asks.
     *
     * @param ready whether it can be answered yet; it is waited for a while
     * @throws Away when no answer comes
     */
    <T> T ask(String what, BooleanSupplier ready, Supplier<T> there) {
        replica.crossBorder();
        if (isOpen() && ready.getAsBoolean() && scene.chance().atOnce()) {
            return there.get();
        }
        replica.rest(scene.chance().delay());
        Reply<T> reply = new Reply<>();
        Runnable heard = scene.time().alarm();
        long end = scene.time().now() + SharedDatabase.LOCK_TIMEOUT;
        scene.time().after(scene.chance().delay(), () -> arrive(ready, there, reply, heard, end));
        scene.time().await();
        replica.standStill();
        if (reply.error != null) {
            throw reply.error;
        }
        if (!reply.there) {
            scene.note(() -> replica.name() + " hears nothing of: " + what);
            throw new Away("no answer to: " + what);
        }
        @SuppressWarnings("NullAway") // null only where T says so
        T value = reply.value;
        return value;
    }

    private <T> void arrive(
            BooleanSupplier ready, Supplier<T> there, Reply<T> reply, Runnable heard, long end) {
        int oneErrorIn = scene.weather().oneErrorIn();
        if (!isOpen() || scene.chance().oneIn(2 * oneErrorIn)) {
            scene.count(Happening.LOST_WRITE);
            scene.time().after(scene.chance().between(0, PATIENCE), heard);
        } else if (!ready.getAsBoolean() && scene.time().now() < end) {
            scene.count(Happening.WAITED_FOR_A_ROW);
            long pause = VirtualTime.SECOND / 2;
            scene.time().after(pause, () -> arrive(ready, there, reply, heard, end));
        } else if (!ready.getAsBoolean()) {
            heard.run();
        } else if (scene.chance().oneIn(2 * oneErrorIn)) {
            scene.count(Happening.LOST_ANSWER_OF_A_WRITE);
            new Reply<T>().hear(there);
            scene.time().after(scene.chance().between(0, PATIENCE), heard);
        } else {
            reply.hear(there);
            scene.time().after(scene.chance().delay(), heard);
        }
    }
}
