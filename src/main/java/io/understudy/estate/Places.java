package io.understudy.estate;

/**
 * Where the components of a pool or a store are in what is kept per component of an estate, so that
 * nothing needs to be looked up by name; see {@link Estate#place}.
 */
public sealed interface Places {

    /** The place of a component that there is none of. */
    int NONE = -1;

    /**
     * Of a pool.
     *
     * @param servers in topology order; not to be written to
     */
    record OfPool(int site, int pool, int fileStore, int[] servers) implements Places {}

    /** Of a store; {@link #NONE} where it has no mirror or witness. */
    record OfStore(int store, int primary, int mirror, int witness) implements Places {

        public int at(Position position) {
            return position == Position.PRIMARY ? primary : mirror;
        }
    }
}
