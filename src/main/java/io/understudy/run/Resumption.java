package io.understudy.run;

/** What an operator says of the step at which a run stopped to ask. */
public enum Resumption {
    /** It took effect: the run goes on with the next step. */
    TOOK_EFFECT,
    /** It did not, or doing it again does no harm: it is carried out again. */
    REPEAT
}
