/** Many sequences on one plan: who has which block of state, what each step carries, and when a sequence ends. */
@NullMarked
package dev.javelin.runtime.engine;

import org.jspecify.annotations.NullMarked;
