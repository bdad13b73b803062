import type { Readable } from 'node:stream'
import { openPromise } from 'yauzl'
import { PullError } from './pull-error.ts'

/** One member of a zip archive as a stream; the rest is not unpacked. `close` after reading it. */
export async function openZipMember(
  archive: string,
  member: string,
): Promise<{ stream: Readable; bytes: number; close: () => void }> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue
      const stream = await zip.openReadStreamPromise(entry)
      return { stream, bytes: entry.uncompressedSize, close: () => zip.close() }
    }
  } catch (error) {
    zip.close()
    throw error
  }
  zip.close()
  throw new PullError('model-file-invalid', `The archive holds no "${member}".`)
}
