package io.understudy.topology;

/**
 * Something of the topology that has no place in the estate.
 *
 * @param what the thing, as the topology names it
 * @param because why it was left out
 */
public record Ignored(String what, String because) {}
