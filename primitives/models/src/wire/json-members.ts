/**
 * Position of the value of the next member `key` (with its quotes) at or after `from`; -1 when there is none. A name with
 * its quotes cannot occur inside a JSON string, where they would have backslashes.
 */
export function memberValue(data: Buffer, key: Buffer, from: number): number {
  for (let at = data.indexOf(key, from); at >= 0; at = data.indexOf(key, at + 1)) {
    const next = skipSpaces(data, at + key.length)
    // Without a colon it was a string value of the same letters.
    if (data[next] === 0x3a) return skipSpaces(data, next + 1)
  }
  return -1
}

export function skipSpaces(data: Buffer, from: number): number {
  let at = from
  while (data[at] === 0x20) at++
  return at
}
