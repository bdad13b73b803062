/** A PUBLISH packet of QoS 0 that is not retained (MQTT 3.1.1, 3.3), in one piece: one write to a socket. */
export function publishPacket(topic: string, text: string): Buffer {
  const [topicBytes, textBytes] = [Buffer.byteLength(topic), Buffer.byteLength(text)]
  let left = 2 + topicBytes + textBytes
  const packet = Buffer.allocUnsafe(left + (left < 128 ? 2 : left < 16_384 ? 3 : left < 2_097_152 ? 4 : 5))
  let at = 0
  packet[at++] = 0x30
  // Seven bits a byte, the lowest first (2.2.3).
  for (; left >= 128; left = Math.floor(left / 128)) packet[at++] = (left & 127) | 128
  packet[at++] = left
  at = packet.writeUInt16BE(topicBytes, at)
  at += packet.write(topic, at)
  // Without a letter of two bytes it is copied as it is.
  packet.write(text, at, textBytes === text.length ? 'latin1' : 'utf8')
  return packet
}
