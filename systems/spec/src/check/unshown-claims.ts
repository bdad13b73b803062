import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '../facts/fact.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { showRequirements } from '../studio/sentences.ts'

export interface UnshownClaim {
  path: string
  requirement: string
  sentence: string
}

/** Sentences of the specs of a repository that no fact of its code says, word for word. */
export async function unshownClaims(
  root: string,
  facts: readonly Fact[],
  signal: AbortSignal,
): Promise<{ claims: number; unshown: UnshownClaim[] }> {
  let claims = 0
  const unshown: UnshownClaim[] = []
  for (const found of await findDocuments(root, signal)) {
    if (found.kind !== 'spec') continue
    const { text } = decodeSource(await readFile(join(root, found.path)))
    const shown = showRequirements(readDocument(text, found), facts, [], [], ({ line }) => line)
    for (const { title, sentences } of shown)
      for (const { text: sentence, factId } of sentences) {
        claims++
        if (factId === null) unshown.push({ path: found.path, requirement: title, sentence })
      }
  }
  return { claims, unshown }
}
