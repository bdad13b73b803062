import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '../facts/fact.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { noTraces, parseTraces, sentenceHash, traceKey, tracesPath } from '../formats/traces.ts'
import { isOfFacts } from '../requirements/say-fact.ts'
import { showRequirements } from '../studio/sentences.ts'

export interface UnshownClaim {
  path: string
  requirement: string
  sentence: string
  /** `reworded`: we wrote it, and word it otherwise by now. `asked`: people made it of a sentence of ours. `own`: in words of people. */
  why: 'reworded' | 'asked' | 'own'
}

/** Sentences of the specs of a repository that no fact of its code says, word for word. */
export async function unshownClaims(
  root: string,
  facts: readonly Fact[],
  signal: AbortSignal,
): Promise<{ claims: number; unshown: UnshownClaim[] }> {
  let claims = 0
  const traces = await readFile(join(root, tracesPath), 'utf8').then(parseTraces, () => noTraces)
  const unshown: UnshownClaim[] = []
  for (const found of await findDocuments(root, signal)) {
    if (found.kind !== 'spec') continue
    const { text } = decodeSource(await readFile(join(root, found.path)))
    const shown = showRequirements(readDocument(text, found), facts, [], [], ({ line }) => line)
    for (const { key, title, sentences } of shown) {
      const written = new Set(Object.values(traces.requirements[traceKey(found.path, key)]?.written ?? {}))
      for (const { text: sentence, factId } of sentences) {
        claims++
        if (factId !== null) continue
        const why = written.has(sentenceHash(sentence)) ? 'reworded' : isOfFacts(sentence) ? 'asked' : 'own'
        unshown.push({ path: found.path, requirement: title, sentence, why })
      }
    }
  }
  return { claims, unshown }
}
