package io.understudy.api;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes much computing or memory: only so many are worked on at once, see {@link Turns}. Its class
 * is {@code @Blocking}: virtual threads share as many carriers as there are cores, and whoever
 * computes on one gives it to nobody else.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD})
@interface Heavy {}
