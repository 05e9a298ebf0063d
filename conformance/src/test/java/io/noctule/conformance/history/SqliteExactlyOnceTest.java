package io.noctule.conformance.history;

import io.noctule.conformance.fixture.BrokerUnderTest;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SQLite in the data folder, beside our broker. */
class SqliteExactlyOnceTest extends ExactlyOnceContract {
  @RegisterExtension final BrokerUnderTest broker = new BrokerUnderTest();

  @Override
  int brokerPort() {
    return broker.port();
  }

  @Override
  List<String> databaseOptions() {
    return List.of();
  }

  @Override
  RecordedMessages recorded() {
    return new RecordedMessages("jdbc:sqlite:" + folder.resolve("history.db"));
  }

  @Override
  String lock() {
    return "BEGIN IMMEDIATE";
  }
}
