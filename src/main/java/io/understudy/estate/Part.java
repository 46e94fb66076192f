package io.understudy.estate;

import java.util.List;

/**
 * Pools and stores that are decided upon together, since each may bear on the others: a pair, the
 * Edge and Persistent Chat pools whose next hop is one of them, and the stores of all. Nothing
 * outside matters but sites, the Central Management store and the observers.
 *
 * @param number its place among the parts of the estate, from 0, in document order
 * @param pools in document order
 * @param stores in document order
 * @param poolPlaces the places of its pools, one for one
 * @param storePlaces the places of its stores, one for one
 */
public record Part(
        int number,
        List<Pool> pools,
        List<Store> stores,
        List<Places.OfPool> poolPlaces,
        List<Places.OfStore> storePlaces) {

    public Part {
        pools = List.copyOf(pools);
        stores = List.copyOf(stores);
        poolPlaces = List.copyOf(poolPlaces);
        storePlaces = List.copyOf(storePlaces);
    }
}
