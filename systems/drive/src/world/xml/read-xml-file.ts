import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { decodeText } from './decode-text.ts'
import { readOrExplain } from './missing-file.ts'
import { parseXmlChunks } from './parse-xml.ts'
import type { XmlElement } from './xml-element.ts'

/** The tree of an XML file, packed by gzip where its name ends in `.gz`. Rejects with `file-not-found` (`why` tells who asked for it) or `drive-file-invalid`. */
export function readXmlFile(path: string, why?: string): Promise<XmlElement> {
  const file = createReadStream(path)
  // What goes wrong with the file is thrown by whoever reads the unpacked bytes.
  const bytes = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file
  return readOrExplain(path, parseXmlChunks(decodeText(bytes, path), path), why)
}
