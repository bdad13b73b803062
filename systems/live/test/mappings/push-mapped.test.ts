import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMappedState } from '../../src/feeds/mapping/mapped-state.ts'
import { needShipped } from '../../src/feeds/mapping/shipped-mappings.ts'
import type { KeptState, MappingStore } from '../../src/mappings/mapping-store.ts'
import { pushMapped } from '../../src/mappings/push-mapped.ts'
import { feedCodec } from '../../src/pipeline/codecs.ts'
import { createIngest } from '../../src/pipeline/ingest/ingest.ts'
import { madeV3 } from '../feeds/mapping/made-v3.ts'

/** Where a server is killed while it takes a part. */
type Kill = 'before the log' | 'before its memory' | 'before the answer'

class Killed extends Error {}

/** A log and what is kept beside it, which outlive the server. */
function createWorld() {
  const log = new Map<string, unknown>()
  let kept: KeptState = { version: 0, state: createMappedState() }
  let kill: Kill | null = null
  const ingest = createIngest(
    {
      append: async (_topic, events) => {
        if (kill === 'before the log') throw new Killed()
        return events.map(({ id, payload }, offset) => {
          const duplicate = log.has(id)
          if (!duplicate) log.set(id, feedCodec.decode(payload, feedCodec.version))
          return { offset, duplicate }
        })
      },
    },
    async () => undefined,
  )
  const mappings = {
    state: async () => structuredClone(kept),
    saveState: async (_tenant: string, _mapping: string, _feed: string, { version, state }: KeptState) => {
      if (kill === 'before its memory') throw new Killed()
      kept = { version: version + 1, state: structuredClone(state) }
    },
  } as unknown as MappingStore
  return {
    log: () => [...log.values()],
    /** Whether the part was acknowledged. */
    async send(text: string, killed: Kill | null): Promise<boolean> {
      kill = killed
      try {
        await pushMapped({ ingest, mappings }, partOf(text), {
          tenantId: 'main',
          mapping: needShipped('nba-v3'),
          matchId: null,
          signal: new AbortController().signal,
        })
        return killed === null
      } catch (error) {
        if (!(error instanceof Killed)) throw error
        return false
      }
    },
  }
}

async function* partOf(text: string) {
  yield await Promise.resolve({ bytes: Buffer.from(text), isWhole: true })
}

const { gameId, actions } = madeV3().game
const rows = actions.map((action) => ({ gameId, ...action }))
const csvHeader = Object.keys(rows[0] ?? {}).join(',')
const csvRow = (row: object): string =>
  Object.values(row)
    .map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
    .join(',')
const forms = {
  jsonl: (part: readonly object[]) => part.map((row) => `${JSON.stringify(row)}\n`).join(''),
  json: (part: readonly object[]) => JSON.stringify({ game: { gameId, actions: part } }),
  csv: (part: readonly object[]) => `${csvHeader}\n${part.map(csvRow).join('\n')}\n`,
}

it.each(['jsonl', 'json', 'csv'] as const)(
  'loses and doubles nothing, and tells nothing otherwise, wherever a server is killed: %s [LIVE-MAPPING-06]',
  async (form) => {
    const text = forms[form]
    const whole = createWorld()
    for (const row of rows) await whole.send(text([row]), null)
    // The match, its rows and its end.
    expect(whole.log().length).toBe(rows.length + 2)
    const kills = fc.option(fc.constantFrom<Kill>('before the log', 'before its memory', 'before the answer'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ size: fc.integer({ min: 1, max: 4 }), kill: kills, again: fc.nat({ max: 3 }) }),
          {
            minLength: 20,
            maxLength: 40,
          },
        ),
        async (steps) => {
          const world = createWorld()
          let safe = 0
          for (const { size, kill, again } of steps) {
            // A sender that came back may begin before what it knows to be safe.
            const from = Math.max(0, safe - again)
            const to = Math.min(rows.length, safe + size)
            if (await world.send(text(rows.slice(from, to)), kill)) safe = to
          }
          await world.send(text(rows.slice(safe)), null)
          expect(world.log()).toEqual(whole.log())
        },
      ),
      { seed: 20_261_127, numRuns: 25 },
    )
  },
)

it('takes rows of a table without its header once it knows it [LIVE-MAPPING-06]', async () => {
  const world = createWorld()
  const whole = createWorld()
  for (const row of rows) await whole.send(forms.csv([row]), null)
  await world.send(`${csvHeader}\n`, null)
  for (const row of rows) await world.send(`${csvRow(row)}\n`, null)
  expect(world.log()).toEqual(whole.log())
})
