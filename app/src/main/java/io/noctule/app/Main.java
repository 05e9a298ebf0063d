package io.noctule.app;

/** Entry point of the program. */
public final class Main {

  private Main() {}

  /** Prints how the program is used. */
  public static void main(String[] args) {
    System.out.println("usage: noctule [demo|broker|device|node|pub|sub|bench] [options]");
  }
}
