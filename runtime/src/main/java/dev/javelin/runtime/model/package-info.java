/** Model families: from the metadata and tensors of a file to the program that a device runs. */
@NullMarked
package dev.javelin.runtime.model;

import org.jspecify.annotations.NullMarked;
