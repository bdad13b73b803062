import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'
import { readTextFile } from '../problem/read-file.ts'

/** Text of a JSON file, or of the first one in a zip file. */
export async function readJsonText(path: string): Promise<string> {
  if (!path.endsWith('.zip')) return readTextFile(path)
  const zip = await fromBufferPromise(await readFile(path))
  for await (const entry of zip.eachEntry())
    if (entry.fileName.endsWith('.json'))
      return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
  return ''
}
