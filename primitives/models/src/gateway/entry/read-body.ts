import type { IncomingMessage } from 'node:http'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'

/** Room for long contexts and images; more is refused before it fills memory. */
export const maxBodyBytes = 32 * 1024 * 1024

/** The whole body. Rejects with `body-too-large` (413) or `body-cut` when the client goes away in the middle. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > maxBodyBytes) {
        request.pause()
        reject(
          new HeavyliftError({
            code: 'body-too-large',
            message: `A request may have ${maxBodyBytes / 1024 / 1024} MiB. Send less, or images by address.`,
            status: 413,
          }),
        )
        return
      }
      parts.push(part)
    })
    request.on('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    const cut = () =>
      reject(new InvalidInputError({ code: 'body-cut', message: 'The request ended before its body did.' }))
    request.on('error', cut)
    request.on('close', () => {
      if (!request.complete) cut()
    })
  })
}
