import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import type { ServerEvent } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { Assistant } from '../../src/assistant/assistant.ts'
import type { AssistantDeps } from '../../src/assistant/assistant.ts'
import { ConversationStore } from '../../src/assistant/conversations/conversation-store.ts'
import type { ConversationTables } from '../../src/assistant/conversations/tables.ts'
import { narrateFacts } from '../../src/assistant/turn.ts'
import type { AnswerPart } from '../../src/domain/answer.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { PostgresMemory } from '../../src/shoppers/postgres-memory.ts'
import { StoreDesk } from '../../src/tools/store-desk.ts'
import type { CommerceTables } from '../../src/domain/commerce-tables.ts'
import { bolt, kettle, memoryCatalog, memorySearch, swift } from './fixture.ts'

export interface Harness {
  assistant: Assistant
  store: TestStore
  conversations: ConversationStore
  memory(tenantId: string): PostgresMemory
  restart(overrides?: Partial<AssistantDeps>): Promise<Harness>
  close(): Promise<void>
}

/** An assistant on a real PostgreSQL over three products. */
export async function startHarness(
  overrides: Partial<AssistantDeps> = {},
  given?: TestStore,
): Promise<Harness> {
  const store = given ?? (await createTestStore({ migrations: { shop: migrations } }))
  const shop = store.host.forSystem('shop')
  const ids = createIds(systemClock)
  const conversations = new ConversationStore({
    db: shop.database<ConversationTables>(),
    clock: systemClock,
    ids,
  })
  const db = shop.database<CommerceTables>()
  const products = [swift, bolt, kettle]
  const catalog = memoryCatalog(products)
  const stopping = new AbortController()
  const memory = (tenantId: string) => new PostgresMemory({ db, tenantId, ids })
  const assistant = new Assistant({
    ownAnswer: () => Promise.resolve(null),
    clock: systemClock,
    ids,
    log: silentLogger,
    telemetry: noTelemetry,
    ledger: shop.ledger,
    store: conversations,
    catalog: () => catalog,
    search: () => memorySearch(products),
    meant: () => Promise.resolve(null),
    memory,
    tools: (tenantId) => new StoreDesk({ db, tenantId, catalog, clock: systemClock, ids }),
    narrate: narrateFacts,
    brandPages: { read: async () => null },
    version: 'test',
    signal: stopping.signal,
    ...overrides,
  })
  return {
    assistant,
    store,
    conversations,
    memory,
    restart: (next = {}) => startHarness(next, store),
    async close() {
      stopping.abort()
      await assistant.stop()
      if (!given) await store.close()
    },
  }
}

let count = 0
export function turn(message: string, fields: Partial<Parameters<Assistant['ask']>[0]> = {}) {
  count++
  return {
    tenantId: 'main',
    conversationId: `c${count}`,
    shopperId: null,
    clientMessageId: null,
    message,
    pageProductId: null,
    device: null,
    ...fields,
  }
}

export async function collect(
  events: AsyncIterable<ServerEvent>,
): Promise<{ parts: AnswerPart[]; ids: string[]; text: string; done: boolean }> {
  const parts: AnswerPart[] = []
  const ids: string[] = []
  let done = false
  for await (const event of events) {
    if (event.data === '[DONE]') done = true
    else {
      parts.push(event.data as AnswerPart)
      ids.push(event.id ?? '')
    }
  }
  const text = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : [])).join('')
  return { parts, ids, text, done }
}
