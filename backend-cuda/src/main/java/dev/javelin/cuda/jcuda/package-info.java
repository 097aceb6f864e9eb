/** The binding to JCuda. Loaded by a class loader of its own; see {@link dev.javelin.cuda.driver.Jcuda}. */
@NullMarked
package dev.javelin.cuda.jcuda;

import org.jspecify.annotations.NullMarked;
