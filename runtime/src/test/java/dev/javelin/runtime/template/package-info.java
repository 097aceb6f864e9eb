@NullMarked
package dev.javelin.runtime.template;

import org.jspecify.annotations.NullMarked;
