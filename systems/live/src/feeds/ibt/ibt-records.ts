import type { IbtChannel, IbtHeader } from './ibt-header.ts'

/** Reads one value of a record that starts at byte `at` of `view`. Booleans are 0 or 1. */
export type ReadValue = (view: DataView, at: number) => number

/** A reader of one channel (its first value a record, or the one at `index`). */
export function channelReader(channel: IbtChannel, index = 0): ReadValue {
  const { offset } = channel
  switch (channel.type) {
    case 'char':
    case 'bool':
      return (view, at) => view.getUint8(at + offset + index)
    case 'int':
      return (view, at) => view.getInt32(at + offset + 4 * index, true)
    case 'bitfield':
      return (view, at) => view.getUint32(at + offset + 4 * index, true)
    case 'float':
      return (view, at) => view.getFloat32(at + offset + 4 * index, true)
    case 'double':
      return (view, at) => view.getFloat64(at + offset + 8 * index, true)
  }
}

/** Whole records in a file of `byteLength` bytes; what is left over was cut off. */
export function ibtRecordCount(header: IbtHeader, byteLength: number): number {
  return Math.max(0, Math.floor((byteLength - header.recordsOffset) / header.recordBytes))
}

/**
 * Channels of a whole `.ibt` file as columns, one value a record (several values a record: one after the other). A
 * channel that the file lacks is missing from the answer.
 */
export function readIbtColumns(
  bytes: Uint8Array,
  header: IbtHeader,
  names: readonly string[],
): Map<string, Float64Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records = ibtRecordCount(header, bytes.length)
  const columns = new Map<string, Float64Array>()
  for (const name of names) {
    const channel = header.channels.get(name)
    if (channel === undefined) continue
    const column = new Float64Array(records * channel.count)
    for (let index = 0; index < channel.count; index++) {
      const read = channelReader(channel, index)
      for (let i = 0; i < records; i++)
        column[i * channel.count + index] = read(view, header.recordsOffset + i * header.recordBytes)
    }
    columns.set(name, column)
  }
  return columns
}
