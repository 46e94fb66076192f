package io.understudy.topology;

/**
 * Something that the estate needs and the topology does not tell, or tells so that a person had
 * better look.
 *
 * @param pointer JSON pointer (RFC 6901) into the estate document, be the field there or not
 * @param what what is open
 * @param why why the topology does not settle it, and what was taken meanwhile
 * @param howToTell the cmdlet or place where a person finds it, or what to write
 */
public record Untold(String pointer, String what, String why, String howToTell) {}
