/**
 * Rules: who may publish and subscribe to what. Read {@link io.noctule.access.rule.RuleSet} first,
 * then {@link io.noctule.access.rule.RuleFile}. All immutable, any thread.
 */
@NullMarked
package io.noctule.access.rule;

import org.jspecify.annotations.NullMarked;
