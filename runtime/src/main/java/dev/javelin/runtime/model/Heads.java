package dev.javelin.runtime.model;

import dev.javelin.api.Value;

/** Queries, keys and values of all heads of a layer. */
record Heads(Value query, Value key, Value value) {}
