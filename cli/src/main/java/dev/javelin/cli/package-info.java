/** The command line: one class for each command, which reads its flags, calls the runtime and prints. */
@NullMarked
package dev.javelin.cli;

import org.jspecify.annotations.NullMarked;
