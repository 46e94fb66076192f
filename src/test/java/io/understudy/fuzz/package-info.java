/** Requests made at random from the contract: nothing may make the packaged service fail. */
package io.understudy.fuzz;
