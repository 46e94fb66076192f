/**
 * Which executor carries an action out, and by way of which management server: the routing document
 * as values, and the choice.
 *
 * <p>Pure: may use the core and the SPI's values. Any thread calls it.
 */
@NullMarked
package io.understudy.routing;

import org.jspecify.annotations.NullMarked;
