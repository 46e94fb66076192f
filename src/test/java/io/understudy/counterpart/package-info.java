/** Stand-ins for what an executor talks to, where the real thing cannot run with the tests. */
@NullMarked
package io.understudy.counterpart;

import org.jspecify.annotations.NullMarked;
