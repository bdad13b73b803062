import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '../facts/fact.ts'
import { findDocuments, readDocument } from '../formats/find-documents.ts'
import { decodeSource } from '../formats/source-text.ts'
import { noTraces, parseTraces, sentenceHash, tracesPath } from '../formats/traces.ts'
import { ofAny, withoutCommon } from '../requirements/common.ts'
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
  const written = new Set(Object.values(traces.requirements).flatMap((one) => Object.values(one.written)))
  const unshown: UnshownClaim[] = []
  const found = (await findDocuments(root, signal)).filter(({ kind }) => kind === 'spec')
  const documents = await Promise.all(
    found.map(async (one) => readDocument(decodeSource(await readFile(join(root, one.path))).text, one)),
  )
  // What is common is a claim of each of its operations.
  for (const [at, document] of withoutCommon(documents).entries())
    for (const { title, sentences } of showRequirements(document, facts, [], [], ({ line }) => line))
      for (const { text: sentence, factId } of sentences) {
        claims++
        if (factId !== null) continue
        const isOurs = [sentence, ofAny(sentence, title)].some((one) => written.has(sentenceHash(one)))
        const why = isOurs ? 'reworded' : isOfFacts(sentence) ? 'asked' : 'own'
        unshown.push({ path: found[at]?.path ?? '', requirement: title, sentence, why })
      }
  return { claims, unshown }
}
