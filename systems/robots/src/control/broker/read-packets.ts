/**
 * Cuts a stream of bytes into packets of MQTT (3.1.1, 2.2), whatever pieces it comes in.
 * @param onPacket gets each whole packet; what follows its fixed header begins at `bodyAt`
 */
export function packetReader(
  onPacket: (packet: Uint8Array, bodyAt: number) => void,
): (bytes: Uint8Array) => void {
  let left: Uint8Array = new Uint8Array(0)
  return (bytes) => {
    const all = left.length === 0 ? bytes : joined(left, bytes)
    let from = 0
    while (from < all.length) {
      let length = 0
      let at = from + 1
      // Seven bits a byte, the lowest first, in four bytes at the most.
      let isWhole = false
      for (let shift = 0; at < all.length && !isWhole; shift += 7) {
        length += (all[at]! & 127) * 2 ** shift
        isWhole = all[at]! < 128 || shift === 21
        at++
      }
      if (!isWhole || at + length > all.length) break
      onPacket(all.subarray(from, at + length), at - from)
      from = at + length
    }
    left = from === all.length ? new Uint8Array(0) : all.slice(from)
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
