package io.understudy.anchor;

/** Hears how anchoring goes. */
public interface AnchorListener {

    /** A place has this row's hash now. */
    void anchored(String place, long number);

    /** A place could not be given a hash; it is tried again. */
    void failed(String place);
}
