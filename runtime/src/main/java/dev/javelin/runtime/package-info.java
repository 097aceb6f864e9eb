/**
 * Language models in this process: {@link dev.javelin.runtime.Model} opens a file on the fastest device, {@link
 * dev.javelin.runtime.Chat} talks with it.
 */
@NullMarked
package dev.javelin.runtime;

import org.jspecify.annotations.NullMarked;
