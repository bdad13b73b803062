import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeOut } from '../../domain/labelled-address.ts'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import { weightsDir } from '../committed-tagger.ts'

export const learnedName = 'tagger.json'

const learnedSchema = z.object({ addresses: z.array(z.string()) })

/** Names an address without saying it: a hash of its letters and digits. */
export function addressKey(address: LabelledAddress): string {
  const text = writeOut(address)
    .text.toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}

/** Keys of the addresses that the committed weights learned from, so that no eval scores them. */
export async function learnedKeys(): Promise<ReadonlySet<string>> {
  const file: unknown = JSON.parse(await readFile(join(weightsDir, learnedName), 'utf8'))
  return new Set(learnedSchema.parse(file).addresses)
}
