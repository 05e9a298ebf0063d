package io.noctule.app.user;

import io.noctule.access.file.FileFault;
import io.noctule.app.command.CommandFailure;
import java.io.IOException;

/** Work on the file of users, whose faults become one line for the user. */
@FunctionalInterface
interface UserWork<T> {
  T run() throws IOException, FileFault;

  /**
   * Does the work.
   *
   * @throws CommandFailure with status 1 telling what went wrong
   */
  static <T> T done(UserWork<T> work) {
    try {
      return work.run();
    } catch (FileFault | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), CommandFailure.FAILED, e);
    } catch (IOException e) {
      throw new CommandFailure(
          "the file of users cannot be used: " + e.getMessage(), CommandFailure.FAILED, e);
    }
  }
}
