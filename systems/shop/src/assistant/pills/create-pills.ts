import type { CoreServices } from '@heavylift/core'
import type { ModelServices } from '@heavylift/models'
import type { Meanings } from '@heavylift/models/meaning'
import type { StoreServices } from '@heavylift/store'
import { sql } from 'kysely'
import { AspectCache } from '../aspects/aspect-cache.ts'
import { answerVersion } from '../create-assistant.ts'
import { narrateWithModel } from '../narrate-with-model.ts'
import { answerTurn, narrateFacts } from '../turn.ts'
import type { Narrate } from '../turn.ts'
import type { AnswerPart } from '../../domain/answer.ts'
import type { Catalog, ProductSearch } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import type { ShopConfig } from '../../config.ts'
import type { PillTables } from './pill-tables.ts'
import { Pills } from './pills.ts'

/** A model that nobody waits for may take its time. */
const patience = { firstSentenceMs: 120_000, totalMs: 300_000 }
const readyForMs = 7 * 24 * 3_600_000

/** Pills over the assistant's own answers, for nobody in particular: written from facts, or worded by a model behind all else. */
export function createPills(
  services: CoreServices & StoreServices & ModelServices,
  config: ShopConfig,
  reads: {
    catalog(tenantId: string): Catalog
    search(tenantId: string): ProductSearch
    meanings: Pick<Meanings, 'query'>
  },
) {
  const { clock, log, signal, store } = services
  const db = store.database<PillTables>()
  const aspects = new AspectCache(50)

  const wording = () => (config.pillsByModel ? services.models.forTask('pill') : null)

  const narrate: Narrate = (input) => {
    const model = wording()
    if (model === null) return narrateFacts(input)
    // The gateway keeps the answer too, so that the same question in a conversation needs no model.
    const ready = { tag: 'shop:pills', ttlMs: readyForMs }
    return narrateWithModel({ model, log, priority: 'batch', ready, ...patience })(input)
  }

  async function answer(
    tenantId: string,
    productId: string,
    question: string,
  ): Promise<{ parts: AnswerPart[]; products: Product[] }> {
    const catalog = reads.catalog(tenantId)
    const turnId = `pill:${productId}`
    const turn = answerTurn(
      turnId,
      1,
      {
        message: question,
        pageProductId: productId,
        device: null,
        shopperId: null,
        state: {},
        atMs: clock.nowMs(),
      },
      {
        tenantId,
        catalog,
        search: reads.search(tenantId),
        memory: null,
        tools: null,
        aspects,
        meant: (text) => reads.meanings.query(tenantId, text),
        // Made ahead of time for many products: nobody's page is asked for that.
        brandPages: null,
        shopperId: null,
        conversationId: turnId,
        turnId,
        monotonicMs: () => clock.monotonicMs(),
        signal,
        narrate,
        admit: () => Promise.resolve(() => undefined),
      },
    )
    const parts: AnswerPart[] = []
    for (;;) {
      const next = await turn.next()
      if (next.done) return { parts, products: [...next.value.facts.products.values()] }
      // What only a live stream shows has no place in a stored answer.
      if (next.value.type !== 'data-status') parts.push(next.value)
    }
  }

  const pills = new Pills({
    stopping: signal,
    db,
    clock,
    log,
    durable: store.durable,
    catalog: (tenantId) => reads.catalog(tenantId),
    answer,
    answerVersion() {
      const model = wording()
      return model === null ? answerVersion : `${answerVersion}+${model.name}`
    },
    buildLimit: config.pillProducts,
    async popular(tenantId, limit) {
      const { rows } = await sql<{ id: string }>`
        select id from product where tenant_id = ${tenantId}
        order by (data->'rating'->>'count')::int desc nulls last, id limit ${limit}`.execute(db)
      return rows.map(({ id }) => id)
    },
  })
  return { pills, pillsDb: db }
}
