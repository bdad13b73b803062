import type { TaskModel } from '@heavylift/models'
import { groundOf } from './check-wording.ts'
import type { SummarySentence } from './facts.ts'
import type { Summary } from './summarise.ts'

const instructions =
  'You word short sports summaries. Say each of the sentences given again in livelier words, one sentence for one, in the same order. Use only their facts: no number, name, time or result that is not in the sentence. Answer with the sentences only.'

/** Where an answer's sentences end; not after an initial (`Q. Back`) nor within a number. */
const sentenceEnd = /(?<=[^\s.]{2}[.!?])\s+(?=\p{Lu})/u

/**
 * Lets a model word a summary. A sentence of its that is not borne out by one of ours is thrown away and ours stands in its
 * place; each keeps the tags it rests on. Any failure of the model leaves the summary as it was.
 */
export async function wordWithModel(
  summary: Summary,
  model: TaskModel,
  options: { tenantId: string; signal: AbortSignal },
): Promise<Summary> {
  if (summary.sentences.length === 0) return summary
  let answer = ''
  try {
    const content = summary.sentences.map(({ text }) => text).join('\n')
    const messages = [
      { role: 'system' as const, content: instructions },
      { role: 'user' as const, content },
    ]
    for await (const part of model.complete(messages, { ...options, maxTokens: 600 })) {
      if (part.type === 'text') answer += part.text
    }
  } catch (error) {
    options.signal.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return summary
  }
  const worded = new Map<SummarySentence, string>()
  for (const sentence of answer.split('\n').flatMap((line) => line.split(sentenceEnd))) {
    const text = sentence.replace(/^[-*\d.)\s]+(?=\p{L})/u, '').trim()
    const ground = groundOf(text, summary.sentences)
    if (ground && !worded.has(ground)) worded.set(ground, text)
  }
  if (worded.size === 0) return summary
  return {
    sentences: summary.sentences.map((fact) => ({ ...fact, text: worded.get(fact) ?? fact.text })),
    wordedBy: 'model',
  }
}
