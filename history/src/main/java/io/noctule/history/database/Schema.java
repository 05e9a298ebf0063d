package io.noctule.history.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables up to date, by Flyway and the migrations beside this class. Flyway is loaded
 * only where there is something to do: it takes longer to start than the rest of the history.
 */
final class Schema {
  /** The number of the newest migration; raised with each that is added. */
  static final int NEWEST = 1;

  /** Flyway's list of the migrations that were done. */
  private static final String TABLE = "history_schema";

  private static final String FOLDER = "io/noctule/history/database/";

  private Schema() {}

  /**
   * Makes what is missing.
   *
   * @throws SQLException where the database is away, or a newer program has changed the tables
   */
  static void prepare(Vendor vendor, DataSource source) throws SQLException {
    OptionalInt present;
    try (Connection connection = source.getConnection()) {
      present = version(connection);
    }
    if (present.isEmpty() || present.getAsInt() < NEWEST) {
      migrate(vendor, source);
    } else if (present.getAsInt() > NEWEST) {
      throw new SQLException(
          "the tables are of version %d and this program knows %d: use the newer program"
              .formatted(present.getAsInt(), NEWEST));
    }
  }

  /** Empty where it cannot be told, because there is no such table or something is wrong. */
  private static OptionalInt version(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, TABLE, new String[] {"TABLE"})) {
      if (!tables.next()) {
        return OptionalInt.empty();
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT version, success FROM "
                    + TABLE
                    + " WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
      return rows.next() && rows.getBoolean(2)
          ? OptionalInt.of(Integer.parseInt(rows.getString(1)))
          : OptionalInt.empty();
    }
  }

  private static void migrate(Vendor vendor, DataSource source) throws SQLException {
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:" + FOLDER + vendor.folder())
          .table(TABLE)
          // A database in which somebody keeps other tables too.
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException("the tables cannot be made: " + DatabaseFailure.reason(e), e);
    }
  }
}
