/** Chat templates: a small Jinja in a sandbox. */
@NullMarked
package dev.javelin.runtime.template;

import org.jspecify.annotations.NullMarked;
