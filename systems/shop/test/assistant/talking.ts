import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { nearMeanings } from './near-meanings.ts'

/** A store of `products` for the tests of a file, and what says the messages of a conversation to it and gives the last answer; by words alone where no meanings are given. A page that is opened stays open. */
export function talkingOf(
  products: Product[],
  meanings?: ReturnType<typeof nearMeanings>,
  language: LanguageCode = 'en',
) {
  let folder: string
  let talker: Talker
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heavylift-talking-'))
    const { signal } = new AbortController()
    const store = await openMemoryStore({
      products,
      language,
      folder,
      signal,
      ...(meanings ? { meanings } : {}),
    })
    talker = new Talker({ name: 'made', store, policies: [] }, signal)
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return async (...messages: (string | { page: string; say: string })[]) => {
    let state: ConversationState = {}
    let last = null
    let page: string | null = null
    for (const message of messages) {
      const isOpening = typeof message !== 'string'
      if (isOpening) page = message.page
      last = await talker.say(isOpening ? message.say : message, page, state)
      state = last.state
    }
    if (last === null) throw new Error('Nothing was said.')
    return last.answer
  }
}
