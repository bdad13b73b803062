import { zstdDecompressSync } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'
import { McapIndexedReader } from '@mcap/core'
import { decoderOf } from './decode-mcap.ts'
import type { Decode } from './decode-mcap.ts'
import { roadsAttachment } from './log-topics.ts'
import { isRead, observeMessage } from './observe-message.ts'
import type { Observation } from './observation.ts'
import { isOsiType, observeOsi } from './osi-messages.ts'
import type { OsiType } from './osi-messages.ts'

/** What of an MCAP file is of use here. */
export interface McapLog {
  /** Our own messages, which are JSON, by topic. */
  own: { topic: string; content: unknown }[]
  observations: Observation[]
  roads: string | null
  /** Topics of which nothing is read, with the names of their schemas and encodings. */
  others: string[]
}

/** Chunks that say to be larger than this unpacked are not unpacked. */
const mostChunkBytes = 512 * 1024 * 1024

/** Reads an MCAP file in the order of its times; `isOwn` tells the topics whose content is kept as it is. Rejects with `log-invalid`. */
export async function readMcap(
  path: string,
  bytes: Uint8Array,
  isOwn: (topic: string) => boolean,
): Promise<McapLog> {
  const log: McapLog = { own: [], observations: [], roads: null, others: [] }
  try {
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(bytes.byteLength),
        read: async (offset: bigint, size: bigint) =>
          bytes.subarray(Number(offset), Number(offset) + Number(size)),
      },
      decompressHandlers: { zstd: unpack, lz4: await lz4() },
    })
    const decoders = new Map<number, Decode | OsiType | null>()
    for await (const { channelId, logTime, data } of reader.readMessages()) {
      const channel = reader.channelsById.get(channelId)
      if (!channel) continue
      const { topic } = channel
      const {
        name = '',
        encoding = '',
        data: schema = new Uint8Array(),
      } = reader.schemasById.get(channel.schemaId) ?? {}
      let decoder = decoders.get(channelId)
      if (decoder === undefined) {
        decoder = chosen(name, encoding, schema, channel.messageEncoding, isOwn(topic))
        decoders.set(channelId, decoder)
        if (decoder === null) log.others.push(`${topic} (${name || 'no schema'}, ${channel.messageEncoding})`)
      }
      if (decoder === null) continue
      const timeS = Number(logTime) / 1e9
      if (typeof decoder === 'string') add(log, observeOsi(decoder, data, topic))
      else if (isOwn(topic)) log.own.push({ topic, content: decoder(data) })
      else add(log, observeMessage(name, topic, timeS, decoder(data)))
    }
    for await (const attachment of reader.readAttachments({ name: roadsAttachment }))
      log.roads = new TextDecoder().decode(attachment.data)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new InvalidInputError({
      code: 'log-invalid',
      message: `${path}: cannot be read as MCAP: ${error.message}.`,
    })
  }
  return log
}

function add(log: McapLog, observation: Observation | null): void {
  if (observation) log.observations.push(observation)
}

function chosen(
  schemaName: string,
  schemaEncoding: string,
  schema: Uint8Array,
  messageEncoding: string,
  isOwn: boolean,
): Decode | OsiType | null {
  if (messageEncoding === 'protobuf' && isOsiType(schemaName))
    return schemaName.slice('osi3.'.length) as OsiType
  if (!isOwn && !isRead(schemaName)) return null
  return decoderOf({ messageEncoding, schemaName, schemaEncoding, schema })
}

function unpack(chunk: Uint8Array, size: bigint): Uint8Array {
  return zstdDecompressSync(chunk, { maxOutputLength: within(size) })
}

function within(size: bigint): number {
  if (size > BigInt(mostChunkBytes)) throw new Error(`a chunk of ${size} bytes is too large`)
  return Math.max(1, Number(size))
}

async function lz4(): Promise<(chunk: Uint8Array, size: bigint) => Uint8Array> {
  const { default: wasm } = await import('@foxglove/wasm-lz4')
  await wasm.isLoaded
  return (chunk, size) => wasm(chunk, within(size))
}
