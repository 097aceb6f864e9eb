/** Checks of the built jars and of the rules between modules. */
@NullMarked
package dev.javelin.checks;

import org.jspecify.annotations.NullMarked;
