package io.noctule.device.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Opens the files of a buffer. A test gives its own, whose disk is full. */
@FunctionalInterface
interface ChannelOpener {
  /** As {@link FileChannel#open(Path, OpenOption...)}. */
  FileChannel open(Path file, OpenOption... options) throws IOException;
}
