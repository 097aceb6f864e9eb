/** Tests of the command line, most of them of the distribution as users start it. */
@NullMarked
package dev.javelin.cli;

import org.jspecify.annotations.NullMarked;
