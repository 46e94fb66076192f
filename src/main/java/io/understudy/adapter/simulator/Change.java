package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import java.time.Duration;
import java.util.Optional;

/** An order that changes nothing until it ends, and then everything at once. */
interface Change extends Order {

    /** Whether its effect is there. */
    boolean there(TwinView view);

    /** Why it does not go on; asked only while its effect is not there. */
    Optional<Verdict> refusal(TwinView view);

    /** How long it takes. */
    Duration lasts(TwinSettings settings);

    /** The state with its effect. */
    TwinState changed(TwinView view);

    /** What is true afterwards, for people. */
    String done();

    /** Why it can never be carried out here: it names what the estate does not have. */
    default Optional<Verdict> senseless(TwinView view) {
        return Optional.empty();
    }

    /** Whether the other side is changing by itself, so that nothing can be told now. */
    default boolean unsettled(TwinView view) {
        return false;
    }

    @Override
    default Presence presence(TwinView view) {
        if (senseless(view).isPresent()) {
            return Presence.CANNOT_TELL;
        }
        if (there(view)) {
            return Presence.DONE;
        }
        return unsettled(view) ? Presence.CANNOT_TELL : Presence.NOT_DONE;
    }

    @Override
    default Verdict begin(TwinView view) {
        return senseless(view)
                .orElseGet(() ->
                        there(view)
                                ? Order.nothing(view, done() + " already")
                                : refusal(view).orElseGet(() -> Order.nothing(view, "begun")));
    }

    @Override
    default Duration takes(TwinView view) {
        return senseless(view).isPresent() || there(view) ? Duration.ZERO : lasts(view.settings());
    }

    @Override
    default Verdict end(TwinView view) {
        Verdict still = begin(view);
        if (!(still.outcome() instanceof StepOutcome.Done) || there(view)) {
            return still;
        }
        return new Verdict(changed(view), new StepOutcome.Done(done()));
    }
}
