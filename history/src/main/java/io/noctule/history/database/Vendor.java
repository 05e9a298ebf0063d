package io.noctule.history.database;

/** The kinds of database that can keep the history. */
public enum Vendor {
  /** One file on this machine. */
  SQLITE("sqlite", "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),

  /** A server. */
  POSTGRESQL("postgresql", "SELECT pg_database_size(current_database())");

  private final String folder;
  private final String sizeQuery;

  Vendor(String folder, String sizeQuery) {
    this.folder = folder;
    this.sizeQuery = sizeQuery;
  }

  /** The folder of its migrations, beside this class. */
  String folder() {
    return folder;
  }

  /** Asks for the size of the database in bytes: one row, one number. */
  public String sizeQuery() {
    return sizeQuery;
  }
}
