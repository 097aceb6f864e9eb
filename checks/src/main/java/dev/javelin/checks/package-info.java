/** Programs such as users write, to start the built jars with. */
@NullMarked
package dev.javelin.checks;

import org.jspecify.annotations.NullMarked;
