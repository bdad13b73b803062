import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { InvalidInputError } from '@heavylift/core'
import { decodeFrame, encodeFrame, frameBytes } from '../../driver/versions/external/frames.ts'
import { protocolVersion } from '../../driver/versions/external/protocol.ts'
import { WorldServer } from './world-server.ts'

/** Answers questions until the input ends. Rejects with `frame-invalid` at what is no frame. */
export async function serveWorlds(input: Readable, output: Writable): Promise<void> {
  const server = new WorldServer()
  output.write(`${JSON.stringify({ type: 'ready', protocol: protocolVersion, encoding: 'binary' })}\n`)
  let rest: Buffer = Buffer.alloc(0)
  for await (const bytes of input as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    for (;;) {
      const length = frameBytes(rest)
      if (Number.isNaN(length))
        throw new InvalidInputError({
          code: 'frame-invalid',
          message: 'What stands in the input is no frame: DRIVERS.md has the format.',
        })
      if (length === null || rest.length < length) break
      const answer = await server.answer(decodeFrame(rest.subarray(0, length)))
      rest = rest.subarray(length)
      if (!output.write(encodeFrame(answer))) await once(output, 'drain')
    }
  }
}
