/**
 * Proof of the codec: annotated byte vectors that encoder and decoder share, one case for each rule
 * that bytes can break, properties over random packets and bytes, and fuzz targets.
 */
@NullMarked
package io.noctule.protocol.codec;

import org.jspecify.annotations.NullMarked;
