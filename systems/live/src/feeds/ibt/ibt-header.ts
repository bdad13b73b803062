import { InvalidInputError } from '@heavylift/core'

/** One channel of an `.ibt` file. */
export interface IbtChannel {
  name: string
  type: 'char' | 'bool' | 'int' | 'bitfield' | 'float' | 'double'
  /** Bytes from the start of a record. */
  offset: number
  /** Values a record; more than one when a channel runs faster than the file. */
  count: number
  unit: string
  description: string
}

/** What stands before the records of an `.ibt` file. */
export interface IbtHeader {
  version: number
  /** Records a second, as the file says (usually 60). */
  tickRateHz: number
  /** Of a record. */
  recordBytes: number
  /** From the start of the file to the first record. */
  recordsOffset: number
  /** As the file says; 0 where it was not closed properly. The file's length is the truth. */
  recordCount: number
  lapCount: number
  /** Seconds since the epoch at which recording began. */
  startedAtSeconds: number
  /** Session clock of the first and last record, seconds; 0 where the file was not closed properly. */
  startSeconds: number
  endSeconds: number
  channels: ReadonlyMap<string, IbtChannel>
  /** The session's description, YAML as the simulator writes it. */
  sessionYaml: string
}

/** Bytes of the main header and the disk header behind it. */
export const fixedHeaderBytes = 144

const channelHeaderBytes = 144
const channelTypes = ['char', 'bool', 'int', 'bitfield', 'float', 'double'] as const
const typeBytes = { char: 1, bool: 1, int: 4, bitfield: 4, float: 4, double: 8 }
/** No simulator writes more; a length beyond it is a broken header and not a reason to fill memory. */
const mostHeaderBytes = 16 * 1024 * 1024
/** The year 2100, seconds since the epoch; no recording begins later. */
const latestStart = 4_102_444_800

function invalid(message: string): InvalidInputError {
  return new InvalidInputError({
    code: 'ibt-header-invalid',
    message: `This is no .ibt telemetry: ${message}`,
  })
}

/**
 * Bytes before the first record, from the first 144 bytes. Little-endian, after the simulator's SDK (`irsdk_header`:
 * ten 32-bit integers, 8 bytes of padding, four buffer descriptions; then `irsdk_diskSubHeader`). Throws an
 * `InvalidInputError` (`ibt-header-invalid`) where they cannot be such a header.
 */
export function ibtHeaderLength(bytes: Uint8Array): number {
  if (bytes.length < fixedHeaderBytes) throw invalid(`it has ${bytes.length} bytes, fewer than a header.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getInt32(0, true)
  if (version < 1 || version > 8) throw invalid(`version ${version} is not one of 1 to 8.`)
  const tickRateHz = view.getInt32(8, true)
  if (tickRateHz < 1 || tickRateHz > 1000) throw invalid(`a rate of ${tickRateHz} Hz is not possible.`)
  const channels = view.getInt32(24, true)
  const channelsAt = view.getInt32(28, true)
  const yamlBytes = view.getInt32(16, true)
  const yamlAt = view.getInt32(20, true)
  const recordBytes = view.getInt32(36, true)
  const recordsAt = view.getInt32(52, true)
  if (channels < 1 || channels > 10_000) throw invalid(`it names ${channels} channels.`)
  if (recordBytes < 1 || recordBytes > 1024 * 1024)
    throw invalid(`a record of ${recordBytes} bytes is not possible.`)
  if (channelsAt < fixedHeaderBytes || channelsAt + channels * channelHeaderBytes > recordsAt)
    throw invalid('its channel table does not lie between header and records.')
  if (yamlBytes < 0 || yamlAt < 0 || yamlAt + yamlBytes > recordsAt)
    throw invalid('its session text does not lie before the records.')
  if (recordsAt > mostHeaderBytes) throw invalid(`its records would begin at byte ${recordsAt}.`)
  return recordsAt
}

/** Text up to the first NUL; Latin-1, as the simulator writes it. */
function text(bytes: Uint8Array, from: number, length: number): string {
  const part = bytes.subarray(from, from + length)
  const end = part.indexOf(0)
  return Buffer.from(part.buffer, part.byteOffset, end < 0 ? part.length : end).toString('latin1')
}

function readChannel(bytes: Uint8Array, view: DataView, at: number, recordBytes: number): IbtChannel {
  const name = text(bytes, at + 16, 32)
  const type = channelTypes[view.getInt32(at, true)]
  const offset = view.getInt32(at + 4, true)
  const count = view.getInt32(at + 8, true)
  if (type === undefined) throw invalid(`channel ${name} has an unknown type.`)
  if (offset < 0 || count < 1 || offset + count * typeBytes[type] > recordBytes)
    throw invalid(`channel ${name} does not lie within a record.`)
  return { name, type, offset, count, description: text(bytes, at + 48, 64), unit: text(bytes, at + 112, 32) }
}

/**
 * Header, channels and session text of an `.ibt` file; `bytes` holds at least all that stands before the records.
 * Throws an `InvalidInputError` (`ibt-header-invalid`) where it does not, or says no time of recording.
 */
export function readIbtHeader(bytes: Uint8Array): IbtHeader {
  const recordsOffset = ibtHeaderLength(bytes)
  if (bytes.length < recordsOffset)
    throw invalid(`it ends at byte ${bytes.length}, before its first record at ${recordsOffset}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const startedAtSeconds = Number(view.getBigInt64(112, true))
  if (startedAtSeconds < 0 || startedAtSeconds > latestStart)
    throw invalid(
      "it has no time at which recording began, as a copy of the simulator's memory has none. Record to a file (Alt+L in the car).",
    )
  const recordBytes = view.getInt32(36, true)
  const channelsAt = view.getInt32(28, true)
  const channels = new Map<string, IbtChannel>()
  for (let i = 0; i < view.getInt32(24, true); i++) {
    const channel = readChannel(bytes, view, channelsAt + i * channelHeaderBytes, recordBytes)
    channels.set(channel.name, channel)
  }
  return {
    version: view.getInt32(0, true),
    tickRateHz: view.getInt32(8, true),
    recordBytes,
    recordsOffset,
    startedAtSeconds,
    startSeconds: view.getFloat64(120, true),
    endSeconds: view.getFloat64(128, true),
    lapCount: view.getInt32(136, true),
    recordCount: view.getInt32(140, true),
    channels,
    sessionYaml: text(bytes, view.getInt32(20, true), view.getInt32(16, true)),
  }
}
