import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { StoreServices } from '@heavylift/store'
import type { BrandPages, Catalog, ProductSearch, ShopperMemory, StoreTools } from '../domain/ports.ts'
import { Assistant } from './assistant.ts'
import { ConversationStore } from './conversations/conversation-store.ts'
import type { ConversationTables } from './conversations/tables.ts'
import { ModelRest } from './model-rest.ts'
import { narrateWithModel } from './narrate-with-model.ts'
import { narrateFacts } from './turn.ts'

/** Raised when answers change in a way that a replay would show. */
export const answerVersion = 'assistant-1'

/** Makes the assistant and marks the answers of dead processes, so that clients that come back get them made again. */
export function createAssistant(
  services: CoreServices & StoreServices & ModelServices,
  reads: {
    catalog(tenantId: string): Catalog
    search(tenantId: string): ProductSearch
    memory(tenantId: string): ShopperMemory
    desk(tenantId: string): StoreTools
    brandPages: BrandPages
  },
): { assistant: Assistant; conversations: ConversationStore; ready: Promise<void> } {
  const { clock, ids, log, telemetry, store, signal, models } = services
  const conversations = new ConversationStore({ db: store.database<ConversationTables>(), clock, ids })
  const rest = new ModelRest(clock)
  const assistant = new Assistant({
    clock,
    ids,
    log,
    telemetry,
    ledger: store.ledger,
    store: conversations,
    catalog: (tenantId) => reads.catalog(tenantId),
    search: (tenantId) => reads.search(tenantId),
    memory: (tenantId) => reads.memory(tenantId),
    tools: (tenantId) => reads.desk(tenantId),
    brandPages: reads.brandPages,
    narrate: (input) => {
      const model = models.forTask('answer')
      return model === null ? narrateFacts(input) : narrateWithModel({ model, log, rest })(input)
    },
    version: answerVersion,
    signal,
  })
  const ready = conversations.markInterrupted().then((marked) => {
    if (marked > 0)
      log.warn({ marked }, 'answers were interrupted by an earlier stop; clients that return get them again')
  })
  return { assistant, conversations, ready }
}
