import { createHash } from 'node:crypto'
import { NotFoundError } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import type { StoreServices } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { CoreServices } from '@heavylift/core'
import type { Kind } from '../domain/kinds.ts'
import { observeCase } from '../evidence/observe-case.ts'
import type { AddressFile } from '../evidence/observe-case.ts'
import { committedModel } from '../kind/model.ts'
import type { KindModel } from '../kind/model.ts'
import { judgeSources, withTrust } from '../learn/learned-trust.ts'
import { fitTown, inTown } from '../learn/town.ts'
import type { Town } from '../learn/town.ts'
import { withUsual } from '../learn/usual.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import { defectOutcome } from './defects.ts'
import { expectedRight } from './expected.ts'
import type { ExpectedRight } from './expected.ts'
import type { DefectTrial } from './defects.ts'
import type { PlaceTables } from './place-tables.ts'

/** An address as it is sent in. */
export interface NewPlace extends AddressFile {
  id: string
  latitude: number | null
  longitude: number | null
}

export interface Place {
  id: string
  address: string
  name: string | null
  latitude: number | null
  longitude: number | null
  /** What a person said it is, or null. */
  correctedKind: Kind | null
  isSample: boolean
  decidedAtMs: number
  decisionId: string
  decision: Decision
  /** Whether deliveries go by the decision (`on`) or as before (`off`); null where nothing is compared. */
  arm: string | null
}

export interface DecideOptions {
  /** The trial of samples, where these are samples. */
  sample?: DefectTrial | null
  /** What these addresses mostly are, where somebody knows it (`readUsual`): it stands in for what the tenant's corrections tell of its places. */
  usual?: ReadonlyMap<Kind, number> | null
}

/** The last step, *record*: places with their decisions, in the tables and the ledger. */
export class Places {
  readonly #services: CoreServices & StoreServices
  readonly #db: Kysely<PlaceTables>
  /** What each tenant's corrections tell of its places, and from how many. */
  readonly #towns = new Map<string, { corrections: string; town: Town | null }>()
  /** Of addresses that are no samples. */
  readonly #trial: DefectTrial | null

  constructor(services: CoreServices & StoreServices, trial: DefectTrial | null) {
    this.#services = services
    this.#trial = trial
    this.#db = services.store.database<PlaceTables>()
  }

  /** What an address would be decided to be, by the sources that this tenant has come to believe. Nothing is kept. */
  async weigh(tenantId: string, file: AddressFile): Promise<Decision> {
    return decide(await this.#modelOf(tenantId), await observeCase(file))
  }

  /** How many of these decisions may be right, while nobody told what is usual among the tenant's places; null afterwards, and where it is told now. */
  async expected(
    tenantId: string,
    places: readonly Place[],
    usual: ReadonlyMap<Kind, number> | null = null,
  ): Promise<ExpectedRight | null> {
    const sum = places.reduce((total, { decision }) => total + decision.confidence, 0)
    return expectedRight(await this.#modelOf(tenantId, usual), { sum, count: places.length })
  }

  /** Decides places and keeps them; the same id again is decided anew. What a person said of it stays. */
  async decide(
    tenantId: string,
    places: readonly NewPlace[],
    { sample = null, usual = null }: DecideOptions = {},
  ): Promise<Place[]> {
    const isSample = sample !== null
    const trial = sample ?? this.#trial
    if (places.length === 0) return []
    const { clock, ids, store } = this.#services
    const model = await this.#modelOf(tenantId, usual)
    const corrections = await this.#corrections(tenantId, places)
    const decided: Place[] = []
    const durations: number[] = []
    for (const place of places) {
      const startedMs = clock.monotonicMs()
      const own = decide(model, await observeCase(place))
      const correctedKind = corrections.get(place.id) ?? null
      const decision = correctedKind === null ? own : corrected(own, correctedKind, clock.nowMs())
      durations.push(clock.monotonicMs() - startedMs)
      const { id, address, name, latitude, longitude } = place
      const arm = trial === null ? null : await store.ledger.assign({ tenantId, ...trial }, id)
      decided.push({
        id,
        address,
        name,
        latitude,
        longitude,
        correctedKind,
        isSample,
        // Not before the place had its arm, so that a delivery at once counts.
        decidedAtMs: clock.nowMs(),
        decisionId: ids.next('decision'),
        decision,
        arm,
      })
    }
    await store.ledger.decideAll(
      decided.map(({ id, decisionId, decidedAtMs, decision }, at) => ({
        id: decisionId,
        tenantId,
        system: 'address',
        kind: isSample ? 'sample-place-kind' : 'place-kind',
        subjectId: id,
        inputRef: `address/places/${id}`,
        inputHash: createHash('sha256').update(JSON.stringify(places[at])).digest('hex'),
        output: { kind: decision.kind, action: decision.action, unit: decision.unit, hours: decision.hours },
        confidence: decision.confidence,
        costMicros: 0,
        durationMs: durations[at]!,
        version: decision.version,
        atMs: decidedAtMs,
      })),
    )
    await this.#db.transaction().execute(async (db) => {
      for (const [
        at,
        { id, address, latitude, longitude, decision, decisionId, decidedAtMs, arm },
      ] of decided.entries()) {
        const { unit, name, record, documents } = places[at]!
        const row = {
          file: toDatabaseJson({ address, unit, name, record, documents }),
          address,
          latitude,
          longitude,
          kind: decision.kind,
          action: decision.action,
          confidence: decision.confidence,
          decision: toDatabaseJson(decision),
          decision_id: decisionId,
          arm,
          is_sample: isSample,
          decided_at: new Date(decidedAtMs),
        }
        await db
          .insertInto('place')
          .values({ tenant_id: tenantId, place_id: id, corrected_kind: null, ...row })
          .onConflict((conflict) => conflict.columns(['tenant_id', 'place_id']).doUpdateSet(row))
          .execute()
      }
    })
    return decided
  }

  async find(
    tenantId: string,
    filter: { kind?: Kind; action?: Decision['action']; text?: string; limit: number },
  ): Promise<Place[]> {
    let query = this.#db.selectFrom('place').selectAll().where('tenant_id', '=', tenantId)
    if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
    if (filter.text !== undefined && filter.text !== '')
      query = query.where('address', 'ilike', `%${filter.text.replaceAll(/[%_\\]/g, '\\$&')}%`)
    // What waits for a person comes by how unsure it is, everything else newest first.
    const rows = await (
      filter.action === 'ask'
        ? query.where('action', '=', 'ask').where('corrected_kind', 'is', null).orderBy('confidence')
        : filter.action === undefined
          ? query.orderBy('decided_at', 'desc')
          : query.where('action', '=', filter.action).orderBy('decided_at', 'desc')
    )
      .orderBy('place_id')
      .limit(filter.limit)
      .execute()
    return rows.map(placeOf)
  }

  /** Throws `place-not-found` for an id that this tenant has not. */
  async get(tenantId: string, id: string): Promise<Place> {
    const row = await this.#db
      .selectFrom('place')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('place_id', '=', id)
      .executeTakeFirst()
    if (row === undefined)
      throw new NotFoundError({
        code: 'place-not-found',
        message: `There is no address "${id}". Decide it first.`,
      })
    return placeOf(row)
  }

  /** A person says what it is: the decision changes, the ledger knows whether it was right, and its sources are believed more or less. */
  async correct(tenantId: string, id: string, kind: Kind): Promise<Place> {
    const { clock, store } = this.#services
    const before = await this.get(tenantId, id)
    await store.ledger.outcome({
      tenantId,
      subjectId: before.decisionId,
      kind: 'correct',
      value: before.decision.kind === kind ? 1 : 0,
      idempotencyKey: before.decisionId,
      atMs: clock.nowMs(),
    })
    const decision = corrected(before.decision, kind, clock.nowMs())
    // The first correction teaches; a second thought about the same place would teach the same documents twice.
    const counts = before.correctedKind === null ? judgeSources(before.decision.evidence, kind) : []
    await this.#db.transaction().execute(async (db) => {
      await db
        .updateTable('place')
        .set({
          kind,
          action: 'decide',
          confidence: 1,
          corrected_kind: kind,
          decision: toDatabaseJson(decision),
        })
        .where('tenant_id', '=', tenantId)
        .where('place_id', '=', id)
        .execute()
      for (const { source, wasRight, wasWrong } of counts)
        await db
          .insertInto('trust')
          .values({ tenant_id: tenantId, source, was_right: wasRight, was_wrong: wasWrong })
          .onConflict((conflict) =>
            conflict.columns(['tenant_id', 'source']).doUpdateSet((row) => ({
              was_right: row('trust.was_right', '+', wasRight),
              was_wrong: row('trust.was_wrong', '+', wasWrong),
            })),
          )
          .execute()
    })
    return { ...before, correctedKind: kind, decision }
  }

  /** How the first attempt to deliver went. The same place is counted once a decision. */
  async outcome(
    tenantId: string,
    id: string,
    isDefect: boolean,
    atMs = this.#services.clock.nowMs(),
  ): Promise<void> {
    const { decisionId } = await this.get(tenantId, id)
    await this.#services.store.ledger.outcome({
      tenantId,
      // Arms are of places, not of decisions.
      subjectId: id,
      kind: defectOutcome,
      value: isDefect ? 1 : 0,
      idempotencyKey: decisionId,
      atMs,
    })
  }

  /** How many places each kind and action has. */
  async counts(tenantId: string): Promise<{ kind: Kind; asked: number; decided: number }[]> {
    const rows = await this.#db
      .selectFrom('place')
      .where('tenant_id', '=', tenantId)
      .groupBy(['kind', 'action'])
      .select((row) => ['kind', 'action', row.fn.countAll<string>().as('count')])
      .execute()
    const byKind = new Map<Kind, { kind: Kind; asked: number; decided: number }>()
    for (const { kind, action, count } of rows) {
      const one = byKind.get(kind) ?? { kind, asked: 0, decided: 0 }
      one[action === 'ask' ? 'asked' : 'decided'] += Number(count)
      byKind.set(kind, one)
    }
    return [...byKind.values()].sort((a, b) => b.asked + b.decided - a.asked - a.decided)
  }

  async sampleCount(tenantId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('place')
      .where('tenant_id', '=', tenantId)
      .where('is_sample', '=', true)
      .select((row) => row.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  async removeSamples(tenantId: string): Promise<number> {
    const removed = await this.#db
      .deleteFrom('place')
      .where('tenant_id', '=', tenantId)
      .where('is_sample', '=', true)
      .returning('place_id')
      .execute()
    await this.#services.store.ledger.removeSamples(tenantId, 'address')
    return removed.length
  }

  /** The model as this tenant's corrections have it: how far sources are believed, and what is usual among its places. */
  async #modelOf(tenantId: string, usual: ReadonlyMap<Kind, number> | null = null): Promise<KindModel> {
    const rows = await this.#db.selectFrom('trust').selectAll().where('tenant_id', '=', tenantId).execute()
    const model = withTrust(
      committedModel(),
      rows.map(({ source, was_right, was_wrong }) => ({ source, wasRight: was_right, wasWrong: was_wrong })),
    )
    if (usual !== null && usual.size > 0) return withUsual(model, usual)
    return inTown(model, await this.#townOf(tenantId, model))
  }

  /** Fitted anew when a correction came, here or on another server. Samples tell nothing of a tenant's own places. */
  async #townOf(tenantId: string, model: KindModel): Promise<Town | null> {
    const corrected = this.#db
      .selectFrom('place')
      .where('tenant_id', '=', tenantId)
      .where('is_sample', '=', false)
      .where('corrected_kind', 'is not', null)
    const { count, newest } = await corrected
      .select((row) => [row.fn.countAll<string>().as('count'), row.fn.max('decided_at').as('newest')])
      .executeTakeFirstOrThrow()
    const corrections = `${count} ${newest?.getTime()}`
    const known = this.#towns.get(tenantId)
    if (known?.corrections === corrections) return known.town
    const places = await corrected
      .select(['file', 'corrected_kind'])
      .orderBy('decided_at', 'desc')
      .orderBy('place_id')
      .limit(mostAnswers)
      .execute()
    const answers = []
    for (const { file, corrected_kind } of places) {
      const { action, probabilities } = decide(model, await observeCase(file))
      // Of what was decided only the mistakes are corrected, so it says nothing of what is usual; what was asked is answered as it comes.
      if (action === 'ask')
        answers.push({ probabilities: Object.values(probabilities), kind: corrected_kind! })
    }
    const town = fitTown(answers)
    this.#towns.set(tenantId, { corrections, town })
    return town
  }

  async #corrections(tenantId: string, places: readonly NewPlace[]): Promise<Map<string, Kind>> {
    const rows = await this.#db
      .selectFrom('place')
      .where('tenant_id', '=', tenantId)
      .where(
        'place_id',
        'in',
        places.map(({ id }) => id),
      )
      .where('corrected_kind', 'is not', null)
      .select(['place_id', 'corrected_kind'])
      .execute()
    return new Map(
      rows.flatMap(({ place_id, corrected_kind }) =>
        corrected_kind === null ? [] : [[place_id, corrected_kind]],
      ),
    )
  }
}

const correctionWeight = 9
/** Corrections that are looked at to tell what is usual, the newest. */
const mostAnswers = 300

/** The decision as a person has it: theirs is the evidence that counts most. */
function corrected(decision: Decision, kind: Kind, atMs: number): Decision {
  const others = decision.evidence.filter(({ source }) => source !== 'correction')
  return {
    ...decision,
    kind,
    confidence: 1,
    action: 'decide',
    question: null,
    unit: {
      ...decision.unit,
      needed: kind === 'multi-unit' || kind === 'unit' || kind === 'private-mailbox',
    },
    evidence: [
      {
        document: 'correction',
        source: 'correction',
        quote: 'A person said so.',
        dateMs: atMs,
        speaksFor: kind,
        weight: correctionWeight,
        reliability: 1,
      },
      ...others,
    ],
  }
}

function placeOf(row: {
  place_id: string
  address: string
  file: AddressFile
  latitude: number | null
  longitude: number | null
  corrected_kind: Kind | null
  is_sample: boolean
  decided_at: Date
  decision_id: string
  decision: Decision
  arm: string | null
}): Place {
  return {
    id: row.place_id,
    address: row.address,
    name: row.file.name,
    latitude: row.latitude,
    longitude: row.longitude,
    correctedKind: row.corrected_kind,
    isSample: row.is_sample,
    decidedAtMs: row.decided_at.getTime(),
    decisionId: row.decision_id,
    decision: row.decision,
    arm: row.arm,
  }
}
