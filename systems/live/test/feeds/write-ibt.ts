import type { IbtChannel } from '../../src/feeds/ibt/ibt-header.ts'

const typeCodes = { char: 0, bool: 1, int: 2, bitfield: 3, float: 4, double: 5 } as const
const typeBytes = { char: 1, bool: 1, int: 4, bitfield: 4, float: 4, double: 8 } as const

export interface WrittenIbt {
  channels: Record<string, { type: IbtChannel['type']; values: ArrayLike<number> }>
  yaml?: string
  version?: number
  tickRateHz?: number
  startedAtSeconds?: number
}

function writeValue(view: DataView, at: number, type: IbtChannel['type'], value: number): void {
  if (type === 'double') view.setFloat64(at, value, true)
  else if (type === 'float') view.setFloat32(at, value, true)
  else if (type === 'int') view.setInt32(at, value, true)
  else if (type === 'bitfield') view.setUint32(at, value, true)
  else view.setUint8(at, value)
}

/** An `.ibt` file with these channels, after the SDK's documented layout. */
export function writeIbt({
  channels,
  yaml = '',
  version = 2,
  tickRateHz = 60,
  startedAtSeconds = 1_700_000_000,
}: WrittenIbt): Uint8Array {
  const entries = Object.entries(channels)
  const records = Math.max(...entries.map(([, channel]) => channel.values.length))
  const yamlAt = 144 + 144 * entries.length
  const yamlBytes = Buffer.from(`${yaml}\0`, 'latin1')
  const recordsAt = yamlAt + yamlBytes.length
  const recordBytes = entries.reduce((sum, [, channel]) => sum + typeBytes[channel.type], 0)
  const bytes = new Uint8Array(recordsAt + recordBytes * records)
  const view = new DataView(bytes.buffer)
  const header = [version, 1, tickRateHz, 0, yamlBytes.length, yamlAt, entries.length, 144, 1, recordBytes]
  for (const [i, value] of header.entries()) view.setInt32(4 * i, value, true)
  view.setInt32(48, records, true)
  view.setInt32(52, recordsAt, true)
  view.setBigInt64(112, BigInt(startedAtSeconds), true)
  view.setInt32(140, records, true)
  bytes.set(yamlBytes, yamlAt)
  let offset = 0
  for (const [i, [name, channel]] of entries.entries()) {
    const at = 144 + 144 * i
    view.setInt32(at, typeCodes[channel.type], true)
    view.setInt32(at + 4, offset, true)
    view.setInt32(at + 8, 1, true)
    bytes.set(Buffer.from(name), at + 16)
    for (let record = 0; record < records; record++)
      writeValue(view, recordsAt + record * recordBytes + offset, channel.type, channel.values[record] ?? 0)
    offset += typeBytes[channel.type]
  }
  return bytes
}
