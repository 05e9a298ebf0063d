package io.noctule.broker.topic;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of at least one entry: an immutable array of few, a concurrent map of many.
 *
 * <p>Read by any thread; changed by the holder of the tree's lock, who puts what {@link #with} and
 * {@link #without} answer in the place of this. A reader that still holds the former object misses
 * only changes that had not ended when it began.
 */
abstract sealed class CompactMap<K, V> {
  /** Up to here a copy per change is cheap; beyond, n changes would take n² steps. */
  static final int MOST_IN_ARRAY = 16;

  /**
   * From many to few only well below, so that one entry coming and going does not copy them all.
   */
  static final int LEAST_IN_MAP = MOST_IN_ARRAY / 2;

  static <K, V> CompactMap<K, V> of(K key, V value) {
    return new Few<>(new Object[] {key, value});
  }

  abstract @Nullable V get(K key);

  abstract int size();

  /** Weakly consistent: tells each entry that stays throughout exactly once. */
  abstract void forEach(BiConsumer<? super K, ? super V> action);

  /** This map with an entry added or replaced. */
  abstract CompactMap<K, V> with(K key, V value);

  /** This map without the entry of a key that it has; null where none is left. */
  abstract @Nullable CompactMap<K, V> without(K key);

  private static final class Few<K, V> extends CompactMap<K, V> {
    /** Keys at even places, each followed by its value: one small object, read in order. */
    private final Object[] pairs;

    Few(Object[] pairs) {
      this.pairs = pairs;
    }

    @SuppressWarnings("unchecked")
    private V value(int i) {
      return (V) pairs[i + 1];
    }

    private int find(Object key) {
      for (int i = 0; i < pairs.length; i += 2) {
        if (pairs[i].equals(key)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    @Nullable V get(K key) {
      int i = find(key);
      return i < 0 ? null : value(i);
    }

    @Override
    int size() {
      return pairs.length / 2;
    }

    @Override
    @SuppressWarnings("unchecked")
    void forEach(BiConsumer<? super K, ? super V> action) {
      for (int i = 0; i < pairs.length; i += 2) {
        action.accept((K) pairs[i], value(i));
      }
    }

    @Override
    CompactMap<K, V> with(K key, V value) {
      int i = find(key);
      if (i >= 0) {
        Object[] changed = pairs.clone();
        changed[i] = key;
        changed[i + 1] = value;
        return new Few<>(changed);
      }
      if (size() == MOST_IN_ARRAY) {
        return new Many<>(this).with(key, value);
      }
      Object[] more = Arrays.copyOf(pairs, pairs.length + 2);
      more[pairs.length] = key;
      more[pairs.length + 1] = value;
      return new Few<>(more);
    }

    @Override
    @Nullable CompactMap<K, V> without(K key) {
      int i = find(key);
      if (pairs.length == 2) {
        return null;
      }
      Object[] fewer = new Object[pairs.length - 2];
      System.arraycopy(pairs, 0, fewer, 0, i);
      System.arraycopy(pairs, i + 2, fewer, i, fewer.length - i);
      return new Few<>(fewer);
    }
  }

  private static final class Many<K, V> extends CompactMap<K, V> {
    private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>(4 * MOST_IN_ARRAY);

    Many(CompactMap<K, V> few) {
      few.forEach(entries::put);
    }

    @Override
    @Nullable V get(K key) {
      return entries.get(key);
    }

    @Override
    int size() {
      return entries.size();
    }

    @Override
    void forEach(BiConsumer<? super K, ? super V> action) {
      entries.forEach(action);
    }

    @Override
    CompactMap<K, V> with(K key, V value) {
      entries.put(key, value);
      return this;
    }

    @Override
    CompactMap<K, V> without(K key) {
      entries.remove(key);
      return entries.size() <= LEAST_IN_MAP ? toFew() : this;
    }

    private CompactMap<K, V> toFew() {
      Object[] pairs = new Object[2 * entries.size()];
      int i = 0;
      for (var entry : entries.entrySet()) {
        pairs[i++] = entry.getKey();
        pairs[i++] = entry.getValue();
      }
      return new Few<>(pairs);
    }
  }
}
