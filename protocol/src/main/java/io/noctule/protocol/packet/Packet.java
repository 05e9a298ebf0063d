package io.noctule.protocol.packet;

/**
 * An MQTT control packet. A {@code switch} over it needs no default, so that the compiler lists
 * what a new packet breaks.
 */
public sealed interface Packet
    permits Connect,
        ConnAck,
        Publish,
        PubAck,
        PubRec,
        PubRel,
        PubComp,
        Subscribe,
        SubAck,
        Unsubscribe,
        UnsubAck,
        PingReq,
        PingResp,
        Disconnect,
        Auth {}
