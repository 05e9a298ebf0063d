package io.noctule.broker.connection;

import io.noctule.broker.loop.BrokerLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connections of one loop, looked over once a second for those whose time is up. Owned by the
 * loop. Bounded by the limit on connections.
 */
public final class OpenConnections {
  private static final long SWEEP_SECONDS = 1;

  private final List<Connection> connections = new ArrayList<>();

  /** Starts to look them over. */
  public void start(BrokerLoop loop) {
    loop.scheduleEvery(() -> sweep(loop.nanos()), SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  void add(Connection connection) {
    connection.openIndex(connections.size());
    connections.add(connection);
  }

  /**
   * Removes a connection; one that is not there, being on its way to another loop, is left alone.
   */
  void remove(Connection connection) {
    int index = connection.openIndex();
    if (index == Connection.NOT_OPEN) {
      return;
    }
    connection.openIndex(Connection.NOT_OPEN);
    Connection last = connections.removeLast();
    if (last != connection) {
      connections.set(index, last);
      last.openIndex(index);
    }
  }

  /** How many there are. */
  public int size() {
    return connections.size();
  }

  /** All of them now. */
  List<Connection> snapshot() {
    return List.copyOf(connections);
  }

  /** Calls back for each, while it may close. */
  public void forEach(Consumer<Connection> action) {
    for (Connection connection : snapshot()) {
      action.accept(connection);
    }
  }

  private void sweep(long nowNanos) {
    // Backwards: a connection that closes is replaced by the last, which has been looked at.
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) {
        connections.get(i).checkTime(nowNanos);
      }
    }
  }
}
