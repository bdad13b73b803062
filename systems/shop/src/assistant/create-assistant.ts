import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { Meanings, NearTexts } from '@heavylift/models/meaning'
import type { StoreServices } from '@heavylift/store'
import type { BrandPages, Catalog, ProductSearch, ShopperMemory, StoreTools } from '../domain/ports.ts'
import type { ShopConfig } from '../config.ts'
import { ownAnswer } from '../merchandising/own-answer.ts'
import type { StoreRules } from '../merchandising/store-rules.ts'
import { Assistant } from './assistant.ts'
import { ConversationStore } from './conversations/conversation-store.ts'
import type { ConversationTables } from './conversations/tables.ts'
import { ModelWorth } from './model-worth.ts'
import type { ModelUse } from './model-worth.ts'
import { narrateWithModel } from './narrate-with-model.ts'
import { noGoodsYet } from './no-goods-yet.ts'
import { askModelOf } from './by-model/ask-model.ts'
import type { ExamResult } from './by-model/examine.ts'
import { ModelPace } from './by-model/model-pace.ts'
import { narrateFacts } from './turn.ts'

/** Raised when answers change in a way that a replay would show. */
export const answerVersion = 'assistant-1'

/** How a model is used that is examined first. */
export type ExaminedUse = ModelUse & {
  model: string
  nextTryInMs: number | null
  exam: ExamResult | null
  /** Nine in ten of its last calls were done within `usualMs`; a shopper waits `allowedMs` for one, and `mostMs` for all of a turn. */
  usualMs: number | null
  allowedMs: number
  mostMs: number
}

/** How long one that did badly is left alone. */
const examPauses = { firstMs: 5 * 60_000, longestMs: 24 * 3_600_000 }

/** Makes the assistant and marks the answers of dead processes, so that clients that come back get them made again. */
export function createAssistant(
  services: CoreServices & StoreServices & ModelServices,
  reads: {
    catalog(tenantId: string): Catalog
    search(tenantId: string): ProductSearch
    rules: StoreRules
    /** Null once there is a catalog; before, whether one is being read in. */
    firstCatalog(tenantId: string): Promise<'reading' | 'empty' | null>
    meanings: Pick<Meanings, 'query'>
    memory(tenantId: string): ShopperMemory
    desk(tenantId: string): StoreTools
    brandPages: BrandPages
    near: Pick<NearTexts, 'cosines'>
    config: Pick<ShopConfig, 'modelWaitMs'>
  },
): {
  assistant: Assistant
  conversations: ConversationStore
  /** Whether a model words answers, and how that was decided; null without a model. */
  modelUse(): (ModelUse & { model: string; nextTryInMs: number | null }) | null
  /** Whether a model reads messages and chooses what answers them, and how it did in its examination; null without a model. */
  readingUse(): ExaminedUse | null
  ready: Promise<void>
} {
  const { clock, ids, log, telemetry, store, signal, models } = services
  const conversations = new ConversationStore({ db: store.database<ConversationTables>(), clock, ids })
  const worth = new ModelWorth(clock)
  const mostMs = reads.config.modelWaitMs
  const reading = {
    worth: new ModelWorth(clock, examPauses),
    pace: new ModelPace(),
    exam: null as ExamResult | null,
  }
  const assistant = new Assistant({
    clock,
    ids,
    log,
    telemetry,
    ledger: store.ledger,
    store: conversations,
    catalog: (tenantId) => reads.catalog(tenantId),
    search: (tenantId) => reads.search(tenantId),
    meant: (tenantId, text) => reads.meanings.query(tenantId, text),
    ownAnswer: async (tenantId, message) => {
      const [rules, first] = await Promise.all([reads.rules.read(tenantId), reads.firstCatalog(tenantId)])
      if (rules.length === 0 && first === null) return null
      const lexicon = await reads.catalog(tenantId).lexicon()
      return (
        ownAnswer(rules, message, lexicon) ?? (first === null ? null : noGoodsYet(first, message, lexicon))
      )
    },
    memory: (tenantId) => reads.memory(tenantId),
    tools: (tenantId) => reads.desk(tenantId),
    brandPages: reads.brandPages,
    near: (tenantId, question, texts) => reads.near.cosines(tenantId, question, texts),
    narrate: (input) => {
      const model = models.forTask('answer')
      return model === null
        ? narrateFacts(input)
        : narrateWithModel({ model, log, worth, stopping: signal })(input)
    },
    ask: () => {
      const model = models.forTask('reading')
      const { worth, pace } = reading
      return (
        model &&
        askModelOf({
          model,
          log,
          worth,
          pace,
          mostMs,
          stopping: signal,
          onExam: (result) => {
            reading.exam = result
          },
        })
      )
    },
    version: answerVersion,
    signal,
  })
  const ready = conversations.markInterrupted().then((marked) => {
    if (marked > 0)
      log.warn({ marked }, 'answers were interrupted by an earlier stop; clients that return get them again')
  })
  const useOf = (task: string, known: ModelWorth) => {
    const model = models.forTask(task)
    if (model === null) return null
    const use = known.use(model.name)
    const nextTryInMs = use.nextTryMs === null ? null : Math.max(0, use.nextTryMs - clock.monotonicMs())
    return { ...use, model: model.name, nextTryInMs }
  }
  const readingUse = () => {
    const use = useOf('reading', reading.worth)
    return (
      use && {
        ...use,
        exam: reading.exam,
        usualMs: reading.pace.usualMs(use.model),
        allowedMs: reading.pace.allowedMs(use.model, mostMs),
        mostMs,
      }
    )
  }
  return {
    assistant,
    conversations,
    modelUse: () => useOf('answer', worth),
    readingUse,
    ready,
  }
}
